/** A loudspeaker made of numbers: plays an arrival trace through the jitter buffer, millisecond by millisecond, and keeps what
 * was heard. Traces are recorded (`traces/`, by `bench/sound-traces.ts`) or made from a seed. */
import { chance } from "../../call/testing/hand-clock.ts";
import { Jitter, type SoundFrame } from "./jitter.ts";

/** How many ms each frame was on its way; `null`: lost. */
export type Trace = readonly (number | null)[];

export type Heard = {
  /** Counters in the order of playing. */
  readonly played: number[];
  /** Made up for holes, and by the audio thread while it was dry (without the time before the first frame). */
  readonly madeUpMs: number;
  /** From capture to the loudspeaker for each frame played. */
  readonly delays: number[];
  readonly longestGapMs: number;
  readonly warpedMs: number;
  readonly jitter: Jitter;
};

type Options = {
  readonly frameMs?: number;
  /** When frame `ctr` was captured; a pause or another clock is a jump in it. */
  readonly capturedAt?: (ctr: number) => number;
  /** The timer of a busy worker comes only so often. */
  readonly tickMs?: number;
};

/** A trace of `count` frames; `delay` is asked for each. */
export function made(
  count: number,
  seed: number,
  delay: (ctr: number, random: () => number) => number | null,
): Trace {
  const random = chance(seed);
  return Array.from({ length: count }, (_, ctr) => delay(ctr, random));
}

export function listen(
  trace: Trace,
  { frameMs = 20, capturedAt = (ctr) => ctr * frameMs, tickMs = 8 }: Options = {},
): Heard {
  const arrivals = trace
    .flatMap((delay, ctr) => (delay === null ? [] : [{ ctr, at: capturedAt(ctr) + delay }]))
    .sort((a, b) => a.at - b.at);
  const jitter = new Jitter();
  const heard = { played: [] as number[], delays: [] as number[], madeUpMs: 0, longestGapMs: 0, warpedMs: 0 };
  let [ringMs, gapMs, pendingDry] = [0, 0, 0];
  const ask = (now: number) => {
    for (let step = jitter.step(now, ringMs); step.do !== "wait"; step = jitter.step(now, ringMs)) {
      if (step.do === "conceal") {
        ringMs += step.ms;
        heard.madeUpMs += step.ms;
        continue;
      }
      const bent = step.warp === "cut" ? -5 : step.warp === "grow" ? 5 : 0;
      if (bent !== 0) jitter.warped(bent);
      heard.warpedMs += Math.abs(bent);
      if (step.after === "underrun") heard.madeUpMs += pendingDry;
      if (step.after === "underrun") heard.longestGapMs = Math.max(heard.longestGapMs, gapMs);
      [pendingDry, gapMs] = [0, 0];
      heard.delays.push(now + ringMs - capturedAt(step.frame.ctr));
      heard.played.push(step.frame.ctr);
      ringMs += frameMs + bent;
    }
  };
  const end = (arrivals.at(-1)?.at ?? 0) + 1_000;
  let next = 0;
  for (let now = Math.floor(arrivals[0]?.at ?? 0); now < end; now++) {
    for (let arrival = arrivals[next]; arrival && arrival.at <= now; arrival = arrivals[++next]) {
      jitter.push(frame(arrival.ctr, capturedAt(arrival.ctr), frameMs), now, ringMs);
      ask(now);
    }
    if (now % tickMs === 0) ask(now);
    if (ringMs >= 1) ringMs -= 1;
    else [ringMs, pendingDry, gapMs] = [0, pendingDry + 1 - ringMs, gapMs + 1 - ringMs];
  }
  return { ...heard, jitter };
}

export function frame(ctr: number, capturedMs = ctr * 20, frameMs = 20): SoundFrame {
  return {
    ctr,
    captureUs: capturedMs * 1000,
    durationUs: frameMs * 1000,
    chunk: new Uint8Array([ctr & 255]),
  };
}

/** The value below which the share of them lies. */
export function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
