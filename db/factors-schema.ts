/** Tables of the second factor: what an account is asked for after its password. The secret of the app's codes is sealed under the server's
 * key file, spare codes are hashed under it, and a passkey leaves a public key only: a backup of the database alone opens nothing. Times are
 * Unix milliseconds. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PasskeyId, PracticeId } from "../wire/ids.ts";
import { bytes, practices } from "./schema.ts";

/** Codes of an app. `lastStep` is the newest span of 30 s whose code was used: none before it works again. */
export const totps = sqliteTable("factor_totps", {
  practice: text("practice")
    .$type<PracticeId>()
    .primaryKey()
    .references(() => practices.id, { onDelete: "cascade" }),
  box: bytes("box").notNull(),
  lastStep: integer("last_step").notNull(),
  createdAt: integer("created_at").notNull(),
});

/** Passkeys. `counter` is what the authenticator counted last, 0 where it does not count. */
export const passkeys = sqliteTable(
  "factor_passkeys",
  {
    id: text("id").$type<PasskeyId>().primaryKey(),
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    credential: text("credential").notNull().unique(),
    publicKey: bytes("public_key").notNull(),
    counter: integer("counter").notNull(),
    transports: text("transports", { mode: "json" }).$type<string[]>().notNull(),
    name: text("name").notNull(),
    createdAt: integer("created_at").notNull(),
    lastUsedAt: integer("last_used_at"),
  },
  (table) => [index("factor_passkeys_by_practice").on(table.practice)],
);

/** Spare codes that were not used yet. */
export const spares = sqliteTable(
  "factor_spares",
  {
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    hash: bytes("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.practice, table.hash] })],
);
