/** The way out (PROTOCOL.md "Relay"): frames of camera and screen, sound, chat → encode what is wanted → seal → send. Lives in a worker,
 * knows no global but the codecs. */

import type { FrameFlags, Sealer } from "../../wasm/sealer.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { Estimator } from "../../wire/estimate.ts";
import { FRAME_OVERHEAD_BYTES, readHeader, STREAM, type Stream } from "../../wire/frame.ts";
import { decodeControl, encodeControl, fromRelay, isControl } from "../../wire/relay.ts";
import type { Clock } from "../call/clock.ts";
import { Arrived } from "./arrived.ts";
import { CAMERA, type Layer, SCREEN } from "./layers.ts";
import { isPoor, Leaving } from "./leaving.ts";
import type { Line } from "./line.ts";
import type { Link } from "./link.ts";
import type { FromTx, Picture, TxStats } from "./messages.ts";
import { Pulse } from "./pulse.ts";
import { Sending } from "./sending.ts";
import { NOTHING_SHARED, type Shares, split, type Wanted } from "./split.ts";

/** How often shares are looked at again. Higher: slow to give way. Lower: work for nothing. */
export const TICK_MS = 100;
/** How often this worker says that it is awake: see `Estimator.awake`. Higher: short stalls pass for a queue. Lower: work for nothing. */
export const AWAKE_MS = 25;
/** What a line is taken to carry before anything is known. Higher: a weak one is flooded at once. Lower: it begins small. */
const START_KBPS = 400;
/** Bytes of pictures that may wait in the browser, as time on the line. Higher: pictures become old before they leave. */
const HELD_MS = 100;
const HELD_FLOOR_BYTES = 16_000;

export type TxParts = {
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly slot: number;
  readonly line: Pick<Line, "link" | "leaveQuic" | "renew">;
  /** This worker's clock minus the page's, ms: sound is captured on the page's. */
  readonly aheadMs: number;
  readonly tell: (message: FromTx) => void;
  /** Which step of the sound's rate to send from now on; 0 is the best. */
  readonly soundStep: (step: number) => void;
  readonly soundStats: () => TxStats["sound"];
};

/** How often the page learns how far our sound is. Higher: a voice that is held back is noticed later. Lower: messages for nothing. */
const SAID_MS = 1_000;

export class Tx {
  readonly #parts: TxParts;
  readonly #sendings: { readonly [K in Picture]: Sending };
  readonly #leaving = new Leaving();
  readonly #arrived = new Arrived();
  #uplink: Estimator;
  #wanted: readonly Wanted[] = [];
  #shares: Shares = NOTHING_SHARED;
  #maySend = false;
  #hasKey = false;
  #pulse: Pulse;
  #isWeak = false;
  /** Group of pictures under way, by stream, and the number for the next one. */
  readonly #groups = new Map<Stream, number>();
  #nextGroup = 1;
  #lastSound: Bytes[] = [];
  #saidCtr: number | null = null;
  #saidAt = 0;
  #data: Bytes[] = [];
  #sealMs = 0;

  constructor(parts: TxParts) {
    this.#parts = parts;
    this.#uplink = new Estimator(START_KBPS, parts.clock.now());
    this.#pulse = new Pulse(parts.clock.now());
    const { clock } = parts;
    const way = {
      clock,
      aheadMs: parts.aheadMs,
      may: (bytes: number, now: number) => this.#mayPicture(bytes, now),
      send: (layer: Layer, plain: Bytes, flags: FrameFlags) => this.#sendPicture(layer, plain, flags),
    };
    this.#sendings = {
      camera: new Sending({ ...way, layers: CAMERA, isStill: false }),
      screen: new Sending({ ...way, layers: [SCREEN], isStill: true }),
    };
  }

  /** A session is open: the server knows nothing of the one before. */
  opened(_link: Link): void {
    this.#uplink = new Estimator(START_KBPS, this.#parts.clock.now());
    this.#pulse = new Pulse(this.#parts.clock.now());
    this.#arrived.reset();
    this.#groups.clear();
    this.#wanted = [];
    this.#isWeak = false;
    this.#share(this.#parts.clock.now());
    this.#keys();
  }

  /** Something came from the server. */
  item(item: Bytes): void {
    const now = this.#parts.clock.now();
    this.#uplink.awake(now, AWAKE_MS);
    this.#pulse.heard(now);
    if (!isControl(item)) return;
    const message = decodeControl(fromRelay, item);
    if (message?.t === "want") {
      this.#wanted = message.streams;
      this.#share(now);
    }
    if (message?.t === "key") for (const one of this.#all()) one.key(message.stream);
    if (message?.t === "ack") {
      this.#uplink.ack(message, now);
      this.#arrived.ack(message, now);
      this.#flushData();
    }
  }

  /** A key is there: it may be sealed. */
  keyed(): void {
    this.#hasKey = true;
  }

  /** Stop-send (A3): while false nothing is sealed, and nothing encoded for it. */
  allow(maySend: boolean): void {
    if (maySend && !this.#maySend) this.#keys();
    this.#maySend = maySend;
  }

  /** The camera's or screen's next frame, ours to close. */
  frame(of: Picture, frame: VideoFrame): void {
    this.awake();
    if (this.#isOpen()) this.#sendings[of].frame(frame);
    else frame.close();
  }

  /** The source of frames is another one. */
  changed(of: Picture): void {
    this.#sendings[of].changed();
  }

  /** A frame of sound, plain. Sound waits for nothing. */
  sound(plain: Bytes): void {
    this.awake();
    const { link } = this.#parts.line;
    if (link === null || !this.#isOpen()) return;
    const frame = this.#seal(STREAM.microphone, plain, {});
    if (frame === null) return;
    this.#saidCtr = readHeader(frame)?.ctr ?? this.#saidCtr;
    const repeats = link.kind === "quic" ? this.#uplink.repeats : 0;
    link.loose([frame, ...this.#lastSound.slice(0, repeats)]);
    this.#lastSound = [frame, ...this.#lastSound].slice(0, 2);
  }

  /** A sealed frame of chat or files. */
  data(frame: Bytes): void {
    this.#data.push(frame);
    this.#flushData();
  }

  /** Every `AWAKE_MS`. */
  awake(): void {
    this.#uplink.awake(this.#parts.clock.now(), AWAKE_MS);
  }

  /** Every `TICK_MS`. */
  tick(): void {
    this.awake();
    const { clock, line } = this.#parts;
    const now = clock.now();
    this.#share(now);
    this.#flushData();
    if (this.#isOpen()) for (const one of this.#all()) one.tick();
    if (now - this.#saidAt >= SAID_MS && this.#saidCtr !== null) {
      this.#saidAt = now;
      this.#parts.tell({ t: "said", ctr: this.#saidCtr });
    }
    if (this.#pulse.beats(now)) line.link?.sure(encodeControl({ t: "beat" }));
    if (this.#pulse.isDead(now) || this.#uplink.quiet(now) === "dead") line.renew();
    const isWeak = this.#uplink.state(now) === "weak";
    if (isWeak !== this.#isWeak) this.#sayWeak(isWeak);
    this.#considerLeaving(now);
  }

  stats(): TxStats {
    const now = this.#parts.clock.now();
    const { rtt, loss } = this.#uplink;
    return {
      way: this.#parts.line.link?.kind ?? null,
      targetKbps: Math.round(this.#uplink.target(now)),
      rtt,
      loss,
      captured: this.#sendings.camera.captured,
      sealMs: this.#sealMs,
      sound: this.#parts.soundStats(),
      pictures: this.#all().flatMap((one) => one.stats()),
    };
  }

  close(): void {
    this.#maySend = false;
    this.#parts.sealer.stop();
    for (const one of this.#all()) one.close();
  }

  #all(): Sending[] {
    return [this.#sendings.camera, this.#sendings.screen];
  }

  #keys(): void {
    for (const one of this.#all()) one.keys();
  }

  #isOpen(): boolean {
    return this.#maySend && this.#hasKey && this.#parts.line.link !== null;
  }

  #share(now: number): void {
    const shares = split(this.#uplink.target(now), this.#wanted, this.#shares);
    if (shares.soundStep !== this.#shares.soundStep) this.#parts.soundStep(shares.soundStep);
    this.#shares = shares;
    for (const one of this.#all()) one.share(shares.pictures);
  }

  #mayPicture(bytes: number, now: number): boolean {
    const { link } = this.#parts.line;
    if (link === null || !this.#isOpen()) return false;
    const waits = Math.max(HELD_FLOOR_BYTES, (this.#uplink.target(now) * HELD_MS) / 8);
    return link.held() < waits && this.#uplink.mayPicture(bytes + FRAME_OVERHEAD_BYTES, now);
  }

  #sendPicture({ stream }: Layer, plain: Bytes, flags: FrameFlags): boolean {
    const { link } = this.#parts.line;
    // an encoder may be done only after the way was shut
    if (link === null || !this.#isOpen()) return false;
    const frame = this.#seal(stream, plain, flags);
    if (frame === null) return false;
    link.picture(this.#groupOf(link, stream, flags.key === true), frame);
    return true;
  }

  #groupOf(link: Link, stream: Stream, isKey: boolean): number {
    const before = this.#groups.get(stream);
    if (before !== undefined && !isKey) return before;
    if (before !== undefined) link.groupEnd(before, false);
    const group = this.#nextGroup++;
    this.#groups.set(stream, group);
    return group;
  }

  /** Null where there is no key: then nothing goes out (fail closed). */
  #seal(stream: Stream, plain: Bytes, flags: FrameFlags): Bytes | null {
    const { sealer, slot, clock } = this.#parts;
    const before = clock.now();
    try {
      const frame = sealer.seal(stream, plain, flags);
      this.#sealMs += clock.now() - before;
      this.#uplink.sent(slot, stream, readHeader(frame)?.ctr ?? 0, frame.length, clock.now());
      return frame;
    } catch {
      return null;
    }
  }

  #flushData(): void {
    const { line, clock, slot, tell } = this.#parts;
    for (;;) {
      const [next] = this.#data;
      const now = clock.now();
      if (next === undefined || line.link === null || !this.#uplink.mayData(next.length, now)) return;
      this.#data.shift();
      line.link.sure(next);
      this.#uplink.sent(slot, STREAM.data, readHeader(next)?.ctr ?? 0, next.length, now);
      tell({ t: "data-gone", bytes: next.length });
    }
  }

  /** To the page, and to the server for everybody else's. */
  #sayWeak(isWeak: boolean): void {
    const { line, tell } = this.#parts;
    this.#isWeak = isWeak;
    tell({ t: "weak", own: isWeak });
    line.link?.sure(encodeControl({ t: "line", weak: isWeak ? 1 : 0 }));
  }

  #considerLeaving(now: number): void {
    const { line } = this.#parts;
    if (line.link?.kind !== "quic") return;
    const wantedKbps = this.#wanted.reduce((sum, { kbps }) => sum + kbps, 0);
    // what the line could carry counts, not what a calm picture happens to need
    const carriedKbps = Math.max(this.#arrived.kbps(now), this.#uplink.target(now));
    if (this.#leaving.seen(isPoor(carriedKbps, wantedKbps), this.#uplink.loss, now)) line.leaveQuic();
  }
}
