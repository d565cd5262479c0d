/** Brings the tables to the state of the schema at start, also where several processes start on one new file. */
import { join } from "node:path";
import type { Client } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate as run } from "drizzle-orm/libsql/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { forget } from "./database.ts";

const FOLDER = join(import.meta.dir, "migrations");
/** Processes that start at once on one new file meet here; 5 tries carried 24 of 24 starts (stack.md §4). Higher: a
 * migration that cannot work is reported later. Lower: an unlucky start fails. */
const TRIES = 5;
const PAUSE_MS = 200;

/** The migrations of this version, as a database notes them. */
export function knownMigrations(): number[] {
  return readMigrationFiles({ migrationsFolder: FOLDER }).map(({ folderMillis }) => folderMillis);
}

/** Applies what is missing. Throws the last error after `TRIES`. */
export async function migrate(client: Client): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await run(drizzle(client), { migrationsFolder: FOLDER });
      return;
    } catch (error) {
      if (attempt === TRIES) throw error;
      await forget(client);
      await Bun.sleep(PAUSE_MS * attempt);
    }
  }
}
