import { expect, test } from "bun:test";
import { Drain } from "./drain.ts";
import { Readiness } from "./readiness.ts";

/** A clock that only waiting moves. */
function createTime() {
  const time = { now: 0 };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const wait = async (ms: number) => {
    time.now += ms;
  };
  return { time, clock, wait };
}

test("a stop waits for calls until the last one ends, and says how long at most", async () => {
  const { time, clock, wait } = createTime();
  const drain = new Drain({ clock, seconds: 60, wait });
  expect([drain.isOn, drain.secondsLeft()]).toEqual([false, null]);
  const left: unknown[] = [];
  await drain.run(() => {
    left.push(drain.secondsLeft());
    return time.now < 1000 ? 2 : 0;
  });
  expect([time.now, left[0], left.at(-1), drain.isOn]).toEqual([1000, 60, 59, true]);
});

test("calls that do not end are left after the time that is set, and at once where none is", async () => {
  const { time, clock, wait } = createTime();
  await new Drain({ clock, seconds: 0, wait }).run(() => 1);
  expect(time.now).toBe(0);
  const drain = new Drain({ clock, seconds: 5, wait });
  await drain.run(() => 1);
  expect([time.now, drain.secondsLeft()]).toEqual([5000, 1]);
});

test("whoever hurries it waits no longer; before a stop that means nothing", async () => {
  const { time, clock, wait } = createTime();
  const drain = new Drain({ clock, seconds: 60, wait });
  drain.hurry();
  expect(drain.isOn).toBe(false);
  await drain.run(() => {
    if (time.now >= 500) drain.hurry();
    return 1;
  });
  expect(time.now).toBe(750);
});

function createReadiness(write: () => Promise<void>) {
  const { time, clock } = createTime();
  const state = { draining: false, writes: 0, late: Promise.withResolvers<void>() };
  const readiness = new Readiness({
    clock,
    write: () => {
      state.writes += 1;
      return write();
    },
    wait: () => state.late.promise,
    isDraining: () => state.draining,
  });
  return { time, state, readiness };
}

test("ready while the database takes a write; asked by many it writes once in five seconds", async () => {
  let full = false;
  const { time, state, readiness } = createReadiness(async () => {
    if (full) throw new Error("full");
  });
  const asked = Array.from({ length: 50 }, () => readiness.ready());
  expect([...new Set(await Promise.all(asked)), state.writes]).toEqual([true, 1]);
  full = true;
  time.now = 4999;
  expect(await readiness.ready()).toBe(true);
  time.now = 5000;
  expect([await readiness.ready(), state.writes]).toEqual([false, 2]);
});

test("not ready where the write hangs, and never on the way out", async () => {
  const { state, readiness } = createReadiness(() => new Promise(() => undefined));
  state.late.resolve();
  expect(await readiness.ready()).toBe(false);
  const other = createReadiness(async () => undefined);
  expect(await other.readiness.ready()).toBe(true);
  other.state.draining = true;
  expect(await other.readiness.ready()).toBe(false);
});
