/** Which run of a server measures the calls of a practice, where there are several nodes: the last word on it, since it stands in the same
 * database as the ledger. Who was overtaken without noticing writes nothing any more, so no minute is booked twice. */
import { eq } from "drizzle-orm";
import type { PracticeId } from "../wire/ids.ts";
import type { Database, Reader } from "./database.ts";
import { holds } from "./ledger-schema.ts";
import { practices } from "./schema.ts";

/** Another run measures the calls of this practice: nothing was stored. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/** Queries on who measures. */
export function createHolds(db: Database) {
  return {
    /** From now on `run` measures the calls of this practice, and nobody else. */
    take: (practice: PracticeId, run: string): Promise<void> =>
      db.write(async (tx) => {
        const [row] = await tx.select({ id: practices.id }).from(practices).where(eq(practices.id, practice));
        if (!row) return;
        await tx
          .insert(holds)
          .values({ practice, run })
          .onConflictDoUpdate({ target: holds.practice, set: { run } });
      }),
  };
}

/** Throws `Overtaken` where another run measures. */
export async function mustHold(tx: Reader, practice: PracticeId, run: string): Promise<void> {
  const [row] = await tx.select({ run: holds.run }).from(holds).where(eq(holds.practice, practice));
  if (row && row.run !== run) throw new Overtaken();
}
