/** Points, minutes and days of the ledger as people read them, in the language of the page. */
import { POINT } from "../../wire/ledger.ts";
import { language } from "./language.ts";
import { t } from "./ledger.ts";

const tag = () => (language() === "de" ? "de-DE" : "en-GB");
/** The ledger's days are those of Berlin (LG6), and so are its times, wherever the browser is. */
const ZONE = "Europe/Berlin";
/** The minus sign lines up with digits, the hyphen does not. */
const withMinus = (text: string) => text.replace("-", "−");

/** "1.000", "0,40", "0,333" of thousandths: two decimals where there are any, three where the last one counts. */
export function decimal(thousandths: number): string {
  const least = thousandths % POINT === 0 ? 0 : 2;
  const digits = { minimumFractionDigits: least, maximumFractionDigits: 3 };
  return withMinus(new Intl.NumberFormat(tag(), digits).format(thousandths / POINT));
}

/** "20 Punkte". */
export function sayPoints(thousandths: number): string {
  return t("points", decimal(thousandths), Math.abs(thousandths) === POINT);
}

/** "9.000 min". */
export function sayMinutes(minutes: number): string {
  return t("minutes", decimal(minutes * POINT));
}

/** "+500 Punkte", "−12 min": what a balance has gained or lost. */
export function sayChange(account: "points" | "minutes", amount: number): string {
  return (amount > 0 ? "+" : "") + (account === "points" ? sayPoints(amount) : sayMinutes(amount));
}

// noon, so that no zone moves the day
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);

/** "25. November 2026" of "2026-11-25". */
export function sayDay(day: string): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "long", timeZone: ZONE }).format(noon(day));
}

/** "Mi., 25. Nov.": a day among others of its month. */
export function shortDay(day: string): string {
  const parts = { weekday: "short", day: "numeric", month: "short", timeZone: ZONE } as const;
  return new Intl.DateTimeFormat(tag(), parts).format(noon(day));
}

/** "25.11.": as short as a day gets. */
export function tinyDay(day: string): string {
  const parts = { day: "numeric", month: "numeric", timeZone: ZONE } as const;
  return new Intl.DateTimeFormat(tag(), parts).format(noon(day));
}

/** "10:05" of Unix milliseconds. */
export function sayTime(at: number): string {
  return new Intl.DateTimeFormat(tag(), { timeStyle: "short", timeZone: ZONE }).format(at);
}

/** "November 2026" of "2026-11". */
export function sayMonth(month: string): string {
  const parts = { month: "long", year: "numeric", timeZone: ZONE } as const;
  return new Intl.DateTimeFormat(tag(), parts).format(noon(`${month}-15`));
}
