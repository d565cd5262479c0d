/** The way in (PROTOCOL.md "Relay"): receive → open → decode on arrival → paint; sound goes before pictures, and acks tell the server what
 * came. Lives in a worker. */

import type { OpenedFrame, Opener } from "../../wasm/opener.ts";
import type { EpochKeys } from "../../wasm/roster.ts";
import { type Bytes, sameBytes } from "../../wire/bytes.ts";
import { kindOf, readHeader, STREAM } from "../../wire/frame.ts";
import { decodeControl, encodeControl, fromRelay, isControl, type ToRelay } from "../../wire/relay.ts";
import { Ticks } from "../../wire/ticks.ts";
import type { Clock } from "../call/clock.ts";
import type { PlaneWant } from "../call/plane-want.ts";
import { Asking } from "./asking.ts";
import { HeardStreams } from "./heard.ts";
import { CAMERA } from "./layers.ts";
import { Leaving } from "./leaving.ts";
import type { Line } from "./line.ts";
import type { Link } from "./link.ts";
import type { FromRx, RxStats, ShownStats, Surface } from "./messages.ts";
import { HeightCap } from "./overload.ts";
import { Pulse } from "./pulse.ts";
import { Showing } from "./showing.ts";
import type { SoundReceiver } from "./sound/receiver.ts";
import { SoundLoss } from "./sound-loss.ts";
import { View } from "./view.ts";

/** How often acks, watchdogs and the view are looked at. */
export const TICK_MS = 25;
/** Levels of sound, for who is speaking. */
const LEVELS_MS = 100;

/** What plays the others' sound (`sound/receiver.ts`). */
export type SoundIn = Pick<SoundReceiver, "push" | "remove" | "levels" | "playedUs" | "stats">;

export type RxParts = {
  readonly clock: Clock;
  readonly opener: Opener;
  readonly line: Pick<Line, "link" | "leaveQuic" | "renew">;
  readonly tell: (message: FromRx) => void;
};

export class Rx {
  readonly #parts: RxParts;
  readonly #heard = new HeardStreams();
  readonly #asking = new Asking();
  readonly #cap = new HeightCap();
  readonly #view = new View();
  readonly #leaving = new Leaving();
  readonly #loss = new SoundLoss();
  readonly #showings = new Map<string, Showing>();
  /** Who has which slot, by the newest epoch. */
  readonly #pids = new Map<number, Bytes>();
  #pulse: Pulse;
  #levelsAt = -Infinity;
  readonly #ticks = new Ticks(TICK_MS);
  #frames = 0;
  #bytes = 0;
  #openMs = 0;
  #isWeak = false;
  /** Null until the page has opened its mixer, and where it cannot. */
  #sound: SoundIn | null = null;
  /** Counter of the newest sound frame of each. */
  readonly #soundCtr = new Map<number, number>();

  constructor(parts: RxParts) {
    this.#parts = parts;
    this.#pulse = new Pulse(parts.clock.now());
  }

  /** A session is open: the server knows nothing of the one before. */
  opened(_link: Link): void {
    this.#pulse = new Pulse(this.#parts.clock.now());
    this.#heard.reset();
    this.#view.forgotten();
    for (const one of this.#showings.values()) one.newLine();
    this.tick();
  }

  /** Something came from the server. */
  item(item: Bytes): void {
    const now = this.#parts.clock.now();
    this.#pulse.heard(now);
    if (isControl(item)) this.#control(item);
    else this.#frame(item, now);
  }

  /** The others' keys of a newer epoch; what waited for them is taken now. Whoever is somebody new in a slot begins with nothing. */
  install(keys: EpochKeys): void {
    const now = this.#parts.clock.now();
    for (const { slot, pid } of keys.others) {
      const before = this.#pids.get(slot);
      if (before !== undefined && !sameBytes(before, pid)) this.forget(slot);
      this.#pids.set(slot, pid);
    }
    for (const opened of this.#parts.opener.install(keys, now)) this.#take(opened, now);
  }

  /** From now on there is where sound goes. */
  hear(sound: SoundIn): void {
    this.#sound = sound;
  }

  look(wants: readonly PlaneWant[]): void {
    this.#view.set(wants);
    this.tick();
  }

  hide(isHidden: boolean): void {
    this.#view.hide(isHidden, this.#parts.clock.now());
    this.tick();
  }

  surface(slot: number, screen: boolean, surface: Surface): void {
    this.#showings.get(place(slot, screen))?.on(surface);
  }

  /** Somebody left: decoder, sound and picture go. */
  forget(slot: number): void {
    for (const screen of [false, true]) {
      this.#showings.get(place(slot, screen))?.close();
      this.#showings.delete(place(slot, screen));
    }
    this.#sound?.remove(slot);
    this.#soundCtr.delete(slot);
    this.#heard.forget(slot);
    this.#loss.forget(slot);
  }

  /** Every `TICK_MS`. */
  tick(): void {
    const { clock, tell } = this.#parts;
    const now = clock.now();
    const ack = this.#heard.ack(now, this.#ticks.late(now));
    if (ack !== null) this.#parts.line.link?.loose([encodeControl(ack)]);
    for (const one of this.#showings.values()) one.tick();
    this.#tellView(now);
    const { link } = this.#parts.line;
    const leaves = this.#leaving.seen(this.#isWeak, this.#loss.part(now), now);
    if (leaves && link?.kind === "quic") this.#parts.line.leaveQuic();
    if (this.#pulse.beats(now)) this.#sure({ t: "beat" });
    if (this.#pulse.isDead(now)) this.#parts.line.renew();
    if (now - this.#levelsAt >= LEVELS_MS) {
      this.#levelsAt = now;
      const levels = this.#sound?.levels() ?? [];
      tell({
        t: "levels",
        levels: levels.map((one) => ({ ...one, ctr: this.#soundCtr.get(one.slot) ?? null })),
      });
    }
  }

  stats(): RxStats {
    const { line, clock, opener } = this.#parts;
    const cap = this.#cap.cap(clock.now());
    return {
      way: line.link?.kind ?? null,
      heightCap: Number.isFinite(cap) ? cap : 0,
      frames: this.#frames,
      bytes: this.#bytes,
      openMs: this.#openMs,
      refused: Object.fromEntries(opener.refused),
      pictures: [...this.#showings.values()]
        .map((one) => one.stats())
        .filter((one): one is ShownStats => one !== null),
      sound: this.#sound?.stats() ?? [],
    };
  }

  close(): void {
    for (const one of this.#showings.values()) one.close();
    this.#showings.clear();
    this.#parts.opener.close();
  }

  #sure(message: ToRelay): void {
    this.#parts.line.link?.sure(encodeControl(message));
  }

  #control(item: Bytes): void {
    const message = decodeControl(fromRelay, item);
    if (message?.t !== "weak") return;
    this.#isWeak = message.own === 1;
    this.#parts.tell({ t: "weak", own: this.#isWeak, slots: message.slots });
  }

  #frame(item: Bytes, now: number): void {
    const header = readHeader(item);
    // only to be counted
    if (header === null) return void this.#parts.opener.open(item, now);
    this.#frames += 1;
    this.#bytes += item.length;
    if (header.stream === STREAM.data) {
      this.#heard.frame(header, item.length, now);
      return void this.#parts.tell({ t: "data", frame: item });
    }
    const before = this.#parts.clock.now();
    const opened = this.#parts.opener.open(item, now);
    this.#openMs += this.#parts.clock.now() - before;
    // repeats of sound are not news; everything else arrived, whether or not it opens
    if (opened !== "replay") this.#heard.frame(header, item.length, now);
    if (header.kind === "audio") this.#loss.frame(header.slot, header.ctr, opened !== "replay", now);
    if (typeof opened !== "string") this.#take(opened, now);
  }

  #take(opened: OpenedFrame, now: number): void {
    const { slot, stream, ctr } = opened.header;
    // the last frames of somebody whose place another has by now
    if (!sameBytes(this.#pids.get(slot) ?? opened.pid, opened.pid)) return;
    if (stream === STREAM.microphone) {
      this.#soundCtr.set(slot, Math.max(ctr, this.#soundCtr.get(slot) ?? 0));
      return void this.#sound?.push(slot, ctr, opened.plain, now);
    }
    const kind = kindOf(stream);
    if (kind !== "video" && kind !== "screen") return;
    this.#showing(slot, kind === "screen").take(opened);
  }

  #showing(slot: number, screen: boolean): Showing {
    const known = this.#showings.get(place(slot, screen));
    if (known !== undefined) return known;
    const { clock, tell } = this.#parts;
    const showing = new Showing({
      clock,
      slot,
      screen,
      playedUs: () => this.#sound?.playedUs(slot) ?? null,
      needKey: (stream, isBehind) => this.#needKey(slot, stream, isBehind),
      gotKey: (stream) => this.#asking.done(`${slot} ${stream}`),
      shown: (isShown) => tell({ t: "shown", slot, screen, isShown }),
    });
    this.#showings.set(place(slot, screen), showing);
    tell({ t: "need-surface", slot, screen });
    return showing;
  }

  #needKey(slot: number, stream: number, isBehind: boolean): void {
    const now = this.#parts.clock.now();
    if (isBehind) {
      this.#cap.behind(CAMERA.find((layer) => layer.stream === stream)?.shortSide ?? Infinity, now);
      this.#tellView(now);
    }
    const isWanted = this.#view.wants(slot, stream === STREAM.screen, now);
    if (isWanted && this.#asking.may(`${slot} ${stream}`, now)) this.#sure({ t: "key", slot, stream });
  }

  #tellView(now: number): void {
    if (this.#parts.line.link === null) return;
    const message = this.#view.message(this.#cap.cap(now), now);
    if (message !== null) this.#sure(message);
  }
}

function place(slot: number, screen: boolean): string {
  return `${slot} ${screen ? "screen" : "camera"}`;
}
