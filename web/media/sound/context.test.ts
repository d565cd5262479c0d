/** A context on a phone: woken from "suspended" only, never while the system has interrupted it. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { keepRunning } from "./context.ts";

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
