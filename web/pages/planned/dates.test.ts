/** Planned times by the calendar: over both changes of the clocks, in two zones whose changes differ. */
import { describe, expect, test } from "bun:test";
import { AHEAD_MAX_MS } from "../../../wire/planned.ts";
import { nextHour, startsOf, typedOf, weeksOf } from "./dates.ts";
import { daysFrom, daysOf } from "./days.ts";

const BERLIN = "Europe/Berlin";
const NEW_YORK = "America/New_York";
const NOW = Date.UTC(2026, 9, 1);

/** Starts as UTC texts, or the fault. */
function utc(date: string, time: string, weeks = 1, zone = BERLIN, now = NOW) {
  const made = startsOf({ date, time }, weeks, zone, now);
  if ("fault" in made) return made.fault.why;
  return made.starts.map((at) => new Date(at).toISOString().slice(0, 16));
}

describe("one date", () => {
  test.each([
    [BERLIN, "2026-11-30", "10:00", "2026-11-30T09:00"],
    [BERLIN, "2027-07-05", "10:00", "2027-07-05T08:00"],
    [NEW_YORK, "2026-11-30", "10:00", "2026-11-30T15:00"],
    [NEW_YORK, "2027-07-05", "10:00", "2027-07-05T14:00"],
    ["UTC", "2026-11-30", "10:00", "2026-11-30T10:00"],
  ])("in %s %s %s is %s", (zone, date, time, at) => {
    expect(utc(date, time, 1, zone)).toEqual([at]);
  });

  test.each([
    [BERLIN, "2027-03-28", "02:30"],
    [BERLIN, "2027-03-28", "02:00"],
    [NEW_YORK, "2027-03-14", "02:30"],
  ])("in %s the clocks jump over %s %s", (zone, date, time) => {
    expect(utc(date, time, 1, zone)).toBe("gap");
  });

  test.each([
    [BERLIN, "2027-03-28", "01:59", "2027-03-28T00:59"],
    [BERLIN, "2027-03-28", "03:00", "2027-03-28T01:00"],
    [BERLIN, "2026-10-25", "02:30", "2026-10-25T00:30"],
    [BERLIN, "2026-10-25", "03:00", "2026-10-25T02:00"],
    [NEW_YORK, "2026-11-01", "01:30", "2026-11-01T05:30"],
    [NEW_YORK, "2026-11-01", "02:00", "2026-11-01T07:00"],
  ])("in %s %s %s is %s: what comes twice is the earlier", (zone, date, time, at) => {
    expect(utc(date, time, 1, zone)).toEqual([at]);
  });

  test("empty and odd fields, what is over, and what is too far ahead", () => {
    expect(utc("", "10:00")).toBe("date");
    expect(utc("2026-02-30", "10:00")).toBe("date");
    expect(utc("30.11.2026", "10:00")).toBe("date");
    expect(utc("2026-11-30", "")).toBe("time");
    expect(utc("2026-11-30", "25:00")).toBe("time");
    expect(utc("2026-09-30", "10:00")).toBe("past");
    expect(utc("0026-11-30", "10:00")).toBe("past");
    expect(utc("2206-11-30", "10:00")).toBe("far");
  });

  test("the minute that is on the clock is not over yet", () => {
    const now = Date.UTC(2026, 10, 30, 9, 0, 59);
    expect(utc("2026-11-30", "10:00", 1, BERLIN, now)).toEqual(["2026-11-30T09:00"]);
    expect(utc("2026-11-30", "09:59", 1, BERLIN, now)).toBe("past");
  });
});

describe("a weekly series", () => {
  test("ten o'clock stays ten o'clock over the autumn change", () => {
    expect(utc("2026-10-19", "10:00", 3)).toEqual([
      "2026-10-19T08:00",
      "2026-10-26T09:00",
      "2026-11-02T09:00",
    ]);
    expect(utc("2026-10-26", "10:00", 2, NEW_YORK)).toEqual(["2026-10-26T14:00", "2026-11-02T15:00"]);
  });

  test("and over the spring change", () => {
    expect(utc("2027-03-22", "10:00", 2)).toEqual(["2027-03-22T09:00", "2027-03-29T08:00"]);
    expect(utc("2027-03-08", "10:00", 2, NEW_YORK)).toEqual(["2027-03-08T15:00", "2027-03-15T14:00"]);
  });

  test("a date in the middle that the clocks jump over is named", () => {
    const made = startsOf({ date: "2027-03-14", time: "02:30" }, 4, BERLIN, NOW);
    if (!("fault" in made) || made.fault.why !== "gap") throw new Error("a gap");
    expect([made.fault.date.getMonth(), made.fault.date.getDate(), made.fault.time]).toEqual([
      2,
      28,
      "02:30",
    ]);
  });

  test("a year of Mondays: 52 dates at ten", () => {
    const made = startsOf({ date: "2026-10-05", time: "10:00" }, 52, BERLIN, NOW);
    if ("fault" in made) throw new Error(made.fault.why);
    expect(made.starts.length).toBe(52);
    expect(new Set(made.starts.map((at) => typedOf(at, BERLIN).time))).toEqual(new Set(["10:00"]));
  });

  test("the last date counts for what is too far", () => {
    const far = typedOf(NOW + AHEAD_MAX_MS - 86_400_000, BERLIN);
    expect(utc(far.date, far.time)).toBeArray();
    expect(utc(far.date, far.time, 2)).toBe("far");
  });

  test("a number of dates is 2 to 52", () => {
    expect(["2", " 52 ", "1", "53", "", "1e1", "-3", "4.5"].map(weeksOf)).toEqual([
      2,
      52,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

test("the fields show a moment as it was typed, and begin with the next full hour", () => {
  const typed = { date: "2026-11-30", time: "09:05" };
  const made = startsOf(typed, 1, BERLIN, NOW);
  expect("starts" in made && typedOf(made.starts[0] ?? 0, BERLIN)).toEqual(typed);
  expect(nextHour(Date.UTC(2026, 11, 31, 22, 20), BERLIN)).toEqual({ date: "2027-01-01", time: "00:00" });
});

describe("the list by days", () => {
  const plan = (at: string) => ({ startsAt: Date.parse(at) });
  const plans = ["2026-11-30T22:30Z", "2026-11-30T08:00Z", "2026-11-30T23:30Z", "2026-12-01T09:00Z"].map(
    plan,
  );

  test("is sorted by time, and its days are those of the zone", () => {
    const days = daysOf(plans, 10, BERLIN);
    expect(days.map(({ day, plans }) => [day, plans.length])).toEqual([
      ["2026-11-30", 2],
      ["2026-12-01", 2],
    ]);
    expect(days[0]?.plans[0]).toEqual(plan("2026-11-30T08:00Z"));
    expect(daysOf(plans, 10, "UTC").map(({ plans }) => plans.length)).toEqual([3, 1]);
  });

  test("shows as many as asked for, the earliest", () => {
    expect(daysOf(plans, 3, BERLIN).flatMap(({ plans }) => plans).length).toBe(3);
    expect(daysOf(plans, 1, BERLIN)[0]?.at).toBe(Date.parse("2026-11-30T08:00Z"));
  });

  test("knows today and tomorrow of the zone, over a change of the clocks too", () => {
    const now = Date.parse("2026-10-24T20:00Z");
    expect(daysFrom(now, Date.parse("2026-10-24T21:59Z"), BERLIN)).toBe(0);
    expect(daysFrom(now, Date.parse("2026-10-24T22:01Z"), BERLIN)).toBe(1);
    expect(daysFrom(now, Date.parse("2026-10-25T22:59Z"), BERLIN)).toBe(1);
    expect(daysFrom(now, Date.parse("2026-10-24T22:01Z"), NEW_YORK)).toBe(0);
  });
});
