/** Lines that the operator's command line prints. */
import type { Entry } from "../../db/ledger.ts";
import type { AccountSeen } from "../../db/overview.ts";
import type { KeptReport } from "../../db/reports.ts";
import type { TariffRow } from "../../db/tariffs.ts";
import type { Account } from "../../wire/ledger.ts";
import { dayOf, dayText } from "../billing/day.ts";
import { pointsText } from "../billing/statement-words.ts";
import type { Worth } from "./command.ts";

const points = (amount: number) => pointsText(amount, "en");

/** `20 points`, or `9000 minutes for 365 days`. */
export function worthText({ account, amount, days }: Worth): string {
  if (account === "points") return `${points(amount)} points`;
  return `${amount} minutes${days === null ? "" : ` for ${days} days`}`;
}

/** From which day on a minute costs what. */
export function tariffLine({ kind, from, price, free }: TariffRow): string {
  const day = from === 0 ? "the first day" : dayText(from);
  return `${kind.padEnd(6)}  from ${day.padEnd(13)}  ${points(price)} points a minute${free ? ", waived" : ""}`;
}

/** What a practice has. */
export function accountLines({ points: amount, trialMinutes, packages }: Account): string[] {
  const left = packages.map(
    ({ minutes, until }) => `package  ${minutes} minutes${until ? ` until ${until}` : ""}`,
  );
  return [`points   ${points(amount)}`, `trial    ${trialMinutes} minutes`, ...left];
}

/** An entry by its number, by which it can be corrected. */
export function entryLine(entry: Entry): string {
  const { id, day, account, kind, minutes, amount, corrects } = entry;
  const change = account === "points" ? points(amount) : String(amount);
  const call = kind === null ? "" : `  ${minutes} ${kind} minutes`;
  const mends = corrects === null ? "" : `  corrects ${corrects}`;
  return `entry ${id}  ${dayText(day)}  ${account}  ${change}${call}${mends}`;
}

/** A problem report. The note is somebody's own words: what could move a terminal's cursor is left out. */
export function reportLines({ id, hour, report }: KeptReport): string[] {
  const { side, browser, system, page, way, minutes, breaks, devices, errors, note } = report;
  const { cameras, microphones, loudspeakers } = devices;
  const lost =
    breaks.length === 0 ? "no interruptions" : `interrupted ${breaks.map((s) => `${s} s`).join(", ")}`;
  const said = errors.map(({ code, count }) => `${code} ×${count}`).join(", ");
  return [
    `report ${id}  ${new Date(hour).toISOString().slice(0, 13)}h  ${side}  ${browser || "?"}  ${system || "?"}  ${page || "?"}`,
    `  ${way}, ${minutes} min, ${lost}`,
    `  ${cameras} cameras, ${microphones} microphones, ${loudspeakers} loudspeakers`,
    ...(said === "" ? [] : [`  ${said}`]),
    ...(note === "" ? [] : [`  "${note.replace(/[\p{C}]+/gu, " ")}"`]),
  ];
}

/** An account, the e-mail address only where it came along. */
export function practiceLine({ user, staff, since, seen, rooms, email, locked }: AccountSeen): string {
  const last = seen === null ? "not logged in" : `seen ${dayText(dayOf(seen))}`;
  const role = staff ? "staff" : `${rooms} open room${rooms === 1 ? "" : "s"}`;
  const rest = locked === null ? [] : [`locked ${dayText(dayOf(locked))}`];
  return [
    user,
    `since ${dayText(dayOf(since))}`,
    last,
    role,
    ...rest,
    ...(email === null ? [] : [email]),
  ].join("  ");
}
