/** Months by name, as the ledger counts them: "2026-11", in Berlin. */

/** The month of `at`, Unix milliseconds. */
export function monthOf(at: number): string {
  const parts = { year: "numeric", month: "2-digit", timeZone: "Europe/Berlin" } as const;
  // Swedish writes dates the way the ledger does
  return new Intl.DateTimeFormat("sv-SE", parts).format(at);
}

/** The month `by` months later; below 0 earlier. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const months = year * 12 + number - 1 + by;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}`;
}
