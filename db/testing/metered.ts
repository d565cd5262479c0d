/** Made-up calls for the tests of settlement, and a pricing that is easy to check by hand. */
import { createHash } from "node:crypto";
import { type CallId, newId, type PracticeId, type RoomId } from "../../wire/ids.ts";
import type { Interval, Metered, Pricing } from "../calls.ts";

/** A call of `practice` with these intervals, all of one run. */
export function sampleMetered(
  practice: PracticeId,
  intervals: readonly Interval[],
  more: Partial<Metered> = {},
): Metered {
  return { call: newId<CallId>(), practice, room: newId<RoomId>(), run: "run", intervals, ...more };
}

/** An interval of two people. */
export function sampleInterval(begunAt: number, length: number): Interval {
  return { kind: "single", begunAt, length };
}

/** One thousandth of a point per millisecond of any kind; the day is the thousand of its milliseconds. */
export const BY_LENGTH: Pricing = {
  dayOf: (wall) => Math.floor(wall / 1000),
  keyOf: (call) => new Uint8Array(createHash("sha256").update(call).digest()),
  linesOf: ({ lengths }) =>
    (["single", "group"] as const)
      .filter((kind) => lengths[kind] > 0)
      .map((kind) => ({
        account: "points",
        kind,
        minutes: 1,
        amount: 0 - lengths[kind],
        waived: 0,
        grant: null,
        until: null,
        corrects: null,
      })),
};
