/** What a narrow line did to the person behind it, from what their page saw and heard. */
import { freezesOf } from "./freezes.ts";
import type { PageReport } from "./page/measured.page.ts";

/** Whose line it is: a client. */
export const WHO = 1;
/** Before it is narrow, how long it is, and afterwards. */
export const DIP_MS = { before: 4_000, narrow: 20_000, after: 16_000 } as const;

/** When the line was narrow, wall clock. */
export type Dip = { readonly kbit: number; readonly from: number; readonly to: number };

/** `fullAgainMs`: from the end of the dip until every picture has the height again that it had before; null: never. A picture that
 * was lower nowhere is full at once. */
export function dipOf(report: PageReport, { kbit, from, to }: Dip) {
  const backs = report.seen.map(([, { heights }]) => fullAgain(heights, from, to));
  const frozen = report.seen.map(([, { shown }]) => freezesOf(shown, from, to).ms);
  return {
    kbit,
    seconds: Math.round((to - from) / 1000),
    longestGapMs: Math.round(
      Math.max(0, ...report.gaps.filter(({ who }) => who !== report.who).map(({ ms }) => ms)),
    ),
    fullAgainMs: backs.some((ms) => ms === null) ? null : Math.round(Math.max(0, ...backs.map(Number))),
    frozenMs: frozen.reduce((sum, ms) => sum + ms, 0),
  };
}

/** `heights`: each change of a picture's height. */
function fullAgain(heights: PageReport["seen"][number][1]["heights"], from: number, to: number) {
  const full = heights.findLast(({ at }) => at <= from)?.height ?? 0;
  const wasLow = heights.findLast(({ at }) => at <= to);
  if (wasLow === undefined || wasLow.height >= full) return 0;
  const back = heights.find(({ at, height }) => at > to && height >= full);
  return back === undefined ? null : back.at - to;
}
