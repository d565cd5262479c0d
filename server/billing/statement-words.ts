/** What a printed statement says, in German and English, and how it writes amounts, days and times. */
import type { CreditLine, MinuteKind, PaidBy } from "../../wire/ledger.ts";
import { POINT } from "../../wire/ledger.ts";

export type Lang = "de" | "en";
export const LANGS: readonly Lang[] = ["de", "en"];

type Words = {
  readonly title: string;
  readonly practice: string;
  readonly madeAt: string;
  readonly page: (n: number, of: number) => string;
  readonly call: string;
  readonly calls: string;
  readonly noCalls: string;
  readonly credit: string;
  readonly credits: string;
  readonly correction: string;
  readonly sum: string;
  readonly before: string;
  readonly after: string;
  readonly kind: string;
  readonly day: string;
  readonly begun: string;
  readonly minutes: string;
  readonly minutesOf: Readonly<Record<MinuteKind, string>>;
  readonly paidBy: string;
  readonly paid: Readonly<Record<PaidBy, string>>;
  readonly price: string;
  readonly waived: string;
  readonly gaps: string;
  readonly gapsForm: string;
  readonly gapMinutes: string;
  readonly account: string;
  readonly accounts: Readonly<Record<CreditLine["account"], string>>;
  readonly amount: string;
  readonly until: string;
  readonly balance: string;
};

export const WORDS: Readonly<Record<Lang, Words>> = {
  de: {
    title: "Abrechnung",
    practice: "Praxis",
    madeAt: "Erstellt am",
    page: (n, of) => `Seite ${n} von ${of}`,
    call: "Gespräch",
    calls: "Gespräche",
    noCalls: "Keine Gespräche in diesem Monat.",
    credit: "Gutschrift",
    credits: "Gutschriften und Korrekturen",
    correction: "Korrektur",
    sum: "Summe",
    before: "Punkte vor dem Monat",
    after: "Punkte nach dem Monat",
    kind: "Art",
    day: "Tag",
    begun: "Beginn",
    minutes: "Minuten",
    minutesOf: { single: "1:1", group: "Gruppe" },
    paidBy: "davon durch",
    paid: { promotion: "Aktion", trial: "Probe", package: "Paket", points: "Punkte" },
    price: "Preis",
    waived: "Erlassen",
    gaps: "Pausen",
    gapsForm: "Zahl / Min.",
    gapMinutes: "Pausenminuten",
    account: "Konto",
    accounts: { points: "Punkte", trial: "Probeminuten", package: "Paketminuten" },
    amount: "Menge",
    until: "Gültig bis",
    balance: "Punktestand",
  },
  en: {
    title: "Statement",
    practice: "Practice",
    madeAt: "Made on",
    page: (n, of) => `Page ${n} of ${of}`,
    call: "Call",
    calls: "Calls",
    noCalls: "No calls in this month.",
    credit: "Credit",
    credits: "Credits and corrections",
    correction: "Correction",
    sum: "Sum",
    before: "Points before the month",
    after: "Points after the month",
    kind: "Kind",
    day: "Day",
    begun: "Start",
    minutes: "Minutes",
    minutesOf: { single: "1:1", group: "Group" },
    paidBy: "of these by",
    paid: { promotion: "Promotion", trial: "Trial", package: "Package", points: "Points" },
    price: "Price",
    waived: "Waived",
    gaps: "Pauses",
    gapsForm: "no. / min",
    gapMinutes: "Pause minutes",
    account: "Account",
    accounts: { points: "Points", trial: "Trial minutes", package: "Package minutes" },
    amount: "Amount",
    until: "Valid until",
    balance: "Points balance",
  },
};

/** Thousandths of a point as points, exact to the last unit and without grouping: 400 is `0,4` in German. */
export function pointsText(amount: number, lang: Lang): string {
  const size = Math.abs(amount);
  const rest = String(size % POINT)
    .padStart(3, "0")
    .replace(/0+$/, "");
  const whole = `${amount < 0 ? "-" : ""}${Math.floor(size / POINT)}`;
  return rest === "" ? whole : `${whole}${lang === "de" ? "," : "."}${rest}`;
}

/** The amount of a credit in the unit of its account. */
export function creditText({ account, amount }: CreditLine, lang: Lang): string {
  return account === "points" ? pointsText(amount, lang) : String(amount);
}

const LOCALES = { de: "de-DE", en: "en-GB" } as const;

/** `2026-11` as `November 2026`. */
export function monthName(month: string, lang: Lang): string {
  const style = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(LOCALES[lang], style).format(Date.parse(`${month}-01T00:00:00Z`));
}

/** `2026-11-25` as `25.11.2026` in German; days of other languages stay as they are, which none reads wrong. */
export function dayName(day: string, lang: Lang): string {
  return lang === "de" ? day.split("-").reverse().join(".") : day;
}

const TIME = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin",
  hour: "2-digit",
  minute: "2-digit",
});

/** The time of day of a moment (Unix milliseconds) in Berlin, `09:05`. */
export function timeText(wall: number): string {
  return TIME.format(wall);
}
