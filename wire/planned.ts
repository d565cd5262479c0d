/** What a planned call is on the wire and how many there may be. Of it the server knows a time and the handles of links: no title, no
 * name, no time zone. */
import { hex, utf8 } from "./bytes.ts";
import type { PlanId, Rid, RoomId, SeriesId } from "./ids.ts";

/** A call at a time, as `/api/planned` tells it. `startsAt` is Unix milliseconds; `clients` lists each client's links. */
export type PlannedCall = {
  readonly plan: PlanId;
  readonly startsAt: number;
  /** What the dates of a weekly call have in common; null for a single one. */
  readonly series: SeriesId | null;
  readonly clients: readonly (readonly Rid[])[];
};

/** Answer to `GET /api/links/:rid`: whether the browser that asks is logged in as the practice of this link. `room`: the one that is
 * open for it; `planned`: the planned call that its own therapist enters at once. */
export type OwnLink =
  | { readonly own: false }
  | { readonly own: true; readonly room: RoomId | null; readonly planned: PlanId | null };

/** Dates that are planned at once: a year of weeks. Higher: a slip of the finger fills the list. Lower: a year takes two goes. */
export const STARTS_MAX = 52;
/** Planned calls of one practice. Higher: reading them takes longer. Lower: a full practice cannot plan its year. */
export const PLANNED_MAX = 500;
/** How far ahead one may plan: whoever types a wrong year is told. */
export const AHEAD_MAX_MS = 2 * 366 * 24 * 60 * 60_000;
/** A plan is kept for so long after its time: it may begin late. Then it is deleted. */
export const KEPT_MS = 2 * 60 * 60_000;
/** Its therapist, opening the link, is in the call at once from so long before the time until `KEPT_MS` after it. */
export const AT_ONCE_MS = 30 * 60_000;
/** A client is told of a planned call within this time. */
export const TOLD_AHEAD_MS = 30 * 24 * 60 * 60_000;
/** The minute that is on the clock now is not past yet. */
export const PAST_SLACK_MS = 60_000;
/** What a calendar shows as busy. The product's hour; a call may be shorter or longer. */
export const CALENDAR_MS = 50 * 60_000;

/** The name of a planned call in calendars: the same in a saved file and in the feed, and nothing that the API knows it by. */
export async function calendarName(plan: PlanId): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", utf8(`tpc calendar ${plan}`));
  return `${hex(new Uint8Array(digest).subarray(0, 16))}@therapsy-connect`;
}
