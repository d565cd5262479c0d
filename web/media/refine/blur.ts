/** The page's end of the blur: a track of the camera in, one with a blurred room out. Fetched when blur is switched on, never before. */
import type { OpenRefined, Watch } from "../../call/refine/refined.ts";
import { Strain } from "../../call/refine/strain.ts";
import type { Refined } from "../../call/refining.ts";
import { workerUrl } from "../../trust.ts";
import { framesOf } from "../frames-out.ts";
import url from "./blur.worker.ts?worker&url";
import type { BlurOrder, BlurTold } from "./blur-messages.ts";
import { type BlurOutlet, openOutlet } from "./blur-outlet.ts";

/** Gives the track out once its first frame is refined: before that there is nothing to show. */
export const openBlur: OpenRefined = (track, watch, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const blur = new Blur(track, watch, { given: resolve, failed: reject });
    signal.addEventListener("abort", () => blur.stop());
  });

type Ends = { given(made: Refined): void; failed(error: Error): void };

class Blur {
  readonly #worker = new Worker(workerUrl(url), { type: "module" });
  readonly #outlet: BlurOutlet = openOutlet();
  readonly #source: MediaStreamTrack;
  readonly #watch: Watch;
  readonly #ends: Ends;
  readonly #strain = new Strain();
  #stopFrames: () => void = () => {};
  #isGiven = false;
  /** A frame is with the worker; the next one waits for its answer, else they would pile up. */
  #isBusy = false;

  constructor(source: MediaStreamTrack, watch: Watch, ends: Ends) {
    this.#source = source;
    this.#watch = watch;
    this.#ends = ends;
    this.#worker.addEventListener("error", () => this.#fail());
    this.#worker.addEventListener("message", ({ data, timeStamp }: MessageEvent<BlurTold>) =>
      this.#heard(data, timeStamp),
    );
  }

  stop(): void {
    this.#stopFrames();
    this.#worker.terminate();
    this.#outlet.track.stop();
  }

  #heard(told: BlurTold, at: number): void {
    if (told.t === "ready") return void this.#begin(told.readsTracks);
    if (told.t === "failed") return void this.#fail();
    if (told.t === "picture") {
      this.#isBusy = false;
      return void this.#outlet.paint(told.bitmap);
    }
    this.#give();
    this.#judge(at, told.times);
  }

  #judge(at: number, times: readonly number[]): void {
    const verdict = this.#strain.take(at, times, document.visibilityState === "visible");
    if (verdict.t === "slow") this.#watch.onSlow();
    if (verdict.t === "ease") this.#order({ t: "every", frames: verdict.every });
  }

  #begin(readsTracks: boolean): void {
    const { frames, transfer, stop } = framesOf(this.#source, readsTracks, (frame) => this.#send(frame));
    this.#stopFrames = stop;
    const { out } = this.#outlet;
    this.#order({ t: "start", frames, out }, out.by === "track" ? [...transfer, out.writable] : transfer);
  }

  #send(frame: VideoFrame): void {
    if (this.#isBusy) {
      frame.close();
      return;
    }
    this.#isBusy = true;
    this.#order({ t: "frame", frame }, [frame]);
  }

  #give(): void {
    if (this.#isGiven) return;
    this.#isGiven = true;
    this.#ends.given({ track: this.#outlet.track, stop: () => this.stop() });
  }

  #fail(): void {
    this.stop();
    if (this.#isGiven) this.#watch.onFailed();
    else this.#ends.failed(new Error("the background cannot be blurred here"));
  }

  #order(message: BlurOrder, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
