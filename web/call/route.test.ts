import { describe, expect, test } from "bun:test";
import { type Bytes, u32be } from "../../wire/bytes.ts";
import { newId, type PeerId } from "../../wire/ids.ts";
import type { ToServer } from "../../wire/signal.ts";
import {
  ACK_DELAY_MS,
  ACK_EVERY,
  type Broken,
  Route,
  UNACKED_BYTES_MAX,
  UNACKED_MAX,
  UNACKED_MS,
} from "./route.ts";
import { chance, HandClock } from "./testing/hand-clock.ts";

type Posted = Extract<ToServer, { t: "relay" | "ack" | "anew" }>;

/** One end, with what it posted, delivered and broke. */
class End {
  readonly posted: Posted[] = [];
  readonly got: number[] = [];
  readonly broken: Broken[] = [];
  readonly route: Route;
  #sent = 0;

  constructor(clock: HandClock) {
    this.route = new Route(newId<PeerId>(), {
      clock,
      post: (message) => this.posted.push(message as Posted),
      deliver: (data) => this.got.push(numberOf(data)),
      broke: (why) => this.broken.push(why),
    });
  }

  send(count = 1): void {
    for (let i = 0; i < count; i++) {
      this.#sent += 1;
      this.route.send(u32be(this.#sent));
    }
  }

  take(message: Posted): void {
    if (message.t === "relay") this.route.onRelay(message);
    else if (message.t === "ack") this.route.onAck(message.ack);
    else this.route.onAnew();
  }

  /** What it posted since the last look. */
  out(): Posted[] {
    return this.posted.splice(0);
  }

  get acks(): number[] {
    return this.posted.flatMap((message) => (message.t === "ack" ? [message.ack] : []));
  }
}

const numberOf = (data: Bytes) => new DataView(data.buffer).getUint32(0);
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, i) => i + from);

function pair() {
  const clock = new HandClock();
  const [a, b] = [new End(clock), new End(clock)];
  /** Everything on the way arrives. */
  const flow = () => {
    for (let some = true; some; ) {
      const [there, back] = [a.out(), b.out()];
      for (const message of there) b.take(message);
      for (const message of back) a.take(message);
      some = there.length + back.length > 0;
    }
  };
  return { clock, a, b, flow };
}

describe("route", () => {
  test("delivers in order, once, and forgets what is acked", () => {
    const { clock, a, b, flow } = pair();
    a.send(3);
    flow();
    expect(b.got).toEqual([1, 2, 3]);
    clock.pass(ACK_DELAY_MS);
    flow();
    a.route.onBack();
    expect(a.out()).toEqual([{ t: "ack", to: a.route.peer, ack: 0 }]);
    expect(clock.pending).toBe(1);
  });

  test("a message twice is dropped and counted, and acked at once", () => {
    const { a, b } = pair();
    a.send();
    const [first] = a.out();
    if (!first) throw new Error("nothing posted");
    b.take(first);
    b.take(first);
    expect(b.got).toEqual([1]);
    expect(b.route.counts.doubled).toBe(1);
    expect(b.acks).toEqual([1]);
  });

  test("a gap is dropped and counted; after `back` all comes, in order", () => {
    const { a, b, flow } = pair();
    a.send();
    a.out();
    a.send();
    flow();
    expect(b.got).toEqual([]);
    expect(b.route.counts.gaps).toBe(1);
    a.route.onBack();
    flow();
    expect(b.got).toEqual([1, 2]);
  });

  test("acks ride on messages, come alone after 200 ms, and at once after 64", () => {
    const { clock, a, b, flow } = pair();
    a.send();
    for (const message of a.out()) b.take(message);
    clock.pass(ACK_DELAY_MS - 1);
    expect(b.posted).toEqual([]);
    clock.pass(1);
    expect(b.acks).toEqual([1]);
    flow();
    a.send();
    for (const message of a.out()) b.take(message);
    b.send();
    expect(b.out()).toMatchObject([{ t: "relay", ack: 2 }]);
    clock.pass(ACK_DELAY_MS);
    expect(b.posted).toEqual([]);
    a.send(ACK_EVERY);
    for (const message of a.out()) b.take(message);
    expect(b.acks).toEqual([ACK_EVERY + 2]);
  });

  test("an ack of what was never sent is counted and forgets nothing", () => {
    const { a } = pair();
    a.send();
    a.out();
    a.route.onAck(2);
    expect(a.route.counts.wrongAcks).toBe(1);
    a.route.onBack();
    expect(a.out()).toHaveLength(1);
  });

  test("a closed route sends, delivers and rings nothing", () => {
    const { clock, a, b } = pair();
    a.send();
    const [first] = a.out();
    a.route.close();
    b.route.close();
    if (first) b.take(first);
    a.send();
    a.route.onBack();
    a.route.onAnew();
    expect([a.posted, b.posted, b.got, a.broken]).toEqual([[], [], [], []]);
    expect(clock.pending).toBe(0);
  });
});

describe("a route that breaks", () => {
  test("keeps 256 unacked, the 257th breaks it", () => {
    const { a } = pair();
    a.send(UNACKED_MAX);
    expect(a.broken).toEqual([]);
    a.send();
    expect(a.broken).toEqual(["full"]);
    expect(a.posted.at(-1)).toMatchObject({ t: "anew" });
  });

  test("keeps 512 KiB unacked, one byte more breaks it", () => {
    const { a } = pair();
    for (let i = 0; i < 8; i++) expect(a.route.send(new Uint8Array(UNACKED_BYTES_MAX / 8))).toBe(true);
    a.route.onAck(1);
    expect(a.route.send(new Uint8Array(UNACKED_BYTES_MAX / 8))).toBe(true);
    expect(a.route.send(new Uint8Array(1))).toBe(false);
    expect(a.broken).toEqual(["full"]);
  });

  test("60 s without an ack of the oldest break it, a millisecond less does not", () => {
    const { clock, a } = pair();
    a.send();
    clock.pass(30_000);
    a.send();
    clock.pass(UNACKED_MS - 30_001);
    expect(a.broken).toEqual([]);
    clock.pass(1);
    expect(a.broken).toEqual(["stale"]);
  });

  test("an ack in between starts the 60 s of the next one", () => {
    const { clock, a } = pair();
    a.send();
    clock.pass(30_000);
    a.send();
    a.route.onAck(1);
    clock.pass(59_999);
    expect(a.broken).toEqual([]);
    clock.pass(1);
    expect(a.broken).toEqual(["stale"]);
  });

  test("both ends learn of it, count from 1 and go on over the same route", () => {
    const { clock, a, b, flow } = pair();
    b.send(2);
    flow();
    clock.pass(ACK_DELAY_MS);
    flow();
    a.send();
    a.out();
    clock.pass(UNACKED_MS);
    a.send();
    expect(a.out().map(({ t }) => t)).toEqual(["anew"]);
    a.route.onBack();
    flow();
    expect([a.broken, b.broken]).toEqual([["stale"], ["other"]]);
    expect(b.got).toEqual([2]);
    b.send();
    flow();
    expect(a.got.at(-1)).toBe(3);
  });

  test("what the other end sent before it knew is dropped and counted, not taken for new", () => {
    const { clock, a, b, flow } = pair();
    a.send();
    a.out();
    b.send();
    const old = b.out();
    clock.pass(UNACKED_MS);
    for (const message of old) a.take(message);
    flow();
    expect(a.got).toEqual([]);
    expect(a.route.counts.late).toBe(1);
  });

  test("both breaking at once agree without a second round", () => {
    const { clock, a, b, flow } = pair();
    a.send();
    b.send();
    a.out();
    b.out();
    clock.pass(UNACKED_MS);
    flow();
    a.send();
    flow();
    expect([a.broken, b.broken]).toEqual([["stale"], ["stale"]]);
    expect(b.got).toEqual([2]);
  });
});

describe("lossy line, by seed", () => {
  test.each(numbers(30))("copies, delays and lost lines change nothing: seed %d", (seed) => {
    const { clock, a, b } = pair();
    const random = chance(seed);
    /** On the way, in order. */
    let ways: { to: End; messages: Posted[] }[] = [
      { to: b, messages: [] },
      { to: a, messages: [] },
    ];
    for (let step = 0; step < 400; step++) {
      if (random() < 0.5) (random() < 0.5 ? a : b).send();
      ways[0]?.messages.push(...a.out());
      ways[1]?.messages.push(...b.out());
      for (const { to, messages } of ways) {
        const arriving = messages.splice(0, Math.floor(random() * 4));
        for (const message of arriving) for (let i = random() < 0.1 ? 2 : 1; i > 0; i--) to.take(message);
      }
      if (random() < 0.05) {
        ways = ways.map(({ to, messages }) => ({
          to,
          messages: messages.slice(0, Math.floor(random() * 3)),
        }));
        a.route.onBack();
        b.route.onBack();
      }
      clock.pass(random() * 100);
    }
    for (const end of [a, b]) end.route.onBack();
    for (let i = 0; i < 10; i++) {
      const [there, back] = [
        [...(ways[0]?.messages.splice(0) ?? []), ...a.out()],
        [...(ways[1]?.messages.splice(0) ?? []), ...b.out()],
      ];
      for (const message of there) b.take(message);
      for (const message of back) a.take(message);
      clock.pass(ACK_DELAY_MS);
    }
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      expect(from.broken).toEqual([]);
      expect(to.got.length).toBeGreaterThan(50);
      expect(to.got).toEqual(numbers(to.got.length));
      from.route.onBack();
      expect(from.out()).toMatchObject([{ t: "ack" }]);
    }
  });
});
