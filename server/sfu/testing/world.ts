/** A call on the forwarding core with the hands of the clock in the test's hand: people who send frames, and keep what comes down. */
import type { Bytes } from "../../../wire/bytes.ts";
import type { CloseWord } from "../../../wire/close.ts";
import { type FrameHeader, kindOf, readHeader, writeHeader } from "../../../wire/frame.ts";
import type { CallId } from "../../../wire/ids.ts";
import {
  type Ack,
  decodeControl,
  encodeControl,
  type FromRelay,
  fromRelay,
  isControl,
  type ToRelay,
} from "../../../wire/relay.ts";
import { createSfu } from "../core.ts";
import type { Dropped, Effect, Event, LinkId, LinkKind } from "../events.ts";

/** A frame whose sealed part is zeros. */
export function frame(given: Partial<FrameHeader> & { bytes?: number }): Bytes {
  const stream = given.stream ?? 0;
  const header: FrameHeader = {
    kind: kindOf(stream) ?? "data",
    key: false,
    discardable: false,
    slot: 0,
    stream,
    rv: 0,
    temporal: 0,
    spatial: 0,
    ctr: 0,
    ...given,
  };
  const item = new Uint8Array(Math.max(24, given.bytes ?? 120));
  item.set(writeHeader(header));
  return item;
}

/** What came down to somebody. */
export type Came = FrameHeader & { item: Bytes; group: number; at: number; datagram: number };

/** One session as its browser sees it. */
export class Session {
  readonly link: LinkId;
  readonly world: World;
  readonly call: CallId;
  readonly slot: number;
  came: Came[] = [];
  said: FromRelay[] = [];
  ends: { group: number; cut: boolean }[] = [];
  closed: CloseWord | null = null;
  /** How far the down session has got, as its acks say. */
  readonly heard = new Map<number, { ctr: number; at: number; frames: number; bytes: number }>();

  constructor(world: World, link: LinkId, call: CallId, slot: number) {
    this.world = world;
    this.link = link;
    this.call = call;
    this.slot = slot;
  }

  item(item: Bytes): this {
    this.world.event({ t: "item", link: this.link, item });
    return this;
  }

  say(message: ToRelay): this {
    return this.item(encodeControl(message));
  }

  /** One frame of its own slot. */
  send(given: Partial<FrameHeader> & { bytes?: number }): this {
    return this.item(frame({ slot: this.slot, ...given }));
  }

  /** Wants these slots' cameras at this height, the first the most important. */
  view(slots: readonly number[], height = 360): this {
    return this.say({
      t: "view",
      wants: slots.map((slot, rank) => ({ slot, screen: 0, height, rank })),
    });
  }

  /** Acknowledges all that came. */
  ack(): this {
    const { now } = this.world;
    const heard: Ack["heard"] = [...this.heard].map(([place, { ctr, at, frames, bytes }]) => {
      return { slot: place >> 4, stream: place & 15, ctr, age: Math.round(now - at), frames, bytes };
    });
    return this.say({ t: "ack", at: Math.round(now), late: 0, heard });
  }

  all<T extends FromRelay["t"]>(t: T): Extract<FromRelay, { t: T }>[] {
    return this.said.filter((message): message is Extract<FromRelay, { t: T }> => message.t === t);
  }

  /** Counters of what came of one stream. */
  ctrs(slot: number, stream: number): number[] {
    return this.came.filter((one) => one.slot === slot && one.stream === stream).map(({ ctr }) => ctr);
  }
}

export type Person = { readonly up: Session; readonly down: Session; readonly slot: number };

export class World {
  now = 1_000;
  readonly core = createSfu(1_000);
  readonly sessions = new Map<LinkId, Session>();
  readonly counts: Partial<Record<Dropped, number>> = {};
  #links = 0;
  #datagrams = 0;

  /** Somebody with a place and both sessions. */
  person(slot: number, kind: LinkKind = "quic", call = CALL): Person {
    this.event({ t: "seated", call, slot });
    return { slot, up: this.open(slot, "up", kind, call), down: this.open(slot, "down", kind, call) };
  }

  open(slot: number, way: "up" | "down", kind: LinkKind = "quic", call = CALL): Session {
    this.#links += 1;
    const link = this.#links as LinkId;
    const session = new Session(this, link, call, slot);
    this.sessions.set(link, session);
    this.event({ t: "opened", link, pass: { call, slot, way }, kind });
    return session;
  }

  event(event: Event): Effect[] {
    const effects = this.core.handle(event, this.now);
    for (const effect of effects) this.#run(effect);
    return effects;
  }

  /** Lets time pass in ticks of 10 ms; `each` runs before each. */
  pass(milliseconds: number, each?: () => void): this {
    for (let left = milliseconds; left > 0; left -= 10) {
      this.now += Math.min(10, left);
      each?.();
      this.event({ t: "tick" });
    }
    return this;
  }

  #run(effect: Effect): void {
    if (effect.t === "count") this.counts[effect.what] = (this.counts[effect.what] ?? 0) + 1;
    else {
      const session = this.sessions.get(effect.link);
      if (!session) throw new Error(`${effect.t} for a session that never was`);
      if (session.closed) throw new Error(`${effect.t} for a closed session`);
      this.#reach(session, effect);
    }
  }

  #reach(session: Session, effect: Exclude<Effect, { t: "count" }>): void {
    if (effect.t === "close") session.closed = effect.word;
    else if (effect.t === "group-end") session.ends.push({ group: effect.group, cut: effect.cut });
    else if (effect.t === "picture") this.#take(session, effect.item, effect.group, 0);
    else if (effect.t === "sure") this.#take(session, effect.item, 0, 0);
    else {
      this.#datagrams += 1;
      for (const item of effect.items) this.#take(session, item, 0, this.#datagrams);
    }
  }

  #take(session: Session, item: Bytes, group: number, datagram: number): void {
    if (isControl(item)) {
      const message = decodeControl(fromRelay, item);
      if (!message) throw new Error("the core said what is none of its messages");
      session.said.push(message);
      return;
    }
    const header = readHeader(item);
    if (!header) throw new Error("the core sent what is no frame");
    session.came.push({ ...header, item, group, at: this.now, datagram });
    note(session, header, item.length, this.now);
  }
}

function note(session: Session, { slot, stream, ctr }: FrameHeader, bytes: number, at: number): void {
  const place = (slot << 4) | stream;
  const before = session.heard.get(place) ?? { ctr: -1, at, frames: 0, bytes: 0 };
  if (ctr <= before.ctr) return;
  session.heard.set(place, { ctr, at, frames: before.frames + 1, bytes: before.bytes + bytes });
}

export const CALL = "c0".repeat(16) as CallId;
export const OTHER_CALL = "c1".repeat(16) as CallId;
