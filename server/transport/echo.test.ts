/** The connection check's echo is good for nothing else: tickets once and in time, a little of everything, and never for long. */
import { describe, expect, test } from "bun:test";
import { ECHO_BYTES, ECHO_MESSAGES, ECHO_MS, ECHOES_MAX, Echoes, TICKET_MS, TICKETS_MAX } from "./echo.ts";

function ground() {
  const time = { now: 0 };
  const timers = new Set<{ at: number; run: () => void }>();
  const echoes = new Echoes({
    clock: { monotonic: () => time.now },
    after: (ms, run) => {
      const timer = { at: time.now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
  const pass = (ms: number) => {
    time.now += ms;
    for (const timer of [...timers]) if (timer.at <= time.now && timers.delete(timer)) timer.run();
  };
  const enter = (late: () => void = () => undefined) => echoes.enter(echoes.issue(), late);
  return { echoes, timers, pass, enter };
}

describe("tickets", () => {
  test("one session each, within their time; what nobody gave out opens nothing", () => {
    const { echoes, pass } = ground();
    const [first, second] = [echoes.issue(), echoes.issue()];
    expect(first).not.toBe(second);
    expect(echoes.enter(first, () => undefined)).not.toBeNull();
    expect(echoes.enter(first, () => undefined)).toBeNull();
    for (const wrong of ["", "x", `${second}A`]) expect(echoes.enter(wrong, () => undefined)).toBeNull();
    pass(TICKET_MS);
    expect(echoes.enter(second, () => undefined)).toBeNull();
  });

  test("a flood of them takes no more than so much memory, and the newest are good", () => {
    const { echoes, pass } = ground();
    const oldest = echoes.issue();
    for (let count = 0; count < TICKETS_MAX + 10; count++) echoes.issue();
    expect(echoes.waiting).toBe(TICKETS_MAX);
    expect(echoes.enter(oldest, () => undefined)).toBeNull();
    const newest = echoes.issue();
    expect(echoes.enter(newest, () => undefined)).not.toBeNull();
    pass(TICKET_MS);
    echoes.issue();
    expect(echoes.waiting).toBe(1);
  });
});

describe("sessions", () => {
  test("so many at once, and one that ends makes room for the next, once", () => {
    const { echoes, enter } = ground();
    const all = Array.from({ length: ECHOES_MAX }, () => enter());
    expect(all.every((echo) => echo !== null)).toBe(true);
    expect(enter()).toBeNull();
    all[0]?.over();
    all[0]?.over();
    expect(echoes.open).toBe(ECHOES_MAX - 1);
    expect(enter()).not.toBeNull();
    expect(enter()).toBeNull();
  });

  test("one that idles is told after its time, one that has ended is not", () => {
    const { timers, enter, pass } = ground();
    const late: string[] = [];
    enter(() => late.push("idle"));
    enter(() => late.push("ended"))?.over();
    pass(ECHO_MS - 1);
    expect(late).toEqual([]);
    pass(1);
    expect([late, timers.size]).toEqual([["idle"], 0]);
  });

  test("no more and no larger messages than the check sends, and none after the end", () => {
    const { enter } = ground();
    const many = enter();
    const taken = Array.from({ length: ECHO_MESSAGES + 2 }, () => many?.take(8));
    expect(taken.filter(Boolean).length).toBe(ECHO_MESSAGES);
    expect(enter()?.take(ECHO_BYTES)).toBe(true);
    for (const wrong of [0, ECHO_BYTES + 1]) expect(enter()?.take(wrong)).toBe(false);
    const ended = enter();
    ended?.over();
    expect(ended?.take(8)).toBe(false);
  });
});
