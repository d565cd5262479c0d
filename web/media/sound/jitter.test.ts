/** The jitter buffer's rules [J1]–[J6] on recorded and made arrivals. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Jitter, type JitterStep } from "./jitter.ts";
import { frame, listen, made, share, type Trace } from "./listener.testing.ts";
import tcp from "./traces/tcp-3-percent.json";
import narrow from "./traces/tcp-narrow.json";
import udp from "./traces/udp-3-percent.json";

const lost = (trace: Trace) => trace.filter((delay) => delay === null).length;
const growing = (played: readonly number[]) => played.every((ctr, at) => ctr > (played[at - 1] ?? -1));
const even = (count: number, delay = 20) => made(count, 1, () => delay);

describe("recorded arrivals", () => {
  test("[J1][J3] UDP, 3 % lost: what is lost is made up, hardly more, and the delay is small", () => {
    const heard = listen(udp);
    expect(growing(heard.played)).toBe(true);
    expect(heard.played.length).toBeGreaterThanOrEqual(udp.length - lost(udp) - 2);
    expect(heard.madeUpMs).toBeLessThanOrEqual((lost(udp) + 3) * 20);
    expect(share(heard.delays, 0.95)).toBeLessThan(80);
  });

  test("[J4] TCP, 3 % lost: it waits for what is sent again, after few underruns", () => {
    const heard = listen(tcp);
    expect(growing(heard.played)).toBe(true);
    expect(heard.madeUpMs).toBeLessThan(300);
    expect(heard.longestGapMs).toBeLessThan(100);
    expect(share(heard.delays, 0.5)).toBeLessThan(140);
  });

  test("[J2] a line that stands still for half a second: the past is not played", () => {
    const heard = listen(narrow);
    expect(Math.max(...heard.delays)).toBeLessThan(550);
    expect(heard.jitter.counts.old).toBeGreaterThan(0);
    expect(heard.longestGapMs).toBeLessThan(520);
  });
});

describe("made arrivals", () => {
  test("an even line: nothing made up, the smallest delay, however long the way is", () => {
    for (const way of [1, 20, 300]) {
      const heard = listen(even(1_000, way));
      expect(heard.played.length).toBe(1_000);
      expect(heard.madeUpMs).toBe(0);
      expect((heard.delays.at(-1) ?? 0) - way).toBeLessThanOrEqual(50);
    }
  });

  test("uneven by 30 ms: nothing made up once that is known", () => {
    const heard = listen(made(1_500, 3, (_, random) => 20 + 30 * random()));
    expect(heard.madeUpMs).toBeLessThanOrEqual(20);
    expect(share(heard.delays, 0.95)).toBeLessThan(85);
  });

  test("[J5] after a bad minute the delay comes down again, without a jump", () => {
    const heard = listen(made(3_000, 4, (ctr, random) => 20 + (ctr < 500 ? 150 : 5) * random()));
    expect(share(heard.delays.slice(400, 480), 0.5)).toBeGreaterThan(140);
    expect(share(heard.delays.slice(-200), 0.5)).toBeLessThan(100);
    expect(heard.jitter.counts.jumpedMs).toBe(0);
  });

  test("[J5] far too much at once is dropped, not bent away", () => {
    // the line stands still for 400 ms, after 40 s of calm, then everything behind it comes at once
    const still = (ctr: number) => (ctr >= 2_000 && ctr < 2_020 ? 400 - (ctr - 2_000) * 20 : 10);
    const heard = listen(made(2_500, 5, still));
    expect(heard.jitter.counts.jumpedMs).toBeGreaterThan(100);
    expect(heard.delays.at(-1)).toBeLessThan(80);
    expect(heard.longestGapMs).toBeLessThan(400);
  });

  test("two clocks that drift apart by 200 ppm stay together", () => {
    for (const drift of [-0.0002, 0.0002]) {
      const heard = listen(made(6_000, 6, (ctr) => 200 + ctr * 20 * drift));
      expect(heard.madeUpMs).toBeLessThanOrEqual(20);
      const way = 200 + 6_000 * 20 * drift;
      expect((heard.delays.at(-1) ?? 0) - way).toBeLessThan(70);
    }
  });

  test("a sender whose device slept: heard again after a second, not after ten", () => {
    const heard = listen(made(1_000, 7, (ctr) => (ctr < 300 ? 20 : 3_020)));
    const first = heard.played.find((ctr) => ctr >= 300) ?? Infinity;
    expect(first).toBeLessThanOrEqual(300 + 55);
  });

  test("[J6] a pause is no underrun and nothing made up", () => {
    const heard = listen(even(600), { capturedAt: (ctr) => ctr * 20 + (ctr >= 300 ? 5_000 : 0) });
    expect(heard.jitter.counts.underruns).toBe(0);
    expect(heard.madeUpMs).toBe(0);
    expect(heard.played.length).toBe(600);
  });

  test("[J4] ten frames lost in a row: made up as long as they would have been, then at once again", () => {
    const heard = listen(made(600, 8, (ctr) => (ctr >= 300 && ctr < 310 ? null : 20)));
    expect(heard.played.length).toBe(590);
    expect(heard.madeUpMs).toBeGreaterThanOrEqual(150);
    expect(heard.madeUpMs).toBeLessThanOrEqual(230);
    expect((heard.delays.at(-1) ?? 0) - 20).toBeLessThanOrEqual(60);
  });

  test("frames of 60 ms", () => {
    const heard = listen(
      made(300, 9, (_, random) => 20 + 20 * random()),
      { frameMs: 60 },
    );
    expect(heard.played.length).toBe(300);
    expect(heard.madeUpMs).toBeLessThanOrEqual(60);
    expect(share(heard.delays, 0.95)).toBeLessThan(160);
  });

  test("[J1] any loss, any order, any double: each frame at most once, in order, and an end", () => {
    const arrivals = fc.array(fc.option(fc.integer({ min: 0, max: 700 }), { freq: 8 }), {
      minLength: 5,
      maxLength: 150,
    });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 3, max: 60 }), (trace, tickMs) => {
        const heard = listen(trace, { tickMs });
        expect(growing(heard.played)).toBe(true);
        expect(heard.jitter.heldMs).toBe(0);
        expect(heard.delays.every((delay) => delay < 1_100)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("one step", () => {
  const decode = (step: JitterStep) => (step.do === "decode" ? step.frame.ctr : step.do);

  test("[J1] double frames are counted and played once", () => {
    const jitter = new Jitter();
    for (const at of [0, 20, 40, 60]) jitter.push(frame(at / 20), at, 0);
    jitter.push(frame(1), 61, 0);
    expect(decode(jitter.step(70, 0))).toBe(0);
    jitter.push(frame(0), 71, 20);
    expect(jitter.counts).toMatchObject({ double: 2, late: 0 });
  });

  test("[J3] a hole waits until 10 ms are left; what comes after that is late", () => {
    const jitter = new Jitter();
    for (const ctr of [0, 1, 2, 4]) jitter.push(frame(ctr), ctr * 20, 0);
    for (const ctr of [0, 1, 2]) expect(decode(jitter.step(80, ctr * 20))).toBe(ctr);
    expect(decode(jitter.step(80, 10.1))).toBe("wait");
    expect(decode(jitter.step(90, 10))).toBe("conceal");
    expect(decode(jitter.step(90, 30))).toBe(4);
    jitter.push(frame(3), 95, 30);
    expect(jitter.counts.late).toBe(1);
  });

  test("[J2] what comes more than 500 ms late is not even held", () => {
    const jitter = new Jitter();
    jitter.push(frame(0), 0, 0);
    jitter.push(frame(1), 520, 0);
    expect(jitter.heldMs).toBe(40);
    jitter.push(frame(2), 540.1, 0);
    expect(jitter.heldMs).toBe(40);
    expect(jitter.counts.old).toBe(1);
  });

  test("decodes at most 60 ms ahead", () => {
    const jitter = new Jitter();
    for (const ctr of [0, 1, 2, 3]) jitter.push(frame(ctr), ctr * 20, 0);
    expect(decode(jitter.step(80, 59))).toBe(0);
    expect(decode(jitter.step(80, 60))).toBe("wait");
  });

  test("a flood is held only up to its limit", () => {
    const jitter = new Jitter();
    for (let ctr = 0; ctr < 1_000; ctr++) jitter.push(frame(ctr, 0), 0, 0);
    expect(jitter.heldMs).toBeLessThanOrEqual(64 * 20);
  });
});
