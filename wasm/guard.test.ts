/** The caps on guessing a code (TP1 §2.3, A4), each one below and one above its limit. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  afterFailure,
  afterSuccess,
  afterTry,
  chosenCodes,
  FRESH,
  type GuardState,
  guardState,
  reenabled,
  type Tries,
  tries,
  triesLeft,
  worse,
} from "./guard.ts";

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** `count` failures, one every `apart` ms, the last at `NOW`. */
function failed(count: number, apart: number, from: GuardState = FRESH): GuardState {
  let state = from;
  for (let i = count - 1; i >= 0; i--) state = afterFailure(state, NOW - i * apart);
  return state;
}

describe("[A4] failures at the therapist's device", () => {
  test("four in ten minutes change nothing, the fifth takes chosen codes out for ten minutes", () => {
    expect(chosenCodes(failed(4, MINUTE), NOW)).toEqual({ state: "on" });
    const five = failed(5, MINUTE);
    expect(chosenCodes(five, NOW)).toEqual({ state: "paused", until: NOW + 10 * MINUTE });
    expect(chosenCodes(five, NOW + 10 * MINUTE - 1).state).toBe("paused");
    expect(chosenCodes(five, NOW + 10 * MINUTE).state).toBe("on");
  });
  test("five over a longer time do not", () => {
    expect(chosenCodes(failed(5, 2.5 * MINUTE), NOW).state).toBe("on");
    expect(chosenCodes(failed(5, 2.5 * MINUTE - 1), NOW).state).toBe("paused");
  });
  test("nineteen in thirty days change nothing, the twentieth switches chosen codes off for good", () => {
    expect(chosenCodes(failed(19, DAY), NOW).state).toBe("on");
    const off = failed(20, DAY);
    expect(chosenCodes(off, NOW).state).toBe("off");
    expect(chosenCodes(off, NOW + 365 * DAY).state).toBe("off");
    expect(chosenCodes(failed(20, 2 * DAY), NOW).state).toBe("on");
  });
  test("a success forgets failures, but ends no pause and switches nothing on", () => {
    const after = afterSuccess(failed(4, MINUTE), NOW);
    expect(chosenCodes(afterFailure(after, NOW + 1), NOW + 1).state).toBe("on");
    expect(chosenCodes(afterSuccess(failed(5, MINUTE), NOW + 1), NOW + 1).state).toBe("paused");
    expect(chosenCodes(afterSuccess(failed(20, DAY), NOW + 1), NOW + 1).state).toBe("off");
  });
  test("the therapist's tap ends pause and off, and counts anew", () => {
    for (const bad of [failed(5, MINUTE), failed(20, DAY)]) {
      const again = reenabled(bad, NOW + 1);
      expect(chosenCodes(again, NOW + 1).state).toBe("on");
      expect(chosenCodes(afterFailure(again, NOW + 2), NOW + 2).state).toBe("on");
    }
  });
  test("never holds more than twenty times", () => {
    expect(failed(500, 1).failures).toHaveLength(20);
  });
});

describe("[A4] two copies, the worse one counts", () => {
  test("a vault rolled back to before the failures forgives none", () => {
    for (const bad of [failed(5, MINUTE), failed(20, DAY)]) {
      const merged = worse(FRESH, bad);
      expect(merged).toEqual(bad);
      expect(chosenCodes(merged, NOW)).toEqual(chosenCodes(bad, NOW));
    }
  });
  test("failures counted on two devices add up", () => {
    const merged = worse(failed(3, MINUTE), failed(2, 1.5 * MINUTE, afterFailure(FRESH, NOW - 1)));
    expect(merged.failures.length).toBe(5);
  });
  test("a copy from before a success or a tap brings its failures not back", () => {
    const old = failed(4, MINUTE);
    expect(worse(old, afterSuccess(old, NOW + 1)).failures).toEqual([]);
    const off = failed(20, DAY);
    expect(chosenCodes(worse(off, reenabled(off, NOW + 1)), NOW + 1).state).toBe("on");
  });
  const time = fc.integer({ min: NOW - 40 * DAY, max: NOW });
  const states = fc.record({
    failures: fc.uniqueArray(time, { maxLength: 20 }).map((all) => all.sort((a, b) => a - b)),
    reset: fc.constant(0),
    paused: time,
    off: fc.constantFrom(0, NOW),
    enabled: fc.constantFrom(0, NOW - DAY),
  });
  test("is the same in either order and twice, and never milder than its parts", () => {
    const property = fc.property(states, states, (a, b) => {
      const merged = worse(a, b);
      expect(worse(b, a)).toEqual(merged);
      expect(worse(merged, a)).toEqual(merged);
      const latest = (state: GuardState) => state.failures.at(-1) ?? 0;
      expect(latest(merged)).toBe(Math.max(latest(a), latest(b)));
      if (a.off > 0 || b.off > 0) expect(chosenCodes(merged, NOW).state).toBe("off");
    });
    fc.assert(property);
  });
});

test("[A4] a kept state is read back, anything else is not", () => {
  const state = failed(20, DAY);
  expect(guardState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  const bad = [null, {}, [], "x", { ...state, off: -1 }, { ...state, failures: Array(21).fill(NOW) }];
  for (const value of bad) expect(guardState(value)).toBeUndefined();
  fc.assert(fc.property(fc.anything(), (value) => void guardState(value)));
});

describe("[A4] presses of the client", () => {
  const pressed = (...times: number[]) => times.reduce<Tries>(afterTry, []);
  test("three in ten minutes, then a pause until the first is ten minutes old", () => {
    expect(triesLeft([], NOW).left).toBe(3);
    expect(triesLeft(pressed(NOW - 2, NOW - 1), NOW).left).toBe(1);
    const spent = pressed(NOW - 2, NOW - 1, NOW);
    expect(triesLeft(spent, NOW)).toEqual({ left: 0, again: NOW - 2 + 10 * MINUTE });
    expect(triesLeft(spent, NOW - 3 + 10 * MINUTE).left).toBe(0);
    expect(triesLeft(spent, NOW - 2 + 10 * MINUTE).left).toBe(1);
  });
  test("survive a reload as numbers", () => {
    const made = pressed(NOW - 1, NOW);
    expect(tries(JSON.parse(JSON.stringify(made)))).toEqual([...made]);
    expect(tries([1, 2, 3, 4])).toBeUndefined();
    expect(tries(["1"])).toBeUndefined();
  });
  test("a clock set back by a year locks nobody out", () => {
    expect(triesLeft(pressed(NOW, NOW, NOW), NOW - 365 * DAY).left).toBe(3);
  });
});
