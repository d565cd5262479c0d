/** Planned calls by day, as a list shows them: today first, each day once. */
import { fromAbsolute, toCalendarDate } from "@internationalized/date";

/** `day` as "2026-11-30"; `at`: a moment of it. */
export type Day<P> = { readonly day: string; readonly at: number; readonly plans: readonly P[] };

/** The first `most` of the plans, sorted by time and grouped by the days of `zone`. */
export function daysOf<P extends { readonly startsAt: number }>(
  plans: readonly P[],
  most: number,
  zone: string,
): Day<P>[] {
  const days = new Map<string, P[]>();
  for (const plan of [...plans].sort((a, b) => a.startsAt - b.startsAt).slice(0, most)) {
    const day = dayOf(plan.startsAt, zone);
    days.set(day, [...(days.get(day) ?? []), plan]);
  }
  return [...days].map(([day, all]) => ({ day, at: all[0]?.startsAt ?? 0, plans: all }));
}

/** Which day it is there: 0 today, 1 tomorrow, -1 yesterday … */
export function daysFrom(now: number, at: number, zone: string): number {
  const dayNumber = (moment: number) => Date.parse(dayOf(moment, zone)) / 86_400_000;
  return dayNumber(at) - dayNumber(now);
}

function dayOf(at: number, zone: string): string {
  return toCalendarDate(fromAbsolute(at, zone)).toString();
}
