/** Bugs planted into planned calls: their times, who is told of them, who may touch them, and what a calendar gives away. */
import { changed, type Planted, without } from "./planting.ts";

const dates = ["web/pages/planned/dates.test.ts"];
const file = ["web/pages/planned/calendar-file.test.ts"];
const reminder = ["web/pages/planned/next-reminder.test.ts"];
const db = ["db/planned.test.ts"];
const http = ["server/http/planned.test.ts"];
const door = ["server/signaling/planned.test.ts"];

/** See `planted.ts`. */
export const PLANTED_PLANS: readonly Planted[] = [
  changed(
    "a time that the clocks jump over is moved",
    "web/pages/planned/dates.ts",
    ["toCalendarDateTime(zoned).compare(local) === 0", "true"],
    dates,
  ),
  changed("what comes twice is the later", "web/pages/planned/dates.ts", ['"earlier"', '"later"'], dates),
  changed(
    "a week is 168 hours",
    "web/pages/planned/dates.ts",
    ["const at = momentOf(local, zone);", "const at = (momentOf(first, zone) ?? 0) + week * 604_800_000;"],
    dates,
  ),
  changed("the past is planned", "web/pages/planned/dates.ts", ['{ why: "past" }', '{ why: "far" }'], dates),
  changed(
    "days are those of UTC",
    "web/pages/planned/days.ts",
    ["fromAbsolute(at, zone)", 'fromAbsolute(at, "UTC")'],
    dates,
  ),
  changed("the list is as it came", "web/pages/planned/days.ts", ["a.startsAt - b.startsAt", "0"], dates),
  changed(
    "the own file carries the link",
    "web/pages/planned/calendar-file.ts",
    ["link === null ? {} :", "link === null ? { url: title } :"],
    file,
  ),
  changed(
    "reminded late",
    "web/pages/planned/next-reminder.ts",
    ["startsAt - BEFORE_MS", "startsAt"],
    reminder,
  ),
  without("reminded twice", "web/pages/planned/next-reminder.ts", ".filter(({ at }) => at > now)", reminder),
  without(
    "a stranger's link is planned",
    "db/planned.ts",
    'if (!(await ownsAll(tx, practice, rids))) return { kind: "unknown-link" };',
    db,
  ),
  changed("no end of plans", "db/planned.ts", ["> PLANNED_MAX", "> 10 * PLANNED_MAX"], db),
  without(
    "sent again, planned twice",
    "db/planned.ts",
    'if (await isTaken(tx, practice, rids, starts)) return { kind: "double" };',
    db,
  ),
  changed("all of a series goes", "db/planned.ts", ["gte(plannedCalls.startsAt, startsAt),", ""], db),
  without(
    "a started plan stays",
    "db/planned.ts",
    'if (opening.kind === "opened") await removePlans(tx, [plan]);',
    db,
  ),
  changed(
    "anybody's plan",
    "db/planned.ts",
    ["and(eq(plannedCalls.practice, practice), eq(plannedCalls.id, plan))", "and(eq(plannedCalls.id, plan))"],
    db,
  ),
  changed(
    "the calendar never forgets",
    "server/http/feed.ts",
    ["await base.feedTries.missed(address);", ""],
    http,
  ),
  changed(
    "plans are named in the calendar",
    "server/http/calendar.ts",
    ["await calendarName(plan)", "plan"],
    http,
  ),
  without(
    "the past by HTTP",
    "server/http/planned.ts",
    'if (starts.some((at) => at < now - PAST_SLACK_MS)) throw new ApiFailure("planned.past");',
    http,
  ),
  changed(
    "entered at once the whole day",
    "server/http/own-links.ts",
    ["now + AT_ONCE_MS", "now + 48 * AT_ONCE_MS"],
    http,
  ),
  changed(
    "anybody's link is one's own",
    "server/http/own-links.ts",
    ["!== practice) return", "=== null) return"],
    http,
  ),
  changed(
    "codes are told too",
    "server/signaling/lobby.ts",
    [
      'way.by === "link" ? (starts.get(way.rid) ?? null) : null',
      '[...starts.values()][0] ?? (way.by === "link" ? null : null)',
    ],
    door,
  ),
  without(
    "what is over stays",
    "server/signaling/tick.ts",
    'lobby.do({ t: "load", practice: practice.id });',
    door,
  ),
  without("a new time is not told", "server/signaling/lobby.ts", " && a.planned === b.planned", door),
];
