/** A context on a phone: woken from "suspended" only, never while the system has interrupted it. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { HandClock } from "../../call/testing/hand-clock.ts";
import { keepRunning, watchStopped } from "./context.ts";

class FakeContext extends EventTarget {
  state = "running";
  resumed = 0;
  refuses = false;
  resume(): Promise<void> {
    this.resumed += 1;
    return this.refuses ? Promise.reject(new Error("not allowed")) : Promise.resolve();
  }
  turn(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

const before = Object.getOwnPropertyDescriptor(globalThis, "document");
let page: EventTarget;
beforeEach(() => {
  page = new EventTarget();
  Object.defineProperty(globalThis, "document", { value: page, configurable: true });
});
afterEach(() => {
  if (before) Object.defineProperty(globalThis, "document", before);
  else Reflect.deleteProperty(globalThis, "document");
});

const kept = () => {
  const context = new FakeContext();
  return { context, stop: keepRunning(context as unknown as AudioContext) };
};

test("a call comes in and ends: resumed when it is suspended, not while it is interrupted", () => {
  const { context } = kept();
  context.turn("interrupted");
  expect(context.resumed).toBe(0);
  context.turn("suspended");
  expect(context.resumed).toBe(1);
  context.turn("running");
  expect(context.resumed).toBe(1);
});

test("refused until a click: the click wakes it, and so does coming back to the tab", async () => {
  const { context } = kept();
  context.refuses = true;
  context.turn("suspended");
  await Promise.resolve();
  page.dispatchEvent(new Event("click"));
  page.dispatchEvent(new Event("visibilitychange"));
  expect(context.resumed).toBe(3);
});

test("stopped, it leaves everything alone", () => {
  const { context, stop } = kept();
  stop();
  context.turn("suspended");
  page.dispatchEvent(new Event("click"));
  expect(context.resumed).toBe(0);
});

/** What is told of a context that is in this state at first. */
const watched = (state = "running") => {
  const [context, clock, told] = [new FakeContext(), new HandClock(), [] as boolean[]];
  context.state = state;
  const stop = watchStopped(context as unknown as AudioContext, (isStopped) => told.push(isStopped), clock);
  return { context, clock, told, stop };
};

test("running from the start is no news, nor is a short stop", () => {
  const { context, clock, told } = watched();
  context.turn("suspended");
  clock.pass(1_000);
  context.turn("running");
  clock.pass(10_000);
  expect(told).toEqual([]);
});

test("stopped for longer than a moment is told once, and so is the way back", () => {
  const { context, clock, told, stop } = watched("suspended");
  clock.pass(2_000);
  page.dispatchEvent(new Event("visibilitychange"));
  clock.pass(2_000);
  expect(told).toEqual([true]);
  context.turn("running");
  expect(told).toEqual([true, false]);
  context.turn("interrupted");
  stop();
  clock.pass(2_000);
  expect(told).toEqual([true, false]);
});
