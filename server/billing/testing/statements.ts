/** Made-up statements for the tests of CSV and PDF: their sums are added up here, as the ledger does it. */
import type { CallLine, CreditLine, PaidBy, Statement } from "../../../wire/ledger.ts";

const NOBODY: Readonly<Record<PaidBy, number>> = { promotion: 0, trial: 0, package: 0, points: 0 };

/** A call of `n`: all amounts differ from call to call, with thousandths of points among them. */
export function sampleCall(n: number, more: Partial<CallLine> = {}): CallLine {
  const group = n % 7;
  const single = 1 + (n % 50);
  return {
    day: `2026-11-${String(1 + (n % 30)).padStart(2, "0")}`,
    begunAt: Date.UTC(2026, 10, 1 + (n % 30), 8, n % 60),
    minutes: { single, group },
    paid: { ...NOBODY, promotion: single, points: group },
    price: group * 1001,
    waived: single * 400,
    gaps: { count: n % 3, minutes: n % 5 },
    ...more,
  };
}

/** A credit of twenty points. */
export function sampleCredit(more: Partial<CreditLine> = {}): CreditLine {
  return { day: "2026-11-03", account: "points", amount: 20_000, until: null, correction: false, ...more };
}

/** The statement of these lines, with `before` thousandths of a point at its beginning. */
export function sampleStatement(calls: CallLine[], credits: CreditLine[] = [], before = 0): Statement {
  const sum = (of: (call: CallLine) => number) => calls.reduce((total, call) => total + of(call), 0);
  const paid = (by: PaidBy) => sum((call) => call.paid[by]);
  const price = sum((call) => call.price);
  const credited = credits.reduce((total, one) => total + (one.account === "points" ? one.amount : 0), 0);
  return {
    month: "2026-11",
    calls,
    credits,
    sums: {
      minutes: { single: sum((call) => call.minutes.single), group: sum((call) => call.minutes.group) },
      paid: {
        promotion: paid("promotion"),
        trial: paid("trial"),
        package: paid("package"),
        points: paid("points"),
      },
      price,
      waived: sum((call) => call.waived),
    },
    before,
    after: before + credited - price,
  };
}
