/** Planned calls as a calendar (RFC 5545): times, and the same neutral word for each. */
import ical from "ical-generator";
import { CALENDAR_MS, calendarName, type PlannedCall } from "../../wire/planned.ts";

const WORD = { de: "Termin", en: "Appointment" } as const;
/** How often calendars are asked to look. Higher: a moved call is seen later. Lower: more requests for nothing. */
const LOOK_SECONDS = 15 * 60;

/** The text of the calendar. `now` in Unix milliseconds. */
export async function calendarOf(
  planned: readonly PlannedCall[],
  now: number,
  lang: "de" | "en",
): Promise<string> {
  const calendar = ical({ prodId: "//therapsy-connect//planned calls//DE", ttl: LOOK_SECONDS });
  for (const { plan, startsAt } of planned)
    calendar.createEvent({
      id: await calendarName(plan),
      stamp: new Date(now),
      start: new Date(startsAt),
      end: new Date(startsAt + CALENDAR_MS),
      summary: WORD[lang],
    });
  return calendar.toString();
}
