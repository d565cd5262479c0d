/** Days of planned calls as people say them, in the language of the page and the time zone of this browser. */
import { language } from "./language.ts";

const tag = () => (language() === "de" ? "de-DE" : "en-GB");

/** "Montag, 30. November", with the year where it is not the year of `now`; both Unix milliseconds. */
export function weekdayAndDay(at: number, now: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = isThisYear ? {} : ({ year: "numeric" } as const);
  const parts = { weekday: "long", day: "numeric", month: "long", ...year } as const;
  return new Intl.DateTimeFormat(tag(), parts).format(at);
}

/** "Montag". */
export function weekday(at: number): string {
  return new Intl.DateTimeFormat(tag(), { weekday: "long" }).format(at);
}

/** "30. November 2026". */
export function longDay(at: number | Date): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "long" }).format(at);
}
