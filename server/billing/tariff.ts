/** What the minutes of a call cost and who pays them, in the order of TF4. Pure. */
import type { ToPrice } from "../../db/calls.ts";
import type { GrantLeft, Line, Standing } from "../../db/ledger.ts";
import { MINUTE_KINDS, type MinuteKind, type Tariffs } from "../../wire/ledger.ts";

const MINUTE_MS = 60_000;

/** [BM4] Started minutes: rounded up once, after all intervals of a kind are added up. No time is no minute. */
export function minutesOf(length: number): number {
  return Math.ceil(length / MINUTE_MS);
}

/** [TF4] The lines of a settled call: promotion, then trial, then packages (earliest end first), then points. None where nobody met. */
export function linesOf({ lengths, tariffs, grants }: ToPrice): Line[] {
  const left = new Map(grants.map((grant) => [grant.id, grant.minutes]));
  return MINUTE_KINDS.flatMap((kind) => {
    const minutes = minutesOf(lengths[kind]);
    if (minutes === 0) return [];
    const { price, free } = tariffs[kind];
    if (free) return [{ ...LINE, account: "promotion", kind, minutes, waived: minutes * price }];
    const drawn = draw(kind, minutes, grants, left);
    const rest = minutes - drawn.reduce((sum, line) => sum + line.minutes, 0);
    return rest === 0
      ? drawn
      : [...drawn, { ...LINE, account: "points", kind, minutes: rest, amount: 0 - rest * price }];
  });
}

const LINE = { amount: 0, waived: 0, grant: null, until: null, corrects: null } as const;

function draw(kind: MinuteKind, minutes: number, grants: readonly GrantLeft[], left: Map<number, number>) {
  const lines: Line[] = [];
  let rest = minutes;
  for (const { id, account } of inOrder(kind, grants)) {
    const used = Math.min(rest, left.get(id) ?? 0);
    if (used === 0) continue;
    left.set(id, (left.get(id) ?? 0) - used);
    rest -= used;
    lines.push({ ...LINE, account, kind, minutes: used, amount: 0 - used, grant: id });
  }
  return lines;
}

/** [TF3] Trial minutes are group minutes; they go before any package. */
function inOrder(kind: MinuteKind, grants: readonly GrantLeft[]): GrantLeft[] {
  const of = (account: GrantLeft["account"]) => grants.filter((grant) => grant.account === account);
  return [...(kind === "group" ? of("trial") : []), ...of("package")];
}

/** [TF5] May a call of this kind begin? A free one always; a charged one where minutes or points are left. */
export function mayStart(kind: MinuteKind, { points, grants }: Standing, tariffs: Tariffs): boolean {
  const { free, price } = tariffs[kind];
  return free || price === 0 || points > 0 || inOrder(kind, grants).some((grant) => grant.minutes > 0);
}
