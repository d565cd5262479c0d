/** One run of the bench as one object: from what the pages saw and heard, and what the server used. */
import { percentile } from "../percentile.ts";
import { freezesOf } from "./freezes.ts";
import type { PageReport } from "./page/measured.page.ts";
import type { LineSetting } from "./setting.ts";
import { delaysOf } from "./sound.ts";

/** What was asked for. */
export type Setting = LineSetting & { readonly people: number; readonly tcpCongestion: string };

/** What the server and the machine used while it counted. */
export type Used = {
  readonly ms: number;
  readonly cpuMs: number;
  /** Of media that the server sent; null where it could not be counted. */
  readonly sentBytes: number | null;
  readonly hostIdlePercent: number;
  readonly tokioThreads: number;
  /** Null where a page does not count it. */
  readonly concealedMs: number | null;
};

const OBSERVER = "page-raf-every-5th";

/** The picture's part. A person who was never seen stood still all the time. */
export function pictureOf(reports: readonly PageReport[]) {
  const ages: number[] = [];
  let [shown, freezes, frozenMs, longestMs, streams, watchedMs] = [0, 0, 0, 0, 0, 0];
  for (const { who, seen, from, to } of reports) {
    for (const other of reports) {
      if (other.who === who) continue;
      const one = seen.find(([of]) => of === other.who)?.[1];
      const frozen = freezesOf(one?.shown ?? [], from, to);
      ages.push(...(one?.ages ?? []));
      shown += one?.shown.length ?? 0;
      freezes += frozen.count;
      frozenMs += frozen.ms;
      longestMs = Math.max(longestMs, frozen.longestMs);
      streams += 1;
      watchedMs += to - from;
    }
  }
  return {
    streams,
    latencyMs: { p50: atPercent(ages, 50), p95: atPercent(ages, 95), n: ages.length },
    fps: rounded((shown * 1000) / watchedMs),
    freezes,
    frozenMs,
    frozenPercent: rounded((frozenMs / watchedMs) * 100, 2),
    longestStillMs: longestMs,
  };
}

/** From the press to the first picture of anybody who was there before: one figure for each who came second or later. `early` are
 * the reports of the moment when all were in. */
export function firstFramesOf(early: readonly PageReport[]): number[] {
  return early.slice(1).flatMap(({ pressed, seen, who }) => {
    const firsts = seen.filter(([of]) => of < who).map(([, { first }]) => first);
    return firsts.length === 0 ? [] : [Math.min(...firsts) - pressed];
  });
}

/** The sound's part: a gap is a tone that was away for longer than a packet. */
export function soundOf(reports: readonly PageReport[], { concealedMs, ms }: Used) {
  const played = reports.flatMap((report) => report.played);
  const delays = reports.flatMap((report) => delaysOf(played, report.heard));
  const people = new Set(reports.map(({ who }) => who));
  const gaps = reports.flatMap(({ who, gaps }) => {
    return gaps.filter((gap) => gap.who !== who && people.has(gap.who)).map(({ ms }) => ms);
  });
  const minutes = (ms / 60_000) * reports.length * (reports.length - 1);
  return {
    mouthToEarMs: { p50: atPercent(delays, 50), p95: atPercent(delays, 95), n: delays.length },
    concealedMsPerMin: concealedMs === null ? null : Math.round(concealedMs / minutes),
    gapMsPerMin: Math.round(gaps.reduce((sum, gap) => sum + gap, 0) / minutes),
    longestGapMs: Math.round(Math.max(0, ...gaps)),
  };
}

/** The whole row. */
export function rowOf(
  of: { readonly system: string; readonly transport: string },
  setting: Setting,
  seen: {
    readonly early: readonly PageReport[];
    readonly reports: readonly PageReport[];
    readonly used: Used;
  },
) {
  const { reports, used, early } = seen;
  const cpu = (used.cpuMs / used.ms) * 100;
  const mbit = used.sentBytes === null ? null : (used.sentBytes * 8) / 1000 / used.ms;
  const firsts = firstFramesOf(early);
  const { system, transport } = of;
  return {
    system,
    transport,
    ...setting,
    ...pictureOf(reports),
    firstFrameMs: { p50: atPercent(firsts, 50), n: firsts.length },
    serverCpuPercent: rounded(cpu),
    sentMbit: mbit === null ? null : rounded(mbit, 2),
    cpuPercentPerMbit: mbit === null || mbit === 0 ? null : rounded(cpu / mbit, 3),
    audio: soundOf(reports, used),
    observer: OBSERVER,
    tokioThreads: used.tokioThreads,
    hostIdlePercent: rounded(used.hostIdlePercent),
    seconds: Math.round(used.ms / 1000),
  };
}

function atPercent(values: readonly number[], percent: number): number | null {
  return values.length === 0 ? null : Math.round(percentile(values, percent));
}

function rounded(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
