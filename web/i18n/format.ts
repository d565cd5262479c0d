/** Times as people read them, in the language of the page. */
import { language } from "./language.ts";

const tag = () => (language() === "de" ? "de-DE" : "en-GB");

/** "23. November 2026, 15:24": day and time of `at` (Unix milliseconds). */
export function dayAndTime(at: number): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "long", timeStyle: "short" }).format(at);
}

/** "15:24". */
export function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(tag(), { timeStyle: "short" }).format(at);
}

/** "vor 5 Minuten": how long before `now` the moment `at` was; both Unix milliseconds. */
export function ago(at: number, now: number): string {
  const minutes = Math.max(0, Math.round((now - at) / 60_000));
  const say = new Intl.RelativeTimeFormat(tag(), { numeric: "auto" });
  if (minutes < 60) return say.format(-minutes, "minute");
  if (minutes < 48 * 60) return say.format(-Math.round(minutes / 60), "hour");
  return say.format(-Math.round(minutes / 1440), "day");
}

/** "1:54 h", below an hour "54 min": what is left of `ms`; a started minute counts, nothing below zero. */
export function remaining(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")} h`;
}

/** "7.900". */
export function numberOf(value: number): string {
  return new Intl.NumberFormat(tag()).format(value);
}

/** "23. November 2026": the day of `at` (Unix milliseconds). */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "long" }).format(at);
}
