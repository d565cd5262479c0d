/** Sound and picture of a call over the relay, as the page sees it. The page holds devices, elements and the sound's context; everything
 * else (encode, seal, send; receive, open, decode, paint) lives in two workers with a session of their own each. */
import type { EpochKeys, Sender } from "../../wasm/roster.ts";
import { wipe } from "../../wasm/sodium.ts";
import { type Bytes, base64url } from "../../wire/bytes.ts";
import { pathAt } from "../../wire/node.ts";
import type { MediaPasses, Plane, PlaneCapture, PlaneOptions, PlaneWant } from "../call/relay-plane.ts";
import { workerUrl } from "../trust.ts";
import { type FramesOut, framesOf } from "./frames-out.ts";
import type { Doors } from "./line.ts";
import type { LinkKind } from "./link.ts";
import type { FromRx, FromTx, Picture, RxStats, ToRx, ToTx, TxStats } from "./messages.ts";
import { PageSound } from "./page-sound.ts";
import { quicAble } from "./quic-able.ts";
import rxUrl from "./rx.worker.ts?worker&url";
import { makeScreen, type Screen, transferOf } from "./surface.ts";
import txUrl from "./tx.worker.ts?worker&url";

export type RelayStats = { readonly up: TxStats; readonly down: RxStats };
/** `host` is `location.hostname`. */
export type RelayMediaParts = PlaneOptions & { readonly host: string };

/** Chat and files that wait for the line. Higher: an answer to a file takes longer to be heard. Lower: small pieces wait for acks. */
const DATA_WAITING_MAX_BYTES = 128 * 1024;

/** A socket won the race on this page: QUIC is blocked here, so no later session waits for it. */
let socketWon = false;

type Way = "up" | "down";

export class RelayMedia implements Plane {
  readonly #parts: RelayMediaParts;
  readonly #tx: Worker;
  readonly #rx: Worker;
  readonly #passes: Passes;
  readonly #sound: PageSound;
  readonly #ways: { [W in Way]: LinkKind | null } = { up: null, down: null };
  readonly #weak: { up: boolean; down: boolean; slots: readonly number[] } = {
    up: false,
    down: false,
    slots: [],
  };
  readonly #sources: { [P in Picture]?: { readonly track: MediaStreamTrack; readonly out: FramesOut } } = {};
  readonly #screens = new Map<string, Screen>();
  readonly #asked = new Map<number, (stats: TxStats | RxStats) => void>();
  #wanted: PlaneCapture = { microphone: null, camera: null, screen: null };
  #nextAsk = 1;
  #dataWaiting = 0;
  #wasOpen = false;
  #isSilenced = false;
  /** Null until the sending worker has started: before that nobody knows whether it reads tracks. */
  #workerReadsTracks: boolean | null = null;
  #isClosed = false;

  constructor(parts: RelayMediaParts) {
    this.#parts = parts;
    this.#passes = new Passes(parts.passes);
    this.#tx = this.#worker(txUrl, (message: FromTx) => this.#fromTx(message));
    this.#rx = this.#worker(rxUrl, (message: FromRx) => this.#fromRx(message));
    const { pid, slot } = parts;
    this.#toTx({ t: "start", pid, slot, timeOrigin: performance.timeOrigin });
    this.#toRx({ t: "start" });
    this.#sound = new PageSound({
      onStopped: (isStopped) => {
        this.#isSilenced = isStopped;
        this.#tellState();
      },
      onMicrophone: (port) => this.#toTx({ t: "microphone", port }, [port]),
      onMixer: (mixer, transfer) => this.#toRx({ t: "mixer", mixer }, transfer),
    });
    document.addEventListener("visibilitychange", this.#onVisibility);
  }

  /** Seals and opens under this epoch from now on. The keys move into the workers; what was handed in is wiped. */
  install({ csid, rv, own, others }: EpochKeys): void {
    const [ownKey, otherKeys] = [moved(own), others.map(moved)];
    this.#toTx({ t: "keys", csid, rv, own: ownKey }, [ownKey.key.buffer]);
    const keys = { csid, rv, own: { ...own, key: new Uint8Array(32) }, others: otherKeys };
    this.#toRx(
      { t: "keys", keys },
      otherKeys.map(({ key }) => key.buffer),
    );
  }

  /** Stop-send (A3): nothing is sealed while false. */
  allow(maySend: boolean): void {
    this.#toTx({ t: "allow", maySend });
  }

  /** What is captured now; null: off. To be told again when the microphone is muted (`enabled` false) and back. */
  capture(captured: PlaneCapture): void {
    this.#wanted = captured;
    this.#sound.speak(captured.microphone);
    if (this.#workerReadsTracks === null) return;
    this.#source("camera", captured.camera);
    this.#source("screen", captured.screen);
  }

  /** Whose pictures are shown, and how large. */
  view(wants: readonly PlaneWant[]): void {
    this.#toRx({ t: "view", wants });
  }

  /** Sends a sealed frame of stream 15; false: the line is away or too much waits. */
  sendData(frame: Bytes): boolean {
    const isFull = this.#dataWaiting + frame.length > DATA_WAITING_MAX_BYTES;
    if (this.#ways.up === null || isFull) return false;
    this.#dataWaiting += frame.length;
    this.#toTx({ t: "data", frame }, [frame.buffer]);
    return true;
  }

  /** Plays through this loudspeaker; false where the browser offers no choice or refuses. */
  setLoudspeaker(id: string): Promise<boolean> {
    return this.#sound.setLoudspeaker(id);
  }

  /** Nobody is heard here while true. */
  silence(silent: boolean): void {
    this.#sound.silence(silent);
  }

  /** Somebody left. */
  forget(slot: number): void {
    this.#toRx({ t: "forget", slot });
    for (const screen of [false, true]) {
      if (this.#screens.delete(placeOf(slot, screen))) this.#parts.onPicture(slot, screen, null);
    }
  }

  async stats(): Promise<RelayStats> {
    const [up, down] = await Promise.all([this.#stats("up"), this.#stats("down")]);
    return { up: up as TxStats, down: down as RxStats };
  }

  /** Ends both sessions. A second call does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    document.removeEventListener("visibilitychange", this.#onVisibility);
    this.#toTx({ t: "close" });
    this.#toRx({ t: "close" });
    this.#sound.close();
    for (const source of Object.values(this.#sources)) source.out.stop();
    for (const { element } of this.#screens.values())
      if (element instanceof HTMLVideoElement) element.srcObject = null;
    this.#screens.clear();
  }

  readonly #onVisibility = () => this.#toRx({ t: "hidden", isHidden: document.hidden });

  #worker<M>(url: string, take: (message: M) => void): Worker {
    const worker = new Worker(workerUrl(url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<M>) => {
      if (!this.#isClosed) take(data);
    };
    const died = () => {
      if (this.#isClosed) return;
      this.close();
      this.#parts.onDead();
    };
    worker.onerror = died;
    worker.onmessageerror = died;
    return worker;
  }

  #toTx(message: ToTx, transfer: Transferable[] = []): void {
    this.#tx.postMessage(message, transfer);
  }

  #toRx(message: ToRx, transfer: Transferable[] = []): void {
    this.#rx.postMessage(message, transfer);
  }

  #fromTx(message: FromTx): void {
    switch (message.t) {
      case "ready":
        this.#workerReadsTracks = message.processor;
        return void this.capture(this.#wanted);
      case "doors":
        return void this.#doors("up", message.ask);
      case "line":
        if (message.way === null) this.#dataWaiting = 0;
        return void this.#line("up", message.way);
      case "weak":
        this.#weak.up = message.own;
        return void this.#tellState();
      case "said":
        return void this.#parts.onSaid(message.ctr);
      case "data-gone":
        this.#dataWaiting = Math.max(0, this.#dataWaiting - message.bytes);
        return;
      case "stats":
        this.#asked.get(message.ask)?.(message.stats);
    }
  }

  #fromRx(message: FromRx): void {
    switch (message.t) {
      case "doors":
        return void this.#doors("down", message.ask);
      case "line":
        return void this.#line("down", message.way);
      case "weak":
        this.#weak.down = message.own;
        this.#weak.slots = message.slots;
        return void this.#tellState();
      case "data":
        return void this.#parts.onData(message.frame);
      case "levels":
        return void this.#parts.onLevels(message.levels);
      case "need-surface":
        return void this.#needSurface(message.slot, message.screen);
      case "shown":
        return void this.#shown(message.slot, message.screen, message.isShown);
      case "stats":
        this.#asked.get(message.ask)?.(message.stats);
    }
  }

  #doors(way: Way, ask: number): void {
    const answer = (doors: Doors | null) => {
      if (this.#isClosed) return;
      if (way === "up") this.#toTx({ t: "doors", ask, doors });
      else this.#toRx({ t: "doors", ask, doors });
    };
    this.#passes.take(way).then(
      (passes) => answer(doorsOf(passes, way, this.#parts.host)),
      () => answer(null),
    );
  }

  #line(way: Way, kind: LinkKind | null): void {
    if (kind === "socket") socketWon = true;
    this.#ways[way] = kind;
    this.#tellState();
  }

  #tellState(): void {
    const { up, down } = this.#ways;
    const isOpen = up !== null && down !== null;
    this.#wasOpen ||= isOpen;
    const { slot } = this.#parts;
    const own = this.#weak.up || this.#weak.down || this.#weak.slots.includes(slot);
    this.#parts.onState({
      line: isOpen ? "open" : this.#wasOpen ? "lost" : "connecting",
      // the slower one of the two is what is felt
      way: up === "socket" || down === "socket" ? "socket" : (up ?? down),
      weak: { own, slots: this.#weak.slots.filter((other) => other !== slot) },
      silenced: this.#isSilenced,
    });
  }

  #source(of: Picture, track: MediaStreamTrack | null): void {
    if (this.#sources[of]?.track === track || (track === null && !this.#sources[of])) return;
    this.#sources[of]?.out.stop();
    delete this.#sources[of];
    if (track === null) return void this.#toTx({ t: "picture", of, frames: null });
    const out = framesOf(track, this.#workerReadsTracks === true, (frame) =>
      this.#toTx({ t: "frame", of, frame }, [frame]),
    );
    this.#sources[of] = { track, out };
    this.#toTx({ t: "picture", of, frames: out.frames }, out.transfer);
  }

  #needSurface(slot: number, screen: boolean): void {
    const made = makeScreen();
    this.#screens.set(placeOf(slot, screen), made);
    this.#toRx({ t: "surface", slot, screen, surface: made.surface }, transferOf(made.surface));
  }

  #shown(slot: number, screen: boolean, isShown: boolean): void {
    const made = this.#screens.get(placeOf(slot, screen));
    if (made !== undefined) this.#parts.onPicture(slot, screen, isShown ? made.element : null);
  }

  #stats(way: Way): Promise<TxStats | RxStats> {
    const ask = this.#nextAsk++;
    return new Promise((resolve) => {
      this.#asked.set(ask, (stats) => {
        this.#asked.delete(ask);
        resolve(stats);
      });
      if (way === "up") this.#toTx({ t: "stats", ask });
      else this.#toRx({ t: "stats", ask });
    });
  }
}

/** Both workers ask at the same moment when a call begins: one answer of signaling has passes for both. */
class Passes {
  readonly #ask: () => Promise<MediaPasses>;
  #shared: { readonly passes: Promise<MediaPasses>; readonly unused: Set<Way> } | null = null;

  constructor(ask: () => Promise<MediaPasses>) {
    this.#ask = ask;
  }

  /** Passes whose half of this way nobody used. */
  take(way: Way): Promise<MediaPasses> {
    const shared = this.#shared;
    if (shared?.unused.delete(way)) {
      this.#shared = null;
      return shared.passes;
    }
    const passes = this.#ask();
    const mine = { passes, unused: new Set<Way>([way === "up" ? "down" : "up"]) };
    this.#shared = mine;
    // only who asks while it is under way shares it: passes are good for seconds
    const over = () => {
      if (this.#shared === mine) this.#shared = null;
    };
    passes.then(over, over);
    return passes;
  }
}

function doorsOf({ node, up, down, quic }: MediaPasses, way: Way, host: string): Doors {
  const [quicPass, socketPass] = way === "up" ? up : down;
  const [newest] = quic;
  const isAble = !socketWon && quicAble(navigator.userAgent, "WebTransport" in globalThis);
  const scheme = location.protocol === "http:" ? "ws" : "wss";
  return {
    socket: `${scheme}://${location.host}${pathAt(node, "/media")}?pass=${base64url(socketPass)}`,
    quic:
      isAble && newest !== undefined
        ? {
            url: `https://${host}:${newest.port}/media?pass=${base64url(quicPass)}`,
            hashes: quic.filter(({ port }) => port === newest.port).map(({ hash }) => hash),
          }
        : null,
  };
}

/** A key in memory of its own, to be given away; the one it was copied from is wiped. */
function moved(sender: Sender): Sender & { readonly key: Bytes } {
  const key = sender.key.slice();
  wipe(sender.key);
  return { ...sender, key };
}

function placeOf(slot: number, screen: boolean): string {
  return `${slot} ${screen ? "screen" : "camera"}`;
}
