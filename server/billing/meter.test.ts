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
  act: fc.constantFrom("present", "absent", "late", "beat"),
  seat: fc.constantFrom(...SEATS),
  wait: fc.integer({ min: 0, max: 60 }),
  jump: fc.constantFrom(0, -3_600_000, 3_600_000),
});

test("property: random joins, leaves, late absences, beats and clock jumps give what counting each millisecond gives", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const meter = new Meter();
      const spans: { seat: string; from: number; to: number }[] = [];
      let [now, wall, certain] = [0, 1_000_000, 0];
      const open = (seat: string) => spans.find((span) => span.seat === seat && span.to === Infinity);
      for (const { act, seat, wait, jump } of steps) {
        now += wait;
        wall += wait + jump;
        if (act === "present") {
          meter.present(seat, { mono: now, wall });
          if (!open(seat)) spans.push({ seat, from: now, to: Infinity });
        } else if (act === "beat") {
          certain = now;
          meter.beat({ mono: now, wall });
        } else {
          const span = open(seat);
          // heard last between the newest beat and now
          const heard = act === "late" ? Math.max(certain, now - 20) : now;
          meter.absent(seat, { mono: heard, wall });
          if (span) span.to = Math.max(span.from, heard);
        }
        const until = spans.map((span) => ({ ...span, to: Math.min(span.to, Math.max(certain, span.from)) }));
        const sure = spans.map((span, n) => (span.to === Infinity ? (until[n] ?? span) : span));
        const sums: Record<MinuteKind, number> = { single: 0, group: 0 };
        for (const { kind, length } of meter.intervals()) sums[kind] += length;
        expect(sums).toEqual(reference(sure, now + 1));
      }
    }),
    { numRuns: 300 },
  );
});
