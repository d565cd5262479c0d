/** Random lives of several calls at once: joins, leaves, losses, slow readers, garbage, floods; with what must hold after every step. A
 * failure prints its seed; put it into `SEEDS` to keep it. `FUZZ_SEED=…` runs one, `FUZZ_STEPS=…` makes it longer. */
import { describe, expect, test } from "bun:test";
import type { Bytes } from "../../wire/bytes.ts";
import { FRAME_MAX_BYTES, type FrameKind, kindOf, readHeader, STREAM } from "../../wire/frame.ts";
import type { CallId } from "../../wire/ids.ts";
import { type Ack, encodeControl } from "../../wire/relay.ts";
import type { Down, Link } from "./call.ts";
import { createSfu } from "./core.ts";
import type { Dropped, Effect, Event, LinkId } from "./events.ts";
import {
  DATA_UNREAD_BYTES,
  DATAGRAM_MAX_BYTES,
  PICTURE_QUEUE_BYTES,
  SOUND_AGE_MS,
  SOUND_QUEUE_BYTES,
} from "./limits.ts";
import { frame } from "./testing/world.ts";

/** Seeds that failed once, then some at random. */
const SEEDS = process.env.FUZZ_SEED
  ? [Number(process.env.FUZZ_SEED)]
  : [25_865, 1, 2, 3, 4, 5, ...Array.from({ length: 14 }, () => Math.floor(Math.random() * 2 ** 32))];
const STEPS = Number(process.env.FUZZ_STEPS ?? 1_500);

/** What the far end of a down session remembers of one stream. */
type Seen = { ctr: number; group: number };
type Reader = {
  readonly link: LinkId;
  readonly call: CallId;
  readonly slot: number;
  readonly kind: "quic" | "socket";
  readonly seen: Map<number, Seen>;
  readonly heard: Map<number, { ctr: number; at: number; frames: number; bytes: number }>;
  readonly groups: Map<number, { place: number; ended: boolean }>;
  /** By sender's session: its last data frame. */
  readonly data: Map<LinkId, number>;
  slow: boolean;
};
type Writer = { readonly link: LinkId; readonly call: CallId; readonly slot: number; ctrs: number[] };

class Life {
  readonly core = createSfu(0);
  now = 0;
  readonly readers = new Map<LinkId, Reader>();
  readonly writers = new Map<LinkId, Writer>();
  readonly counts: Partial<Record<Dropped, number>> = {};
  /** What every session sent, by its bytes: the core changes none. */
  readonly known = new WeakMap<Bytes, { call: CallId; slot: number; from: LinkId }>();
  readonly closed = new Set<LinkId>();
  frames = 0;
  #state: number;
  #links = 0;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** mulberry32: the same life again from the same seed. */
  random(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.random(from.length || 1)];
  }

  call(): CallId {
    return (this.random(2) === 0 ? "a" : "b").repeat(32) as CallId;
  }

  event(event: Event): void {
    for (const effect of this.core.handle(event, this.now)) this.#run(effect);
  }

  open(): void {
    const [call, slot, way] = [this.call(), this.random(6), this.random(2) === 0 ? "up" : "down"] as const;
    const kind = this.random(2) === 0 ? "quic" : "socket";
    if (this.random(8) > 0) this.event({ t: "seated", call, slot });
    this.#links += 1;
    const link = this.#links as LinkId;
    const base = { link, call, slot, kind } as const;
    const groups = new Map<number, { place: number; ended: boolean }>();
    const slow = this.random(4) === 0;
    if (way === "up") this.writers.set(link, { ...base, ctrs: [] });
    else
      this.readers.set(link, { ...base, seen: new Map(), heard: new Map(), groups, data: new Map(), slow });
    this.event({ t: "opened", link, pass: { call, slot, way }, kind });
    // A new sender's counters begin anew, also in the eyes of its readers.
    if (way === "up" && this.writers.has(link))
      for (const reader of this.readers.values()) this.#forget(reader, call, slot);
  }

  #forget(reader: Reader, call: CallId, slot: number): void {
    if (reader.call !== call) return;
    for (const place of reader.seen.keys()) if (place >> 4 === slot) reader.seen.delete(place);
    for (const place of reader.heard.keys()) if (place >> 4 === slot) reader.heard.delete(place);
  }

  send(writer: Writer, given: Parameters<typeof frame>[0]): void {
    const stream = given.stream ?? 0;
    const ctr = given.ctr ?? (writer.ctrs[stream] ?? -1) + 1;
    writer.ctrs[stream] = Math.max(ctr, writer.ctrs[stream] ?? -1);
    const item = frame({ slot: writer.slot, ...given, ctr });
    this.known.set(item, { call: writer.call, slot: writer.slot, from: writer.link });
    this.frames += 1;
    this.event({ t: "item", link: writer.link, item });
  }

  #run(effect: Effect): void {
    if (effect.t === "count") {
      this.counts[effect.what] = (this.counts[effect.what] ?? 0) + 1;
      return;
    }
    expect(this.closed.has(effect.link)).toBe(false);
    if (effect.t === "close") this.gone(effect.link);
    else if (this.readers.has(effect.link)) this.#reach(this.readers.get(effect.link) as Reader, effect);
    else this.#atWriter(effect);
  }

  gone(link: LinkId): void {
    this.closed.add(link);
    this.readers.delete(link);
    this.writers.delete(link);
  }

  /** A sender hears control messages only. */
  #atWriter(effect: Effect): void {
    const items = effect.t === "loose" ? effect.items : effect.t === "sure" ? [effect.item] : [];
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(item[0]).toBe(0x80);
  }

  #reach(reader: Reader, effect: Exclude<Effect, { t: "count" | "close" }>): void {
    if (effect.t === "group-end") {
      const group = reader.groups.get(effect.group);
      expect(group?.ended).toBe(false);
      if (group) group.ended = true;
    } else if (effect.t === "picture") this.#picture(reader, effect.item, effect.group);
    else if (effect.t === "sure") {
      if (effect.item[0] !== 0x80) this.#data(reader, effect.item);
    } else this.#loose(reader, effect.items);
  }

  #read(reader: Reader, item: Bytes, kinds: readonly FrameKind[]) {
    const header = readHeader(item);
    const from = this.known.get(item);
    if (!header || !from) throw new Error("a frame that nobody sent");
    expect(from.call).toBe(reader.call);
    expect(header.slot).not.toBe(reader.slot);
    expect(header.slot).toBe(from.slot);
    expect(kinds).toContain(header.kind);
    const place = (header.slot << 4) | header.stream;
    const before = reader.heard.get(place) ?? { ctr: -1, at: 0, frames: 0, bytes: 0 };
    const bytes = before.bytes + item.length;
    reader.heard.set(place, {
      ctr: Math.max(before.ctr, header.ctr),
      at: this.now,
      frames: before.frames + 1,
      bytes,
    });
    return { header, place, from: from.from };
  }

  #loose(reader: Reader, items: readonly Bytes[]): void {
    expect(items.length).toBeGreaterThan(0);
    const bytes = items.reduce((sum, item) => sum + item.length + 2, 0);
    if (reader.kind === "quic" && items.length > 1) expect(bytes).toBeLessThanOrEqual(DATAGRAM_MAX_BYTES);
    for (const item of items) this.#read(reader, item, ["audio"]);
  }

  #data(reader: Reader, item: Bytes): void {
    const { header, from } = this.#read(reader, item, ["data"]);
    expect(header.ctr).toBe((reader.data.get(from) ?? header.ctr - 1) + 1);
    reader.data.set(from, header.ctr);
  }

  #picture(reader: Reader, item: Bytes, number: number): void {
    const { header, place } = this.#read(reader, item, ["video", "screen"]);
    const group = reader.groups.get(number);
    if (!group) {
      expect(header.key).toBe(true);
      reader.groups.set(number, { place, ended: false });
    } else {
      expect(group).toEqual({ place, ended: false });
      expect(header.key).toBe(false);
    }
    this.#decode(reader, place, header.ctr, header.key, number);
  }

  /** L1T2 as the senders here make it: every frame needs the last one before it that is not discardable. */
  #decode(reader: Reader, place: number, ctr: number, key: boolean, group: number): void {
    const seen = reader.seen.get(place) ?? { ctr: -1, group: 0 };
    expect(ctr).toBeGreaterThan(seen.ctr);
    if (!key && group === seen.group) {
      for (let missing = seen.ctr + 1; missing < ctr; missing++)
        expect([place, missing, isBase(missing)]).toEqual([place, missing, false]);
    } else if (!key) throw new Error("a group that begins without a key frame");
    reader.seen.set(place, { ctr, group });
  }

  ack(reader: Reader): void {
    const heard: Ack["heard"] = [...reader.heard].map(([place, { ctr, at, frames, bytes }]) => {
      return { slot: place >> 4, stream: place & 15, ctr, age: this.now - at, frames, bytes };
    });
    this.event({
      t: "item",
      link: reader.link,
      item: encodeControl({ t: "ack", at: this.now, late: 0, heard }),
    });
  }

  /** Down sessions as the core has them. */
  get downs(): Down[] {
    return [...this.core.exchange.links.values()].filter((link: Link): link is Down => link.way === "down");
  }
}

/** Frames with an odd counter are discardable here. */
const isBase = (ctr: number) => ctr % 2 === 0;

const ACTS: Record<string, [number, (life: Life) => void]> = {
  open: [4, (life) => life.open()],
  close: [
    1,
    (life) => {
      const link = life.pick([...life.readers.keys(), ...life.writers.keys()]);
      if (link === undefined) return;
      life.event({ t: "closed", link });
      life.gone(link);
    },
  ],
  unseat: [
    1,
    (life) => life.random(3) === 0 && life.event({ t: "unseated", call: life.call(), slot: life.random(6) }),
  ],
  end: [1, (life) => life.random(20) === 0 && life.event({ t: "ended", call: life.call() })],
  pass: [
    30,
    (life) => {
      life.now += 10;
      life.event({ t: "tick" });
      if (life.now % 50 === 0) for (const one of [...life.readers.values()]) if (!one.slow) life.ack(one);
    },
  ],
  nap: [
    1,
    (life) => {
      life.now += life.random(2_000);
    },
  ],
  slow: [
    2,
    (life) => {
      const one = life.pick([...life.readers.values()]);
      if (one) one.slow = life.random(3) === 0;
    },
  ],
  held: [
    2,
    (life) => {
      const one = life.pick([...life.readers.keys()]);
      if (one !== undefined) life.event({ t: "held", link: one, bytes: life.random(3) * 50_000 });
    },
  ],
  view: [
    6,
    (life) => {
      const one = life.pick([...life.readers.values()]);
      const wants = Array.from({ length: life.random(6) }, (_, rank) => {
        return { slot: life.random(6), screen: life.random(4) === 0 ? 1 : 0, height: life.random(900), rank };
      });
      if (one) life.event({ t: "item", link: one.link, item: encodeControl({ t: "view", wants }) });
    },
  ],
  key: [
    2,
    (life) => {
      const one = life.pick([...life.readers.keys()]);
      const item = encodeControl({ t: "key", slot: life.random(16), stream: life.random(16) });
      if (one !== undefined) life.event({ t: "item", link: one, item });
    },
  ],
  sound: [
    30,
    (life) => {
      const one = life.pick([...life.writers.values()]);
      if (one)
        life.send(one, {
          stream: life.random(8) === 0 ? STREAM.screenSound : STREAM.microphone,
          bytes: 24 + life.random(200),
        });
    },
  ],
  picture: [
    60,
    (life) => {
      const one = life.pick([...life.writers.values()]);
      if (!one) return;
      const stream = 1 + life.random(4);
      let ctr = (one.ctrs[stream] ?? -1) + 1;
      const key = ctr === 0 || life.random(10) === 0;
      if (key && !isBase(ctr)) ctr += 1;
      const bytes = 24 + life.random(key ? 20_000 : 4_000);
      life.send(one, {
        stream,
        ctr,
        key,
        discardable: !key && !isBase(ctr),
        temporal: isBase(ctr) ? 0 : 1,
        bytes,
      });
    },
  ],
  data: [
    4,
    (life) => {
      const one = life.pick([...life.writers.values()]);
      if (one) life.send(one, { stream: STREAM.data, bytes: 24 + life.random(30_000) });
    },
  ],
  garbage: [
    2,
    (life) => {
      const link = life.pick([...life.readers.keys(), ...life.writers.keys()]);
      if (link === undefined) return;
      const item = Uint8Array.from({ length: life.random(60) }, () => life.random(256));
      if (life.random(2) === 0 && item.length > 0) item[0] = 0x80;
      const header = readHeader(item);
      if (header === null || kindOf(header.stream) !== header.kind) life.event({ t: "item", link, item });
    },
  ],
  foreign: [
    2,
    (life) => {
      const one = life.pick([...life.writers.values()]);
      const before = life.counts.slot ?? 0;
      const item = frame({ slot: one ? (one.slot + 1) % 16 : 0, ctr: 5 });
      if (one) life.event({ t: "item", link: one.link, item });
      if (one) expect(life.counts.slot).toBe(before + 1);
    },
  ],
  large: [
    1,
    (life) => {
      const one = life.pick([...life.writers.values()]);
      const item = new Uint8Array(FRAME_MAX_BYTES + 1);
      if (one) item.set(frame({ slot: one.slot }).subarray(0, 8));
      if (one && life.random(10) === 0) life.event({ t: "item", link: one.link, item });
    },
  ],
  flood: [
    1,
    (life) => {
      const one = life.pick([...life.writers.values()]);
      if (!one || life.random(20) > 0) return;
      for (let i = 0; i < 1_200 && life.writers.has(one.link); i++) life.send(one, { stream: 0, bytes: 24 });
    },
  ],
};

const DECK = Object.entries(ACTS).flatMap(([name, [weight]]) => Array<string>(weight).fill(name));

/** What holds after every step. */
function check(life: Life): void {
  for (const down of life.downs) {
    const { estimate } = down;
    expect(down.soundBytes).toBe(down.sound.reduce((sum, one) => sum + one.item.length, 0));
    expect(down.soundBytes).toBeLessThanOrEqual(SOUND_QUEUE_BYTES);
    expect(down.pictureBytes).toBe(down.order.reduce((sum, sub) => sum + sub.queueBytes, 0));
    expect(down.pictureBytes).toBeLessThanOrEqual(Math.max(PICTURE_QUEUE_BYTES, FRAME_MAX_BYTES));
    for (const sub of down.order)
      expect(sub.queueBytes).toBe(sub.queue.reduce((sum, one) => sum + one.item.length, 0));
    for (const bytes of down.dataOf) expect(bytes).toBeWithin(0, DATA_UNREAD_BYTES + 1);
    expect(estimate.underWay).toBeGreaterThanOrEqual(0);
    expect(life.readers.has(down.id)).toBe(true);
  }
}

/** What holds after a tick. */
function checkTick(life: Life): void {
  for (const { sound } of life.downs)
    for (const one of sound) expect(life.now - one.at).toBeLessThanOrEqual(SOUND_AGE_MS);
}

describe("[S1–S19] whatever happens", () => {
  for (const seed of SEEDS)
    test(`seed ${seed}`, () => {
      const life = new Life(seed);
      for (let step = 0; step < STEPS; step++) {
        const name = life.pick(DECK) ?? "pass";
        ACTS[name]?.[1](life);
        check(life);
        if (name === "pass") checkTick(life);
      }
      for (const call of ["a", "b"]) life.event({ t: "ended", call: call.repeat(32) as CallId });
      expect(life.core.exchange.links.size).toBe(0);
      expect(life.core.exchange.calls.size).toBe(0);
      expect(life.readers.size + life.writers.size).toBe(0);
      expect(life.frames).toBeGreaterThan(0);
    });
});
