/** Days and months of the ledger: whole days since 1970-01-01 as they are counted in Berlin and Vienna, whatever the server's own zone. */
const DAY_MS = 24 * 60 * 60_000;
const ZONE = "Europe/Berlin";
const PARTS = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});
const MONTH = /^(20\d\d)-(0[1-9]|1[0-2])$/;

/** The day in which a moment (Unix milliseconds) lies. */
export function dayOf(wall: number): number {
  return Date.parse(`${PARTS.format(wall)}T00:00:00Z`) / DAY_MS;
}

/** A day as `2026-11-25`. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day that is written; null for what is none, such as `2026-02-30`. */
export function dayIn(text: string): number | null {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return null;
  const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS;
  return Number.isInteger(day) && dayText(day) === text ? day : null;
}

/** A month: its first and last day. */
export type Month = { readonly text: string; readonly first: number; readonly last: number };

/** The month written as `2026-11`; null for what is none. */
export function monthIn(text: string): Month | null {
  const [, year, month] = MONTH.exec(text) ?? [];
  if (year === undefined || month === undefined) return null;
  const first = Date.UTC(Number(year), Number(month) - 1) / DAY_MS;
  return { text, first, last: Date.UTC(Number(year), Number(month)) / DAY_MS - 1 };
}

/** Every month from that of `from` to that of `to`, both days, as `2026-11`; the oldest first. */
export function monthsBetween(from: number, to: number): string[] {
  const months: string[] = [];
  for (let day = from; day <= to; day++) {
    const month = dayText(day).slice(0, 7);
    if (months.at(-1) !== month) months.push(month);
  }
  return months;
}

/** The Monday of a day's week. */
export function mondayOf(day: number): number {
  // 1970-01-01 was a Thursday
  return day - ((day + 3) % 7);
}

/** Unix milliseconds between which every moment of these days lies, with a day to spare on both sides for the zone. */
export function around(first: number, last: number): { from: number; to: number } {
  return { from: (first - 1) * DAY_MS, to: (last + 2) * DAY_MS };
}
