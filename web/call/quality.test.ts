/** [R8] Sound goes first on a direct line, and both sides are told whose sending is weak: late, and taken back later. Time is passed in. */
import { describe, expect, test } from "bun:test";
import { type Figures, figuresOf, TOLD_MS } from "./figures.ts";
import { LineWatch } from "./line-watch.ts";
import { type PictureStep, PictureThrift } from "./picture-thrift.ts";
import { type Quality, QualityRule } from "./quality.ts";
import { HandClock } from "./testing/hand-clock.ts";

const FINE: Figures = { rtt: 40, sendable: 2_000_000, sent: 900_000, lostThere: 0, lostHere: 0, madeUp: 0 };
/** A line of 100 kbit/s: what it takes is used up. */
const NARROW: Figures = { ...FINE, sendable: 85_000, sent: 80_000, rtt: 300 };

/** A thrift that is fed once a second. */
function feeding() {
  const thrift = new PictureThrift();
  let at = 0;
  let before: PictureStep = "full";
  return (seconds: number, figures: (step: PictureStep) => Figures): PictureStep => {
    let step: PictureStep = "full";
    for (let i = 0; i < seconds; i++) {
      at += 1_000;
      step = thrift.take(figures(before), at);
      before = step;
    }
    return step;
  };
}

describe("[R8] the picture", () => {
  test("stays whole on a line that carries it, and on one bad second", () => {
    const feed = feeding();
    expect(feed(30, () => FINE)).toBe("full");
    expect(feed(1, () => NARROW)).toBe("full");
    expect(feed(5, () => FINE)).toBe("full");
  });

  test("stops within three seconds at 100 kbit/s, and sound keeps the line", () => {
    const feed = feeding();
    feed(10, () => FINE);
    expect(feed(3, () => NARROW)).toBe("off");
  });

  test("shrinks to what the line carries, no further", () => {
    const at = (sendable: number) => {
      const feed = feeding();
      feed(3, () => FINE);
      return feed(6, (step) =>
        step === "full" ? { ...FINE, sendable, sent: sendable } : { ...FINE, sendable, sent: 50_000 },
      );
    };
    expect([at(250_000), at(140_000), at(60_000)]).toEqual(["small", "tiny", "off"]);
  });

  test("a calm face that sends little is no weak line", () => {
    const feed = feeding();
    expect(feed(60, () => ({ ...FINE, sendable: 200_000, sent: 90_000 }))).toBe("full");
  });

  test("a browser that says no rate shrinks it by lost sound alone, a step at a time", () => {
    const feed = feeding();
    const lossy = { ...FINE, sendable: null, sent: null, lostThere: 0.2 };
    expect(feed(3, () => lossy)).toBe("small");
    expect(feed(3, () => lossy)).toBe("tiny");
    expect(feed(20, () => lossy)).toBe("off");
  });

  test("comes back step by step when the line is well again", () => {
    const feed = feeding();
    feed(4, () => NARROW);
    // nothing but sound goes out, so the browser knows of no room: time alone tries
    const quiet = { ...FINE, sendable: 80_000, sent: 45_000 };
    expect(feed(15, () => quiet)).toBe("off");
    expect(feed(8, () => quiet)).toBe("tiny");
    expect(feed(25, () => FINE)).toBe("full");
  });

  test("a line that loses a little, or is slow, for good is tried as well: nobody stays without a picture for the hour", () => {
    for (const lasting of [{ lostThere: 0.06 }, { rtt: 900 }]) {
      const feed = feeding();
      feed(4, () => NARROW);
      const bearable = { ...FINE, ...lasting };
      expect(feed(120, () => bearable)).toBe("off");
      expect(feed(60, () => bearable)).toBe("tiny");
      expect(feed(400, () => bearable)).toBe("full");
    }
  });

  test("each try that fails makes the next one wait twice as long", () => {
    const feed = feeding();
    const tries: number[] = [];
    let [last, second]: [PictureStep, number] = ["full", 0];
    for (let i = 0; i < 400; i++) {
      second += 1;
      const step = feed(1, (now) => (now === "off" ? { ...FINE, sendable: 80_000, sent: 45_000 } : NARROW));
      if (last === "off" && step === "tiny") tries.push(second);
      last = step;
    }
    const gaps = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    expect(gaps.length).toBeGreaterThan(2);
    for (const [i, gap] of gaps.entries())
      if (i > 0) expect(gap).toBeGreaterThanOrEqual(1.5 * (gaps[i - 1] ?? 0) - 1);
  });
});

describe("the word on the line", () => {
  const take = (
    rule: QualityRule,
    from: number,
    to: number,
    figures: Figures,
    step: PictureStep = "full",
  ) => {
    let quality: Quality = { out: false, in: false, still: false };
    for (let s = from; s <= to; s++) quality = rule.take(figures, step, s * 1_000);
    return quality;
  };

  test("comes after three seconds and goes after ten, not sooner", () => {
    const rule = new QualityRule();
    const lossy = { ...FINE, lostThere: 0.1 };
    expect(take(rule, 0, 2, lossy).out).toBe(false);
    expect(take(rule, 3, 3, lossy).out).toBe(true);
    expect(take(rule, 4, 13, FINE).out).toBe(true);
    expect(take(rule, 14, 14, FINE).out).toBe(false);
  });

  test("one good second between bad ones does not take it back, one bad one does not bring it", () => {
    const rule = new QualityRule();
    take(rule, 0, 5, { ...FINE, madeUp: 0.3 });
    take(rule, 6, 8, FINE);
    take(rule, 9, 9, { ...FINE, madeUp: 0.3 });
    expect(take(rule, 10, 18, FINE).in).toBe(true);
    expect(take(rule, 19, 40, FINE).in).toBe(false);
    expect(take(rule, 41, 41, { ...FINE, lostHere: 0.5 }).in).toBe(false);
  });

  test("tells which way is weak, and that the picture has stopped", () => {
    expect(take(new QualityRule(), 0, 5, { ...FINE, lostHere: 0.2 })).toEqual({
      out: false,
      in: true,
      still: false,
    });
    expect(take(new QualityRule(), 0, 5, FINE, "off")).toEqual({ out: true, in: false, still: true });
  });
});

describe("figures", () => {
  const report = (lost: number, got: number, madeUp: number, sent: number) =>
    new Map<string, unknown>([
      ["t", { type: "transport", selectedCandidatePairId: "p" }],
      [
        "p",
        { id: "p", type: "candidate-pair", currentRoundTripTime: 0.12, availableOutgoingBitrate: 300_000 },
      ],
      [
        "i",
        {
          type: "inbound-rtp",
          kind: "audio",
          packetsReceived: got,
          packetsLost: lost,
          totalSamplesReceived: 480 * got,
          concealedSamples: 480 * madeUp,
          silentConcealedSamples: 0,
        },
      ],
      ["r", { type: "remote-inbound-rtp", kind: "audio", fractionLost: 0.25 }],
      ["o", { type: "outbound-rtp", kind: "video", bytesSent: sent }],
    ]);

  test("are those since the last look, not since the call began", () => {
    const first = figuresOf(report(100, 100, 50, 0), null, 1_000);
    expect([first.figures.lostHere, first.figures.sent]).toEqual([null, null]);
    const { figures } = figuresOf(report(110, 190, 60, 25_000), first.totals, 2_000);
    expect(figures).toEqual({
      rtt: 120,
      sendable: 300_000,
      sent: 200_000,
      lostThere: 0.25,
      lostHere: 0.1,
      madeUp: 10 / 90,
    });
  });

  test("an old report on our sound is none: who is muted is not told the loss of before for ever", () => {
    const told = (stamp: number) =>
      new Map<string, unknown>([
        ["r", { type: "remote-inbound-rtp", kind: "audio", fractionLost: 0.4, timestamp: stamp }],
      ]);
    let before: ReturnType<typeof figuresOf>["totals"] | null = null;
    const lost = (stamp: number, at: number) => {
      const { figures, totals } = figuresOf(told(stamp), before, at);
      before = totals;
      return figures.lostThere;
    };
    expect(lost(1, 0)).toBe(0.4);
    expect(lost(1, TOLD_MS)).toBe(0.4);
    expect(lost(2, TOLD_MS + 1_000)).toBe(0.4);
    expect(lost(2, 2 * TOLD_MS)).toBe(0.4);
    expect(lost(2, 2 * TOLD_MS + 2_000)).toBe(null);
    expect(lost(3, 2 * TOLD_MS + 3_000)).toBe(0.4);
  });

  test("of a browser that says nothing are unknown, and junk is nothing", () => {
    const { figures } = figuresOf(
      new Map<string, unknown>([
        [
          "p",
          { type: "candidate-pair", nominated: true, state: "succeeded", currentRoundTripTime: Number.NaN },
        ],
      ]),
      null,
      0,
    );
    expect(figures).toEqual({
      rtt: null,
      sendable: null,
      sent: null,
      lostThere: null,
      lostHere: null,
      madeUp: null,
    });
  });
});

const second = async (clock: HandClock) => {
  clock.pass(1_000);
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

test("[R8] a picture that gave way to sound comes back when no sound goes out any more", async () => {
  const clock = new HandClock();
  const steps: PictureStep[] = [];
  let isMuted = false;
  let stamp = 0;
  const watch = new LineWatch({
    clock,
    stats: async () => {
      if (!isMuted) stamp = clock.now();
      return new Map([
        ["r", { type: "remote-inbound-rtp", kind: "audio", fractionLost: 0.3, timestamp: stamp }],
      ]);
    },
    onStep: (step) => steps.push(step),
    onQuality: () => undefined,
  });
  watch.start();
  for (let i = 0; i < 30; i++) await second(clock);
  expect(steps).toEqual(["small", "tiny", "off"]);
  isMuted = true;
  for (let i = 0; i < 120; i++) await second(clock);
  expect(steps.slice(3)).toEqual(["tiny", "small", "full"]);
  watch.close();
});

test("[R8] what was before a pause of the line is not counted on over it: neither bad seconds nor calm ones", () => {
  const lossy = { ...FINE, lostThere: 0.3 };
  const thrift = new PictureThrift();
  const rule = new QualityRule();
  const pause = () => [thrift, rule].map((one) => one.pause());
  thrift.take(lossy, 1_000);
  rule.take(lossy, "full", 1_000);
  pause();
  expect(thrift.take(lossy, 60_000)).toBe("full");
  expect(rule.take(lossy, "full", 60_000).out).toBe(false);
  expect(thrift.take(lossy, 62_000)).toBe("small");
  expect(rule.take(lossy, "full", 63_000).out).toBe(true);
  thrift.take(FINE, 64_000);
  rule.take(FINE, "full", 64_000);
  pause();
  expect(thrift.take({ ...FINE, sendable: null }, 200_000)).toBe("small");
  expect(rule.take(FINE, "full", 200_000).out).toBe(true);
});

test("[R8] a line that is away for a while is judged anew when it is back", async () => {
  const clock = new HandClock();
  const steps: PictureStep[] = [];
  const watch = new LineWatch({
    clock,
    stats: async () => new Map([["r", { type: "remote-inbound-rtp", kind: "audio", fractionLost: 0.3 }]]),
    onStep: (step) => steps.push(step),
    onQuality: () => undefined,
  });
  watch.start();
  for (let i = 0; i < 2; i++) await second(clock);
  watch.pause();
  for (let i = 0; i < 60; i++) await second(clock);
  watch.start();
  for (let i = 0; i < 2; i++) await second(clock);
  expect(steps).toEqual([]);
  await second(clock);
  expect(steps).toEqual(["small"]);
  watch.close();
});

test("a line is looked at once a second while it is open, and never after it is closed", async () => {
  const clock = new HandClock();
  let looks = 0;
  const watch = new LineWatch({
    clock,
    stats: async () => {
      looks += 1;
      return new Map();
    },
    onStep: () => undefined,
    onQuality: () => undefined,
  });
  await second(clock);
  expect(looks).toBe(0);
  watch.start();
  for (let i = 0; i < 3; i++) await second(clock);
  expect(looks).toBe(3);
  watch.pause();
  await second(clock);
  expect(looks).toBe(3);
  watch.start();
  await second(clock);
  watch.close();
  await second(clock);
  expect([looks, clock.pending]).toEqual([4, 0]);
});
