/** Planned calls as a calendar file, made in this browser: a neutral word, the times, and a link only where it is asked for. */
import ical from "ical-generator";
import { CALENDAR_MS, calendarName, type PlannedCall } from "../../../wire/planned.ts";

export type CalendarWords = {
  /** What each date is called. */
  readonly title: string;
  /** The client's own link with a sentence before it; null: none, for the therapist's own calendar. */
  readonly link: { readonly before: string; readonly url: string } | null;
};

/** The text of the file (RFC 5545). `now` in Unix milliseconds. */
export async function calendarFile(
  plans: readonly Pick<PlannedCall, "plan" | "startsAt">[],
  { title, link }: CalendarWords,
  now: number,
): Promise<string> {
  const calendar = ical({ prodId: "//therapsy-connect//planned call//DE" });
  for (const { plan, startsAt } of plans)
    calendar.createEvent({
      id: await calendarName(plan),
      stamp: new Date(now),
      start: new Date(startsAt),
      end: new Date(startsAt + CALENDAR_MS),
      summary: title,
      ...(link === null ? {} : { url: link.url, description: `${link.before}\n${link.url}` }),
    });
  return calendar.toString();
}
