/** Vouchers (LG5): stored by the hash of their code, redeemed once. */
import { and, eq, isNull } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { PracticeId } from "../wire/ids.ts";
import type { Database } from "./database.ts";
import { addEntries, type Line, numberOf } from "./ledger.ts";
import { vouchers } from "./ledger-schema.ts";

export type Voucher = typeof vouchers.$inferSelect;

/** What came of redeeming. */
export type Redeeming =
  | { kind: "credited"; account: Voucher["account"]; amount: number; until: number | null }
  | { kind: "unknown" | "used" | "over" };

/** Queries on vouchers. */
export function createVouchers(db: Database) {
  return {
    async add(made: readonly Omit<Voucher, "redeemed">[]): Promise<void> {
      await db.write((tx) => tx.insert(vouchers).values(made.map((one) => ({ ...one, redeemed: null }))));
    },

    /** Credits the voucher to the practice, in one transaction with using it up. */
    redeem: (hash: Bytes, practice: PracticeId, day: number): Promise<Redeeming> =>
      db.write(async (tx) => {
        const [voucher] = await tx.select().from(vouchers).where(eq(vouchers.hash, hash));
        const number = await numberOf(tx, practice);
        if (!voucher || number === null) return { kind: "unknown" };
        if (voucher.redeemed !== null) return { kind: "used" };
        if (voucher.until !== null && voucher.until < day) return { kind: "over" };
        const here = and(eq(vouchers.hash, hash), isNull(vouchers.redeemed));
        await tx.update(vouchers).set({ redeemed: day }).where(here);
        const line = lineOf(voucher, day);
        await addEntries(tx, { number, day, key: voucher.key }, [line]);
        return { kind: "credited", account: voucher.account, amount: voucher.amount, until: line.until };
      }),
  };
}

function lineOf({ account, amount, days }: Voucher, day: number): Line {
  const until = account === "package" && days !== null ? day + days : null;
  return { account, kind: null, minutes: 0, amount, waived: 0, grant: null, until, corrects: null };
}
