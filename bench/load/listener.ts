/** One person's way down: checks every frame that comes, and tells the server what has come. Time is handed in. */
import { Opener } from "../../wasm/opener.ts";
import type { EpochKeys } from "../../wasm/roster.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type FrameHeader, readHeader } from "../../wire/frame.ts";
import type { Ack } from "../../wire/relay.ts";
import type { Delays } from "./delays.ts";
import type { Sent } from "./speaker.ts";

/** What all listeners together have found. */
export type Findings = {
  frames: number;
  bytes: number;
  /** Frames whose seal was opened; all others were compared with what was sealed. */
  opened: number;
  /** Not the bytes that were sent, or a seal that did not open. */
  wrong: number;
  /** Sealed under an epoch that this person does not have: whoever has just come gets some of those that were under way. */
  keyless: number;
  /** Behind one that was sent later, or twice. */
  disordered: number;
  /** Sound that never came. */
  soundMissing: number;
  /** Pictures that were left out on the way, as a forwarding server may. */
  pictureLeftOut: number;
  /** Too late to be compared: no longer kept. */
  unchecked: number;
};

export function noFindings(): Findings {
  return {
    frames: 0,
    bytes: 0,
    opened: 0,
    wrong: 0,
    keyless: 0,
    disordered: 0,
    soundMissing: 0,
    pictureLeftOut: 0,
    unchecked: 0,
  };
}

/** The frame that a slot sent by this number. */
export type Lookup = (slot: number, stream: number, ctr: number) => Sent | undefined;

type Stream = { slot: number; stream: number; ctr: number; at: number; frames: number; bytes: number };

export class Listener {
  readonly #opener = new Opener();
  readonly #streams = new Map<number, Stream>();
  readonly #openEvery: number;
  readonly #lookup: Lookup;
  readonly #found: Findings;
  readonly #delays: Delays;

  /** `openEvery`: 1 opens each frame, 10 each tenth. */
  constructor(o: { openEvery: number; lookup: Lookup; found: Findings; delays: Delays }) {
    this.#openEvery = o.openEvery;
    this.#lookup = o.lookup;
    this.#found = o.found;
    this.#delays = o.delays;
  }

  install(keys: EpochKeys, now: number): void {
    this.#opener.install(keys, now);
  }

  /** Somebody else has this slot from now on. */
  forget(slot: number): void {
    for (const key of this.#streams.keys()) if (key >> 4 === slot) this.#streams.delete(key);
  }

  take(frame: Bytes, now: number): void {
    const header = readHeader(frame);
    this.#found.frames += 1;
    this.#found.bytes += frame.length;
    if (header === null) this.#found.wrong += 1;
    else {
      this.#order(header, frame.length, now);
      this.#compare(header, frame, now);
    }
  }

  /** What has come, for the server's estimate; `null` where nothing has. */
  ack(now: number): Ack | null {
    const heard = [...this.#streams.values()].map(({ at, ...one }) => ({
      ...one,
      age: Math.round(now - at),
    }));
    return heard.length === 0 ? null : { t: "ack", at: Math.floor(now) % 2 ** 32, late: 0, heard };
  }

  #order({ slot, stream, ctr, kind }: FrameHeader, bytes: number, now: number): void {
    const key = (slot << 4) | stream;
    const known = this.#streams.get(key);
    if (known === undefined) {
      this.#streams.set(key, { slot, stream, ctr, at: now, frames: 1, bytes });
      return;
    }
    if (ctr <= known.ctr) this.#found.disordered += 1;
    else if (kind === "audio") this.#found.soundMissing += ctr - known.ctr - 1;
    else this.#found.pictureLeftOut += ctr - known.ctr - 1;
    if (ctr > known.ctr) Object.assign(known, { ctr, at: now });
    known.frames += 1;
    known.bytes += bytes;
  }

  #compare({ slot, stream, ctr }: FrameHeader, frame: Bytes, now: number): void {
    const sent = this.#lookup(slot, stream, ctr);
    if (sent === undefined) this.#found.unchecked += 1;
    else {
      this.#delays.add(now - sent.at);
      if (Buffer.compare(sent.frame, frame) !== 0) this.#found.wrong += 1;
    }
    if (this.#found.frames % this.#openEvery !== 0) return;
    this.#found.opened += 1;
    const opened = this.#opener.open(frame, now);
    // a replay is counted as disorder already
    if (opened === "epoch") this.#found.keyless += 1;
    else if (typeof opened === "string" && opened !== "replay") this.#found.wrong += 1;
  }
}
