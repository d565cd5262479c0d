/** Whether the database takes writes right now. */
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { installation } from "./schema.ts";

/** For readiness. */
export function createProbe(db: Database) {
  return {
    /** Writes what is there already. Throws the errors of db/errors.ts. */
    write: (): Promise<void> =>
      db.write(async (tx) => {
        await tx.update(installation).set({ keyCheck: sql`${installation.keyCheck}` });
      }),
  };
}
