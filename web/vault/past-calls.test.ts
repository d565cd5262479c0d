/** The last calls of a client: one per call, whatever reloads and lost lines did in between. */
import { describe, expect, test } from "bun:test";
import { NOTE_EVERY_MS, type Presence, withCall } from "./past-calls.ts";
import { CALLS_MAX, type ClientCall } from "./records.ts";

const MINUTE = 60_000;
const calm = { medium: null, breaks: 0, lost: 0 };
const presence = (from: number, to: number, group = false): Presence => ({
  at: from * MINUTE,
  until: to * MINUTE,
  group,
  ...calm,
});
const call = (at: number, minutes: number, group = false): ClientCall => ({
  at: at * MINUTE,
  minutes,
  group,
  ...calm,
});

describe("withCall", () => {
  test("a started minute counts, the newest stands first", () => {
    expect(withCall([], { at: 0, until: 1, group: false, ...calm })).toEqual([call(0, 1)]);
    expect(withCall([call(0, 50)], presence(100, 150.5))).toEqual([call(100, 51), call(0, 50)]);
  });

  test("noted again and again it stays one call", () => {
    let calls: ClientCall[] = [];
    for (let at = 5; at <= 50; at += 5) calls = withCall(calls, presence(0, at));
    expect(calls).toEqual([call(0, 50)]);
  });

  test("after a reload it goes on, up to what the last note may miss; later it is another call", () => {
    const gap = NOTE_EVERY_MS / MINUTE + 1;
    expect(withCall([call(0, 10)], presence(10 + gap, 40))).toEqual([call(0, 40)]);
    expect(withCall([call(0, 10)], presence(10 + gap + 0.1, 40))[0]?.minutes).toBe(24);
  });

  test("alone and in a group are two calls; an older presence shortens nothing", () => {
    expect(withCall([call(0, 10)], presence(10, 20, true)).length).toBe(2);
    expect(withCall([call(0, 50)], presence(0, 5))).toEqual([call(0, 50)]);
  });

  test("[AT4] interruptions add up over a reload, and a picture once seen makes it a video call", () => {
    const noted = withCall([], { ...presence(0, 10), medium: "relay", breaks: 2, lost: 9 });
    const [whole] = withCall(noted, { ...presence(11, 20), medium: "sound", breaks: 1, lost: 30 });
    expect(whole).toEqual({ ...call(0, 20), medium: "relay", breaks: 3, lost: 39 });
    const [later] = withCall([{ ...call(0, 10), medium: "sound" }], { ...presence(0, 12), medium: "direct" });
    expect(later?.medium).toBe("direct");
  });

  test("the oldest goes where there are too many", () => {
    const many = Array.from({ length: CALLS_MAX }, (_, at) => call(1000 - at * 50, 20));
    const calls = withCall(many, presence(2000, 2050));
    expect([calls.length, calls[0]]).toEqual([CALLS_MAX, call(2000, 50)]);
  });
});
