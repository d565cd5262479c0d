/** Which rows a change of a tariff adds: rows are never taken away, so what shall end is followed by a row with what held before. Pure. */
import type { TariffRow } from "../../db/tariffs.ts";

/** The rows to add so that `row` holds from its day up to and with `until` (null: until the next row that is there already), and on
 * every other day what holds there now. `known` is in the order in which its rows begin to hold. */
export function rowsToAdd(known: readonly TariffRow[], row: TariffRow, until: number | null): TariffRow[] {
  if (until === null) return [row];
  const own = known.filter(({ kind }) => kind === row.kind);
  const covered = own.filter(({ from }) => from > row.from && from <= until).map(({ from }) => from);
  const next = own.findLast(({ from }) => from <= until + 1);
  const back = next === undefined || next.from === until + 1 ? [] : [{ ...next, from: until + 1 }];
  return [row, ...[...new Set(covered)].map((from) => ({ ...row, from })), ...back];
}
