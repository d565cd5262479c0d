/** `bun run bench:sfu`: what the forwarding core alone costs, without sockets: rooms of five with sound and pictures of 500 kbit/s, in
 * virtual time as fast as it goes. Prints a JSON array, one object per number of rooms. */

import { createSfu } from "../server/sfu/core.ts";
import type { Effect, LinkId, LinkKind } from "../server/sfu/events.ts";
import type { Bytes } from "../wire/bytes.ts";
import { type FrameHeader, kindOf, readHeader, STREAM, writeHeader } from "../wire/frame.ts";
import type { CallId } from "../wire/ids.ts";
import { type Ack, decodeControl, encodeControl, fromRelay, isControl } from "../wire/relay.ts";

const PEOPLE = 5;
/** Virtual seconds before the ones that count (the engine compiles, layers settle), and those. */
const WARM_UP_S = 5;
const COUNTED_S = 10;
const TICK_MS = 10;
const ACK_MS = 50;

type Reader = {
  readonly link: LinkId;
  readonly heard: Map<number, [ctr: number, frames: number, bytes: number, at: number]>;
};
type Sender = {
  readonly link: LinkId;
  readonly slot: number;
  readonly ctrs: number[];
  wants: Map<number, number>;
  keys: Set<number>;
  phase: number;
};

/** One core with so many rooms. */
class Load {
  readonly #core = createSfu(0);
  readonly #readers = new Map<LinkId, Reader>();
  readonly #senders = new Map<LinkId, Sender>();
  #now = 0;
  #links = 0;
  /** Milliseconds inside the core, the longest of them, frames in and out. */
  spent = 0;
  frames = { in: 0, out: 0 };
  sends = 0;
  bytes = 0;

  constructor(rooms: number, kind: LinkKind) {
    for (let room = 0; room < rooms; room++) this.#room(room, kind);
  }

  #room(room: number, kind: LinkKind): void {
    const call = room.toString(16).padStart(32, "0") as CallId;
    for (let slot = 0; slot < PEOPLE; slot++) {
      this.#handle({ t: "seated", call, slot });
      const [up, down] = [++this.#links as LinkId, ++this.#links as LinkId];
      const phase = (room * PEOPLE + slot) % 4;
      this.#senders.set(up, { link: up, slot, ctrs: [], wants: new Map(), keys: new Set(), phase });
      this.#readers.set(down, { link: down, heard: new Map() });
      this.#handle({ t: "opened", link: up, pass: { call, slot, way: "up" }, kind });
      this.#handle({ t: "opened", link: down, pass: { call, slot, way: "down" }, kind });
      const others = [0, 1, 2, 3, 4].filter((other) => other !== slot);
      const wants = others.map((other, rank) => ({ slot: other, screen: 0, height: 360, rank }));
      this.#handle({ t: "item", link: down, item: encodeControl({ t: "view", wants }) });
    }
  }

  run(seconds: number): void {
    for (const end = this.#now + seconds * 1000; this.#now < end; this.#now += TICK_MS) this.#tick();
  }

  #tick(): void {
    const step = this.#now / TICK_MS;
    for (const sender of this.#senders.values()) {
      if ((step + sender.phase) % 2 === 0) this.#send(sender, STREAM.microphone, 122, false);
      for (const [stream, kbps] of sender.wants) this.#picture(sender, stream, kbps, step);
    }
    if (this.#now % ACK_MS === 0) for (const reader of this.#readers.values()) this.#ack(reader);
    this.#handle({ t: "tick" });
  }

  /** 30 frames a second of the larger layers, 15 of the smallest. */
  #picture(sender: Sender, stream: number, kbps: number, step: number): void {
    const every = stream === STREAM.camera0 ? 7 : 3;
    if ((step + sender.phase) % every !== 0) return;
    const key = sender.keys.delete(stream);
    this.#send(sender, stream, Math.round((kbps * every * TICK_MS) / 8) * (key ? 4 : 1), key);
  }

  #send(sender: Sender, stream: number, bytes: number, key: boolean): void {
    const ctr = (sender.ctrs[stream] ?? -1) + 1;
    sender.ctrs[stream] = ctr;
    const item = new Uint8Array(bytes);
    item.set(writeHeader({ ...BLANK, kind: kindOf(stream) ?? "data", slot: sender.slot, stream, ctr, key }));
    this.frames.in += 1;
    this.#handle({ t: "item", link: sender.link, item });
  }

  #ack(reader: Reader): void {
    const heard: Ack["heard"] = [];
    for (const [place, [ctr, frames, bytes, at]] of reader.heard)
      heard.push({ slot: place >> 4, stream: place & 15, ctr, age: this.#now - at, frames, bytes });
    const item = encodeControl({ t: "ack", at: this.#now, late: 0, heard });
    this.#handle({ t: "item", link: reader.link, item });
  }

  #handle(event: Parameters<ReturnType<typeof createSfu>["handle"]>[0]): void {
    const start = performance.now();
    const effects = this.#core.handle(event, this.#now);
    this.spent += performance.now() - start;
    for (const effect of effects) this.#take(effect);
  }

  #take(effect: Effect): void {
    if (effect.t === "picture") this.#got(effect.link, effect.item);
    else if (effect.t === "loose") for (const item of effect.items) this.#got(effect.link, item);
    else if (effect.t === "sure") this.#got(effect.link, effect.item);
    if (effect.t === "picture" || effect.t === "loose") this.sends += 1;
  }

  #got(link: LinkId, item: Bytes): void {
    const reader = this.#readers.get(link);
    if (isControl(item)) return void this.#told(link, item);
    const header = readHeader(item);
    if (!reader || !header) return;
    this.frames.out += 1;
    this.bytes += item.length;
    const place = (header.slot << 4) | header.stream;
    const before = reader.heard.get(place);
    reader.heard.set(place, [
      header.ctr,
      (before?.[1] ?? 0) + 1,
      (before?.[2] ?? 0) + item.length,
      this.#now,
    ]);
  }

  #told(link: LinkId, item: Bytes): void {
    const sender = this.#senders.get(link);
    const message = sender && decodeControl(fromRelay, item);
    if (message?.t === "key") sender?.keys.add(message.stream);
    if (message?.t !== "want" || !sender) return;
    for (const { stream } of message.streams) if (!sender.wants.has(stream)) sender.keys.add(stream);
    sender.wants = new Map(message.streams.map(({ stream, kbps }) => [stream, kbps]));
  }
}

const BLANK: FrameHeader = {
  kind: "audio",
  key: false,
  discardable: false,
  slot: 0,
  stream: 0,
  rv: 0,
  temporal: 0,
  spatial: 0,
  ctr: 0,
};

/** Runs so many rooms and says what they cost. */
function measure(rooms: number, kind: LinkKind) {
  const load = new Load(rooms, kind);
  load.run(WARM_UP_S);
  load.spent = 0;
  load.sends = 0;
  load.bytes = 0;
  load.frames = { in: 0, out: 0 };
  load.run(COUNTED_S);
  const { spent, frames, sends, bytes } = load;
  return {
    rooms,
    kind,
    framesInPerSecond: Math.round(frames.in / COUNTED_S),
    framesOutPerSecond: Math.round(frames.out / COUNTED_S),
    sendsPerSecond: Math.round(sends / COUNTED_S),
    mbitOut: Math.round((bytes * 8) / COUNTED_S / 1e5) / 10,
    corePercent: Math.round((spent / COUNTED_S / 10) * 100) / 100,
    framesOutPerCoreSecond: Math.round((frames.out * 1000) / spent),
  };
}

console.log(
  JSON.stringify(
    [1, 10, 50].flatMap((rooms) => [measure(rooms, "quic"), measure(rooms, "socket")]),
    null,
    2,
  ),
);
