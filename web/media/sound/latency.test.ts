/** The way to the ear is asked for wherever asking does no harm. */
import { expect, test } from "bun:test";
import { latencyUs } from "./latency.ts";

const CHROMIUM =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";

test("base and output latency add up; a browser without the latter has the former alone", () => {
  expect(latencyUs({ baseLatency: 0.01, outputLatency: 0.025 }, CHROMIUM)).toBe(35_000);
  const older = { baseLatency: 0.01 } as unknown as AudioContext;
  expect(latencyUs(older, CHROMIUM)).toBe(10_000);
});

test("Firefox is never asked: its page stands still for good when the audio thread is at work", () => {
  const context = {
    baseLatency: 0,
    get outputLatency(): number {
      throw new Error("asked");
    },
  };
  expect(latencyUs(context, FIREFOX)).toBe(30_000);
});
