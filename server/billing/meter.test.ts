/** The meter against a reference that counts milliseconds one by one, and each of its rules alone. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { MinuteKind } from "../../wire/ledger.ts";
import { Meter, PRACTICE } from "./meter.ts";

const at = (mono: number, wall = 1_800_000_000_000 + mono) => ({ mono, wall });
const lengths = (meter: Meter) => meter.intervals().map(({ kind, length }) => [kind, length] as const);

function both(from = 0): Meter {
  const meter = new Meter();
  meter.present(PRACTICE, at(from));
  meter.present("a", at(from));
  return meter;
}

describe("meter", () => {
  test("[BM2] one alone, and clients without the therapist, are not counted", () => {
    const meter = new Meter();
    meter.present(PRACTICE, at(0));
    meter.beat(at(5000));
    meter.absent(PRACTICE, at(5000));
    meter.present("a", at(5000));
    meter.present("b", at(5000));
    meter.beat(at(9000));
    expect(lengths(meter)).toEqual([]);
    expect(meter.counting).toBeNull();
  });

  test("[A11] two tabs alone: the therapist's devices are one seat, so they count nothing", () => {
    const meter = new Meter();
    meter.present(PRACTICE, at(0));
    meter.present(PRACTICE, at(100));
    meter.beat(at(60_000));
    expect(lengths(meter)).toEqual([]);
    meter.present("a", at(60_000));
    meter.absent(PRACTICE, at(70_000));
    meter.beat(at(90_000));
    expect(lengths(meter)).toEqual([["single", 10_000]]);
  });

  test("[TF0] exactly two are 1:1, three or more a group, each kind in intervals of its own", () => {
    const meter = both();
    meter.present("b", at(1000));
    expect(meter.counting).toBe("group");
    meter.present("c", at(2000));
    meter.absent("b", at(3000));
    meter.absent("c", at(4000));
    meter.absent("a", at(5000));
    meter.absent(PRACTICE, at(5000));
    expect(lengths(meter)).toEqual([
      ["single", 1000],
      ["group", 3000],
      ["single", 1000],
    ]);
  });

  test("[BM6] while it runs only what a beat has made certain counts; people are shown all of it", () => {
    const meter = both();
    expect(lengths(meter)).toEqual([]);
    meter.beat(at(10_000));
    expect(lengths(meter)).toEqual([["single", 10_000]]);
    expect(meter.soFar(at(12_345)).map(({ length }) => length)).toEqual([12_345]);
    expect(lengths(meter)).toEqual([["single", 10_000]]);
  });

  test("[BM6] what was certain once stays so", () => {
    const meter = both();
    meter.beat(at(10_000));
    meter.beat(at(4000));
    expect(lengths(meter)).toEqual([["single", 10_000]]);
  });

  test("[BM1] an absence that is told late ends the interval when the seat was last heard", () => {
    const meter = both();
    meter.present("b", at(10_000));
    meter.absent("b", at(50_000));
    meter.absent("a", at(20_000));
    meter.beat(at(60_000));
    expect(lengths(meter)).toEqual([
      ["single", 10_000],
      ["group", 10_000],
      ["single", 30_000],
    ]);
  });

  test("[BM1] a seat that moves to another in the same moment was never gone", () => {
    const meter = both();
    meter.absent("a", at(7000));
    meter.present("b", at(7000));
    meter.absent("b", at(9000));
    meter.absent(PRACTICE, at(9500));
    expect(lengths(meter)).toEqual([["single", 9000]]);
  });

  test("[BM3] a jump of the wall clock changes no length; the label is that of the start", () => {
    const meter = new Meter();
    meter.present(PRACTICE, at(0, 5_000_000));
    meter.present("a", at(0, 5_000_000));
    meter.absent("a", at(60_000, 1_000));
    meter.absent(PRACTICE, at(60_000, 1_000));
    expect(meter.intervals()).toEqual([{ kind: "single", begun: at(0, 5_000_000), length: 60_000 }]);
  });

  test("[BM6] what one seat's absence says of itself is certain, the others are only at the next beat", () => {
    const meter = both();
    meter.absent("a", at(9000));
    expect(lengths(meter)).toEqual([]);
    meter.beat(at(10_000));
    expect(lengths(meter)).toEqual([["single", 9000]]);
  });

  test("a seat nobody knows and an absence before the start count nothing", () => {
    const meter = both(1000);
    meter.absent("x", at(2000));
    meter.absent("a", at(500));
    expect(lengths(meter)).toEqual([]);
  });
});

/** Ten lines: who is there in each millisecond, and what that is worth. */
function reference(spans: readonly { seat: string; from: number; to: number }[], end: number) {
  const sums: Record<MinuteKind, number> = { single: 0, group: 0 };
  for (let ms = 0; ms < end; ms++) {
    const seats = new Set(spans.filter(({ from, to }) => from <= ms && ms < to).map(({ seat }) => seat));
    if (seats.has(PRACTICE) && seats.size === 2) sums.single += 1;
    if (seats.has(PRACTICE) && seats.size > 2) sums.group += 1;
  }
  return sums;
}

const SEATS = [PRACTICE, "a", "b", "c"];
const step = fc.record({
  act: fc.constantFrom("present", "present", "absent", "late", "beat", "beat", "crash"),
  seat: fc.constantFrom(...SEATS),
  wait: fc.integer({ min: 0, max: 60 }),
  jump: fc.constantFrom(0, -3_600_000, 3_600_000),
});
type Truth = { seat: string; from: number; to: number };

/** A call over several runs of the server, each with a monotonic clock of its own, beside what really happened. */
class Life {
  readonly truth: Truth[] = [];
  #now = 0;
  #wall = 1_000_000;
  #certain = 0;
  #began = 0;
  #meter = new Meter();
  #kept: { kind: MinuteKind; length: number }[] = [];

  step({ act, seat, wait, jump }: { act: string; seat: string; wait: number; jump: number }): void {
    this.#now += wait;
    this.#wall += wait + jump;
    if (act === "present") this.#present(seat);
    else if (act === "beat") this.#beat();
    else if (act === "crash") this.#crash();
    // a seat that was lost was heard last after the newest beat
    else this.#absent(seat, act === "late" ? Math.max(this.#certain, this.#now - 20) : this.#now);
  }

  /** What is charged if the server dies now. */
  get sums(): Record<MinuteKind, number> {
    const sums = { single: 0, group: 0 };
    for (const { kind, length } of [...this.#kept, ...this.#meter.intervals()]) sums[kind] += length;
    return sums;
  }

  /** What can be known of it: whoever is there was heard at the last beat. */
  get known(): Truth[] {
    const until = (from: number, to: number) => (to === Infinity ? Math.max(this.#certain, from) : to);
    return this.truth.map(({ seat, from, to }) => ({ seat, from, to: until(from, to) }));
  }

  get now(): number {
    return this.#now;
  }

  #at(mono: number) {
    return { mono: mono - this.#began, wall: this.#wall };
  }

  #open(seat: string): Truth | undefined {
    return this.truth.find((span) => span.seat === seat && span.to === Infinity);
  }

  #present(seat: string): void {
    this.#meter.present(seat, this.#at(this.#now));
    if (!this.#open(seat)) this.truth.push({ seat, from: this.#now, to: Infinity });
  }

  #absent(seat: string, heard: number): void {
    this.#meter.absent(seat, this.#at(heard));
    const span = this.#open(seat);
    if (span) span.to = Math.max(span.from, heard);
  }

  #beat(): void {
    this.#certain = this.#now;
    this.#meter.beat(this.#at(this.#now));
  }

  #crash(): void {
    for (const [n, span] of this.known.entries()) this.truth[n] = span;
    this.#kept.push(...this.#meter.intervals());
    this.#meter = new Meter();
    this.#began = this.#now;
  }
}

test("[BM1–BM6] property: joins, leaves, late absences, crashes and clock jumps give what counting each millisecond gives", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const life = new Life();
      for (const one of steps) {
        life.step(one);
        expect(life.sums).toEqual(reference(life.known, life.now + 1));
      }
    }),
    { numRuns: 300 },
  );
});
