/** What minutes cost on a day: the newest row of a kind whose day has come. Rows are only ever added, so the past keeps its prices. */
import { and, asc, desc, eq, lte } from "drizzle-orm";
import type { MinuteKind, Tariff, Tariffs } from "../wire/ledger.ts";
import type { Reader, Writer } from "./database.ts";
import { tariffs } from "./ledger-schema.ts";

/** What a minute of a kind costs from a day on, in thousandths of a point. */
export type TariffRow = Tariff & { readonly kind: MinuteKind; readonly from: number };

/** The tariffs that hold on a day. */
export async function tariffsOf(tx: Reader, day: number): Promise<Tariffs> {
  const single = await tariffOf(tx, "single", day);
  const group = await tariffOf(tx, "group", day);
  if (!single || !group) throw new Error("every kind of minute has a tariff from the first migration on");
  return { single, group };
}

async function tariffOf(tx: Reader, kind: MinuteKind, day: number) {
  const [row] = await tx
    .select({ price: tariffs.price, free: tariffs.free })
    .from(tariffs)
    .where(and(eq(tariffs.kind, kind), lte(tariffs.from, day)))
    .orderBy(desc(tariffs.from), desc(tariffs.id))
    .limit(1);
  return row;
}

/** Every row there ever was, in the order in which they begin to hold. */
export async function tariffRowsOf(tx: Reader): Promise<TariffRow[]> {
  return await tx
    .select({ kind: tariffs.kind, from: tariffs.from, price: tariffs.price, free: tariffs.free })
    .from(tariffs)
    .orderBy(asc(tariffs.from), asc(tariffs.id));
}

/** Adds rows, of which there must be one. */
export async function addTariffs(tx: Writer, rows: readonly TariffRow[]): Promise<void> {
  await tx.insert(tariffs).values([...rows]);
}
