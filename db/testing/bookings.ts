/** Made-up lines, bookings and vouchers for the tests of the ledger. */
import { createClient } from "@libsql/client";
import type { PracticeId } from "../../wire/ids.ts";
import type { DatabaseAddress } from "../database.ts";
import type { Booking, Line } from "../ledger.ts";
import type { Store } from "../store.ts";
import type { Voucher } from "../vouchers.ts";
import { noise, storePractice } from "./samples.ts";

const NOTHING = { kind: null, minutes: 0, waived: 0, grant: null, until: null, corrects: null } as const;

/** Thousandths of a point credited. */
export function pointsLine(amount: number): Line {
  return { ...NOTHING, account: "points", amount };
}

/** A package of minutes that counts up to and with `until`. */
export function packageLine(minutes: number, until: number | null): Line {
  return { ...NOTHING, account: "package", amount: minutes, until };
}

/** Group minutes of a call, out of a grant. */
export function usedLine(account: "trial" | "package", grant: number, minutes: number): Line {
  return { ...NOTHING, account, kind: "group", minutes, amount: 0 - minutes, grant };
}

/** A booking with a key of its own. */
export function sampleBooking(number: string, day = 100): Booking {
  return { number, day, key: noise(32) };
}

/** A voucher of twenty points, without any end. */
export function sampleVoucher(more: Partial<Voucher> = {}): Omit<Voucher, "redeemed"> {
  return {
    hash: noise(32),
    key: noise(32),
    account: "points",
    amount: 20_000,
    days: null,
    until: null,
    ...more,
  };
}

/** A new practice and the number its entries stand under. */
export async function storeLedger(store: Store): Promise<{ practice: PracticeId; number: string }> {
  const { practice } = await storePractice(store);
  const number = await store.ledger.numberOf(practice.id);
  if (number === null) throw new Error("no number");
  return { practice: practice.id, number };
}

/** Every entry of a practice, whatever its day. */
export function allEntries(store: Store, number: string) {
  return store.ledger.entries(number, 0, 1_000_000);
}

/** Runs a statement beside the store, as somebody with the database in their hands would. */
export async function runRaw(
  { url, token }: DatabaseAddress,
  sql: string,
): Promise<Record<string, unknown>[]> {
  const client = createClient({ url, ...(token === null ? {} : { authToken: token }) });
  try {
    return (await client.execute(sql)).rows.map((row) => ({ ...row }));
  } finally {
    client.close();
  }
}
