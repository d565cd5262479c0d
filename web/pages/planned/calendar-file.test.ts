/** The saved calendar file: what is in it, and what is not. */
import { expect, test } from "bun:test";
import type { PlanId } from "../../../wire/ids.ts";
import { calendarName } from "../../../wire/planned.ts";
import { calendarFile } from "./calendar-file.ts";

const plan = (n: number, at: string) => ({ plan: `${n}`.repeat(32) as PlanId, startsAt: Date.parse(at) });
const NOW = Date.UTC(2026, 9, 1);
const one = plan(1, "2026-10-26T09:00Z");
/** Long lines are folded (RFC 5545, 3.1). */
const unfolded = (text: string) => text.replaceAll("\r\n ", "");

test("the therapist's own file holds the time, one word, and a name that says nothing", async () => {
  const text = await calendarFile([one], { title: "Termin", link: null }, NOW);
  expect(text.split("\r\n")).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//therapsy-connect//planned call//DE",
    "BEGIN:VEVENT",
    `UID:${await calendarName(one.plan)}`,
    "SEQUENCE:0",
    "DTSTAMP:20261001T000000Z",
    "DTSTART:20261026T090000Z",
    "DTEND:20261026T095000Z",
    "SUMMARY:Termin",
    "END:VEVENT",
    "END:VCALENDAR",
  ]);
  expect(text).not.toContain(one.plan);
});

test("the file for the client carries the link too", async () => {
  const link = { before: "Ihr Link:", url: `https://praxis.example/j#1${"A".repeat(43)}` };
  const text = unfolded(await calendarFile([one], { title: "Termin", link }, NOW));
  expect(text).toContain(`DESCRIPTION:Ihr Link:\\n${link.url}`);
  expect(text).toContain(`URL;VALUE=URI:${link.url}`);
});

test("all dates of a series are in one file, each under its own name, the same every time", async () => {
  const plans = [one, plan(2, "2026-11-02T09:00Z")];
  const names = (text: string) => text.match(/UID:\S+/g);
  const [first, second] = await Promise.all(
    [1, 2].map((n) => calendarFile(plans, { title: "Termin", link: null }, NOW + n)),
  );
  expect(new Set(names(first ?? "")).size).toBe(2);
  expect(names(first ?? "")).toEqual(names(second ?? "") as never);
});
