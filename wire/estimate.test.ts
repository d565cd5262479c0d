/** The estimator on lines of known shape: what `target` does there. Rules S20–S27 of PROTOCOL.md "Relay". */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { Estimator } from "./estimate.ts";
import { STREAM } from "./frame.ts";
import { type Ack, LATE_MAX_MS } from "./relay.ts";
import { Repeats } from "./repeats.ts";
import { Line, type LineShape, Receiver } from "./test-line.ts";

/** Two people's sound and pictures of `wanted` kbit/s at 25 fps in both cameras, sent as far as the target and the budget allow. */
class Sender {
  readonly estimate = new Estimator(800, 0);
  readonly receiver = new Receiver();
  readonly #line: Line;
  readonly #back: { at: number; ack: ReturnType<Receiver["ack"]> }[] = [];
  readonly #delay: number;
  readonly targets: number[] = [];
  #ctr = 0;
  now = 0;
  wanted: number;
  /** So long nothing happens on this side, so often: its device is short of processors. */
  stalls: { readonly every: number; readonly for: number; readonly isSaid: boolean } | null = null;
  /** Queue that sound met, ms, newest last. */
  readonly queues: number[] = [];

  constructor(shape: LineShape, wanted: number) {
    this.#line = new Line(shape);
    this.#delay = shape.delay;
    this.wanted = wanted;
  }

  run(milliseconds: number): this {
    for (const end = this.now + milliseconds; this.now < end; this.now += 10) this.#step();
    return this;
  }

  #step(): void {
    const { now } = this;
    if (this.#isStalled) {
      if (now % 50 === 0) this.#back.push({ at: now + this.#delay, ack: this.receiver.ack(now) });
      this.targets.push(this.targets.at(-1) ?? 0);
      return;
    }
    if (this.stalls?.isSaid !== false) this.estimate.awake(now, 25);
    while (this.#back[0] && this.#back[0].at <= now) {
      const [first] = this.#back.splice(0, 1);
      if (first) this.estimate.ack(first.ack, now);
    }
    if (now % 20 === 0) for (const slot of [1, 2]) this.#send(slot, STREAM.microphone, 120, true);
    if (now % 40 === 0) {
      const kbps = Math.min(this.wanted, Math.max(0, this.estimate.target(now) - 100));
      const bytes = Math.round((kbps * 40) / 8 / 2);
      for (const slot of [1, 2])
        if (bytes > 24 && this.estimate.mayPicture(bytes, now))
          this.#send(slot, STREAM.camera1, bytes, false);
    }
    if (now % 50 === 0) this.#back.push({ at: now + this.#delay, ack: this.receiver.ack(now) });
    this.targets.push(this.estimate.target(now));
    this.#ctr += 1;
  }

  get #isStalled(): boolean {
    return this.stalls !== null && this.now % this.stalls.every > this.stalls.every - this.stalls.for;
  }

  #send(slot: number, stream: number, bytes: number, lossy: boolean): void {
    const at = this.#line.send(bytes, this.now, lossy, stream);
    this.estimate.sent(slot, stream, this.#ctr, bytes, this.now);
    this.receiver.expect(slot, stream, this.#ctr, bytes, at);
    if (lossy && at !== null) this.queues.push(at - this.now - this.#delay);
  }

  /** Target between two moments, ms. */
  span(from: number, to: number): number[] {
    return this.targets.slice(from / 10, to / 10);
  }
}

const constant = (kbps: number) => () => kbps;
const max = (values: readonly number[]) => Math.max(...values);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const min = (values: readonly number[]) => Math.min(...values);

test("[S22] a clean line with room: the target rises in two seconds to what is wanted, and nothing is ever weak", () => {
  const sender = new Sender({ kbps: constant(10_000), delay: 20 }, 1_000).run(20_000);
  expect(min(sender.span(2_000, 20_000))).toBeGreaterThan(1_500);
  expect(sender.estimate.state(sender.now)).toBe("well");
  expect(sender.estimate.rtt).toBeGreaterThanOrEqual(35);
  expect(sender.estimate.rtt).toBeLessThan(50);
});

test("[S22] a line that is full: the target settles under it, and sound never waits long", () => {
  const sender = new Sender({ kbps: constant(1_000), delay: 20 }, 3_000).run(30_000);
  expect(mean(sender.span(8_000, 30_000))).toBeWithin(700, 1_050);
  expect(max(sender.span(8_000, 30_000))).toBeLessThan(1_500);
  expect(min(sender.span(8_000, 30_000))).toBeGreaterThan(550);
  expect(max(sender.queues.slice(800))).toBeLessThan(250);
});

test("[S23] 3 % of packets lost is no full line: the target stays, sound is repeated", () => {
  const sender = new Sender({ kbps: constant(5_000), delay: 20, loss: 0.03, seed: 7 }, 1_000).run(30_000);
  expect(min(sender.span(3_000, 30_000))).toBeGreaterThan(1_100);
  expect(sender.estimate.loss).toBeGreaterThan(0.01);
  expect(sender.estimate.loss).toBeLessThan(0.08);
  expect(sender.estimate.repeats).toBeGreaterThan(0);
});

test("[S22] 3 → 0.3 → 3 Mbit/s: down within a second, all that is wanted again within ten", () => {
  const step = (now: number) => (now >= 20_000 && now < 40_000 ? 300 : 3_000);
  const sender = new Sender({ kbps: step, delay: 20 }, 1_200).run(60_000);
  expect(min(sender.span(10_000, 20_000))).toBeGreaterThan(1_300);
  expect(max(sender.span(21_500, 40_000))).toBeLessThan(420);
  expect(min(sender.span(23_000, 40_000))).toBeGreaterThan(100);
  expect(sender.estimate.target(60_000)).toBeGreaterThan(1_300);
  expect(sender.targets.findIndex((kbps, i) => i >= 4_000 && kbps > 1_300)).toBeLessThan(4_800);
});

test("[S22] a queue of two seconds in the way (bufferbloat) is not filled", () => {
  const sender = new Sender({ kbps: constant(800), delay: 30, queueMs: 2_000 }, 2_000).run(30_000);
  expect(max(sender.queues.slice(1_000))).toBeLessThan(250);
  expect(min(sender.span(8_000, 30_000))).toBeGreaterThan(450);
});

test("[S27] a picture larger than the budget goes where no other is under way", () => {
  const estimate = new Estimator(100, 0);
  expect(estimate.mayPicture(200_000, 0)).toBe(true);
  estimate.sent(1, STREAM.camera0, 0, 200_000, 0);
  expect(estimate.underWay).toBe(200_000);
  expect(estimate.mayPicture(24, 0)).toBe(false);
  estimate.ack(ackOf(1, STREAM.camera0, 0, 200_000), 50);
  expect(estimate.underWay).toBe(0);
  expect(estimate.mayPicture(24, 50)).toBe(true);
});

test("[S18] data has a quarter of the budget", () => {
  const estimate = new Estimator(100, 0);
  const quarter = Math.floor(estimate.budget(0) / 4);
  expect(estimate.mayData(60_000, 0)).toBe(true);
  estimate.sent(1, STREAM.data, 0, quarter - 10, 0);
  expect(estimate.mayData(10, 0)).toBe(true);
  expect(estimate.mayData(11, 0)).toBe(false);
  expect(estimate.dataUnderWay).toBe(quarter - 10);
});

test("[S18] data that its slowest reader has not got is under way for as long as that takes, and the line is not dead", () => {
  const estimate = new Estimator(100, 0);
  estimate.sent(1, STREAM.data, 0, 60_000, 0);
  for (let now = 0; now < 20_000; now += 100) estimate.ack({ t: "ack", at: now, late: 0, heard: [] }, now);
  expect(estimate.quiet(20_000)).toBe("no");
  expect(estimate.mayData(24, 20_000)).toBe(false);
  expect(estimate.quiet(31_000)).toBe("dead");
  estimate.ack(ackOf(1, STREAM.data, 0, 60_000), 20_000);
  expect(estimate.mayData(60_000, 20_000)).toBe(true);
});

test("[S24] no ack: halved each 400 ms, after one second sound alone, after ten the session is dead", () => {
  const estimate = new Estimator(800, 0);
  expect(estimate.target(100_000)).toBe(800);
  expect(estimate.quiet(100_000)).toBe("no");
  estimate.sent(1, STREAM.microphone, 0, 120, 1_000);
  expect(estimate.target(1_399)).toBe(800);
  expect(estimate.target(1_400)).toBe(400);
  expect(estimate.quiet(1_400)).toBe("short");
  expect(estimate.target(1_800)).toBe(200);
  expect(estimate.mayPicture(100, 1_999)).toBe(true);
  expect(estimate.mayPicture(100, 2_000)).toBe(false);
  expect(estimate.mayData(100, 2_000)).toBe(false);
  expect(estimate.state(2_000)).toBe("weak");
  expect(estimate.quiet(10_999)).toBe("sound-only");
  expect(estimate.quiet(11_000)).toBe("dead");
  estimate.ack(ackOf(1, STREAM.microphone, 0, 120), 1_850);
  expect(estimate.target(1_850)).toBeWithin(200, 241);
  expect(estimate.quiet(20_000)).toBe("no");
});

test("[S25] a sender that begins anew with its counters, and a group that was reset, are not under way for ever", () => {
  const estimate = new Estimator(800, 0);
  estimate.sent(1, STREAM.camera0, 500, 1_000, 0);
  estimate.forget(1);
  expect(estimate.underWay).toBe(0);
  estimate.sent(1, STREAM.camera0, 0, 1_000, 10);
  estimate.ack(ackOf(1, STREAM.camera0, 500, 1_000), 20);
  expect(estimate.underWay).toBe(1_000);
  estimate.forgive(1, STREAM.camera0);
  expect(estimate.underWay).toBe(0);
  estimate.sent(1, STREAM.camera0, 1, 1_000, 30);
  estimate.ack({ t: "ack", at: 0, late: 0, heard: [] }, 3_000);
  expect(estimate.underWay).toBe(1_000);
  estimate.ack({ t: "ack", at: 0, late: 0, heard: [] }, 3_031);
  expect(estimate.underWay).toBe(0);
});

test("[S26] repeats: one from 1 % loss, two from 4 %, off after ten clean seconds, later each time it comes back", () => {
  const repeats = new Repeats();
  repeats.seen(0.009, 0);
  expect(repeats.count).toBe(0);
  repeats.seen(0.011, 0);
  expect(repeats.count).toBe(1);
  repeats.seen(0.041, 100);
  expect(repeats.count).toBe(2);
  repeats.seen(0, 10_099);
  expect(repeats.count).toBe(2);
  repeats.seen(0, 10_100);
  expect(repeats.count).toBe(0);
  repeats.seen(0.02, 12_000);
  repeats.seen(0, 31_999);
  expect(repeats.count).toBe(1);
  repeats.seen(0, 32_000);
  expect(repeats.count).toBe(0);
});

test("[S20] acks that lie: nothing throws, target and budget stay in their bounds", () => {
  const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const heard = fc.record({
    slot: fc.nat(15),
    stream: fc.nat(15),
    ctr: u32,
    age: u32,
    frames: u32,
    bytes: u32,
  });
  const step = fc.record({
    at: u32,
    late: fc.nat(LATE_MAX_MS),
    heard: fc.array(heard, { maxLength: 8 }),
    after: fc.nat(2_000),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const estimate = new Estimator(800, 0);
      let now = 0;
      for (const { at, late, heard, after } of steps) {
        now += after;
        estimate.sent(1, STREAM.microphone, now, 120, now);
        estimate.ack({ t: "ack", at, late, heard }, now);
        expect(estimate.target(now)).toBeWithin(40, 20_001);
        expect(estimate.budget(now)).toBeWithin(8_000, 512 * 1024 + 1);
        expect(estimate.underWay).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

/** Sound and one picture stream for so long, each with a queue of its own. `late`: what the page says of its own clock. */
function feed(estimate: Estimator, from: number, to: number, sound: number, picture: number, late = 0): void {
  for (let now = from; now < to; now += 50) {
    const ctr = now / 50;
    estimate.sent(1, STREAM.microphone, ctr, 300, now);
    estimate.sent(1, STREAM.camera0, ctr, 3_000, now);
    const heard = (stream: number, bytes: number, queue: number) => {
      const come = ctr - queue / 50;
      const counts = { frames: come + 1, bytes: (come + 1) * bytes };
      return come < 0 ? [] : [{ slot: 1, stream, ctr: come, age: 0, ...counts }];
    };
    const all = [...heard(STREAM.microphone, 300, sound), ...heard(STREAM.camera0, 3_000, picture)];
    estimate.ack({ t: "ack", at: now, late, heard: all }, now);
  }
}

test("[S22] one cut per round trip: what was sent before a cut is no reason for the next, nor for a word", () => {
  const estimate = new Estimator(800, 0);
  feed(estimate, 0, 4_000, 600, 600);
  const before = estimate.target(4_000);
  feed(estimate, 4_000, 4_700, 800, 800);
  expect(estimate.target(4_700)).toBeLessThan(before / 2);
  expect(estimate.state(4_700)).toBe("well");
  feed(estimate, 4_700, 6_500, 1_000, 1_000);
  expect(estimate.state(6_500)).toBe("weak");
});

test("[S22] a line that drops a fifth of the sound without any queue is full", () => {
  const sender = new Sender({ kbps: constant(5_000), delay: 20, loss: 0.25, seed: 7 }, 1_000).run(10_000);
  expect(sender.estimate.target(10_000)).toBeLessThan(1_000);
  expect(sender.estimate.state(10_000)).toBe("weak");
});

test("[S21] a page that was busy for a moment is no full line", () => {
  const estimate = new Estimator(800, 0);
  feed(estimate, 0, 2_000, 0, 0);
  feed(estimate, 2_000, 2_200, 100, 100);
  feed(estimate, 2_200, 4_000, 0, 0);
  expect(estimate.target(4_000)).toBeGreaterThan(3_900);
});

test("[S21] what a page without a processor takes late is no queue, and more than that is one", () => {
  const after = (late: number) => {
    const estimate = new Estimator(800, 0);
    feed(estimate, 0, 2_000, 0, 0);
    feed(estimate, 2_000, 6_000, 300, 300, late);
    return estimate.target(6_000);
  };
  expect(after(300)).toBeGreaterThan(3_900);
  expect(after(280)).toBeGreaterThan(3_900);
  expect(after(0)).toBeLessThan(600);
  expect(after(50)).toBeLessThan(600);
});

test("[S24] silence of a page that came to nothing lowers nothing for good; silence of a line does", () => {
  const after = (late: number) => {
    const estimate = new Estimator(800, 0);
    feed(estimate, 0, 2_000, 0, 0);
    estimate.sent(1, STREAM.microphone, 40, 300, 2_000);
    expect(estimate.target(2_900)).toBeLessThan(1_100);
    feed(estimate, 2_900, 2_950, 0, 0, late);
    return estimate.target(2_950);
  };
  expect(after(800)).toBeGreaterThan(3_900);
  expect(after(0)).toBeLessThan(1_300);
});

test("[S24] silence in which this side itself came to nothing lowers nothing for good", () => {
  const after = (isAwake: boolean) => {
    const estimate = new Estimator(800, 0);
    feed(estimate, 0, 2_000, 0, 0);
    estimate.awake(2_000, 25);
    estimate.sent(1, STREAM.microphone, 40, 300, 2_000);
    if (isAwake) estimate.awake(2_900, 25);
    const kbps = estimate.target(2_900);
    feed(estimate, 2_900, 2_950, 0, 0);
    return [kbps > 3_900, estimate.target(2_950) > 3_900];
  };
  expect(after(true)).toEqual([true, true]);
  expect(after(false)).toEqual([false, false]);
});

test("[S24] a line that is dead is dead, however late this side is now and then", () => {
  const estimate = new Estimator(800, 0);
  estimate.sent(1, STREAM.microphone, 0, 120, 0);
  for (let now = 0; now < 2_000; now += now % 500 === 0 ? 125 : 25) estimate.awake(now, 25);
  expect(estimate.quiet(2_000)).toBe("sound-only");
  // timers that are a little off are no stalls
  const other = new Estimator(800, 0);
  other.sent(1, STREAM.microphone, 0, 120, 0);
  for (let now = 0; now <= 1_000; now += 40) other.awake(now, 25);
  expect(other.quietMs(1_000)).toBe(1_000);
});

test("[S24] a sender that comes to nothing again and again, on a line with room: nothing is lowered", () => {
  const lowest = (isSaid: boolean) => {
    const sender = new Sender({ kbps: constant(10_000), delay: 20 }, 1_000);
    sender.stalls = { every: 3_000, for: 900, isSaid };
    sender.run(40_000);
    return min(sender.span(6_000, 40_000));
  };
  expect(lowest(true)).toBeGreaterThan(3_900);
  expect(lowest(false)).toBeLessThan(1_300);
});

test("[S22] the same on a line that is full: sound waits no longer for it", () => {
  for (const step of [constant(1_000), (now: number) => (now >= 15_000 ? 300 : 3_000)]) {
    const waits = (isSaid: boolean) => {
      const sender = new Sender({ kbps: step, delay: 20 }, 3_000);
      sender.stalls = { every: 1_000, for: 200, isSaid };
      sender.run(30_000);
      return max(sender.queues.slice(1_400));
    };
    expect(waits(true)).toBeLessThanOrEqual(waits(false));
  }
});

test("[S22] pictures that pile up behind lost packets lower the target although sound passes", () => {
  const estimate = new Estimator(800, 0);
  feed(estimate, 0, 2_000, 0, 0);
  const before = estimate.target(2_000);
  feed(estimate, 2_000, 4_000, 0, 400);
  expect(estimate.target(4_000)).toBeLessThan(before / 2);
});

test("[S26] a repeat is under way once", () => {
  const estimate = new Estimator(800, 0);
  for (const ctr of [0, 1, 0, 1]) estimate.sent(1, STREAM.microphone, ctr, 120, 0);
  expect(estimate.underWay).toBe(240);
});

function ackOf(slot: number, stream: number, ctr: number, bytes: number): Ack {
  return { t: "ack", at: 0, late: 0, heard: [{ slot, stream, ctr, age: 0, frames: ctr + 1, bytes }] };
}
