/** When to remind of the next planned call. */

/** Long enough to finish what one does, short enough not to forget it again. */
export const BEFORE_MS = 5 * 60_000;

type Planned = { readonly plan: string; readonly startsAt: number };

/** The earliest moment after `now` to remind at, and of which plan; null: of none. All Unix milliseconds. */
export function nextReminder(
  plans: readonly Planned[],
  now: number,
): { readonly at: number; readonly plan: string } | null {
  const due = plans.map(({ plan, startsAt }) => ({ plan, at: startsAt - BEFORE_MS }));
  const ahead = due.filter(({ at }) => at > now).sort((a, b) => a.at - b.at);
  return ahead[0] ?? null;
}
