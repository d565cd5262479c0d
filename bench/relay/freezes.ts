/** When a picture stood still, by the definition of the W3C's webrtc-stats: an interval longer than three times the mean of the last
 * thirty, and longer than that mean plus 150 ms; here never one of 200 ms or less. */

const WINDOW = 30;
const FLOOR_MS = 200;

export type Freezes = { readonly count: number; readonly ms: number; readonly longestMs: number };

/** `times`: when each picture was shown, rising. A picture that stands at the beginning or the end of the watch counts too. */
export function freezesOf(times: readonly number[], from: number, to: number): Freezes {
  const inside = times.filter((time) => time >= from && time <= to);
  const edges = [from, ...inside, to];
  const gaps = edges.slice(1).map((time, i) => time - (edges[i] ?? time));
  // the first is cut off by the watch, so it says nothing of how often pictures come
  const frozen = gaps.filter((gap, i) => gap > limitAfter(gaps.slice(Math.max(1, i - WINDOW), i)));
  const ms = frozen.reduce((sum, gap) => sum + gap, 0);
  return { count: frozen.length, ms: Math.round(ms), longestMs: Math.round(Math.max(0, ...gaps)) };
}

function limitAfter(gaps: readonly number[]): number {
  if (gaps.length === 0) return FLOOR_MS;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return Math.max(FLOOR_MS, 3 * mean, mean + 150);
}
