/** From what stands in the fields of a planned call to moments: in the time zone of this browser, week by week by the calendar, so that
 * ten o'clock stays ten o'clock when the clocks change. */
import {
  type CalendarDateTime,
  fromAbsolute,
  parseDate,
  parseTime,
  toCalendarDate,
  toCalendarDateTime,
  toTime,
  toZoned,
} from "@internationalized/date";
import { AHEAD_MAX_MS, PAST_SLACK_MS, STARTS_MAX } from "../../../wire/planned.ts";

/** As the native fields give it: "2026-11-30" and "10:00". */
export type Typed = { readonly date: string; readonly time: string };

/** Why there is no such start: a field is empty or odd, the clocks jump over it, it is over, it is too far ahead. `date`: the day it
 * is about, where a series has many. */
export type Fault =
  | { readonly why: "date" | "time" | "past" | "far" }
  | { readonly why: "gap"; readonly date: Date; readonly time: string };

export type Starts = { readonly starts: readonly number[] } | { readonly fault: Fault };

/** Every date of a call on `weeks` days, seven days apart, as Unix milliseconds. A time that the clocks jump over is a fault, one that
 * comes twice is the earlier. `now` in Unix milliseconds. */
export function startsOf(typed: Typed, weeks: number, zone: string, now: number): Starts {
  const first = localOf(typed);
  if (typeof first === "string") return { fault: { why: first } };
  const starts: number[] = [];
  for (let week = 0; week < weeks; week++) {
    const local = first.add({ weeks: week });
    const at = momentOf(local, zone);
    if (at === null) return { fault: { why: "gap", date: noonOf(local), time: typed.time } };
    if (at < now - PAST_SLACK_MS) return { fault: { why: "past" } };
    if (at > now + AHEAD_MAX_MS) return { fault: { why: "far" } };
    starts.push(at);
  }
  return { starts };
}

/** What the fields show for a moment. */
export function typedOf(at: number, zone: string): Typed {
  const local = fromAbsolute(at, zone);
  return { date: toCalendarDate(local).toString(), time: toTime(local).toString().slice(0, 5) };
}

/** What the fields begin with: the next full hour. */
export function nextHour(now: number, zone: string): Typed {
  const hour = fromAbsolute(now, zone).add({ hours: 1 }).set({ minute: 0, second: 0, millisecond: 0 });
  return typedOf(hour.toDate().getTime(), zone);
}

/** The number of dates as typed; null where it is none that can be. */
export function weeksOf(typed: string): number | null {
  const weeks = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  return weeks >= 2 && weeks <= STARTS_MAX ? weeks : null;
}

function localOf({ date, time }: Typed): CalendarDateTime | "date" | "time" {
  const day = parsed(() => parseDate(date));
  if (day === null) return "date";
  const clock = parsed(() => parseTime(time));
  return clock === null ? "time" : toCalendarDateTime(day, clock);
}

function parsed<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

/** Null where the clocks of the zone jump over it. */
function momentOf(local: CalendarDateTime, zone: string): number | null {
  const zoned = toZoned(local, zone, "earlier");
  return toCalendarDateTime(zoned).compare(local) === 0 ? zoned.toDate().getTime() : null;
}

/** A day to be named in words, safe from any zone. */
function noonOf(local: CalendarDateTime): Date {
  return new Date(local.year, local.month - 1, local.day, 12);
}
