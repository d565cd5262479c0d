/** The table of accounts that the operator has locked: a row is a lock. Times are Unix milliseconds. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PracticeId } from "../wire/ids.ts";
import { practices } from "./schema.ts";

export const locks = sqliteTable("account_locks", {
  practice: text("practice")
    .$type<PracticeId>()
    .primaryKey()
    .references(() => practices.id, { onDelete: "cascade" }),
  since: integer("since").notNull(),
});
