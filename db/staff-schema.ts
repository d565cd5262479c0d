/** Tables of practice staff: who works for which practice, by which invitation, and what is shared with whom. Labels and links lie in boxes
 * that the server cannot open (e2ee.md §2.11). Times are Unix milliseconds. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { InvitationId, PracticeId, Rid } from "../wire/ids.ts";
import { bytes, links, practices } from "./schema.ts";

/** A link that makes somebody practice staff, once; found by the hash of its token. A used one stays for a while, so that the page can say so. */
export const invitations = sqliteTable(
  "staff_invitations",
  {
    id: text("id").$type<InvitationId>().primaryKey(),
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    tokenHash: bytes("token_hash").notNull().unique(),
    createdAt: integer("created_at").notNull(),
    usedAt: integer("used_at"),
  },
  (table) => [index("staff_invitations_by_practice").on(table.practice)],
);

/** An account with the second role. `practice` is null once the access was taken away or the practice is gone: the row stays, so that the
 * account never becomes a therapist's. */
export const staff = sqliteTable(
  "staff",
  {
    account: text("account")
      .$type<PracticeId>()
      .primaryKey()
      .references(() => practices.id, { onDelete: "cascade" }),
    practice: text("practice")
      .$type<PracticeId>()
      .references(() => practices.id, { onDelete: "set null" }),
    invitation: text("invitation").$type<InvitationId>().notNull().unique(),
    since: integer("since").notNull(),
  },
  (table) => [index("staff_by_practice").on(table.practice)],
);

/** A link that staff may send. Goes with the link: a new one is shared again by the therapist's page. */
export const shared = sqliteTable(
  "staff_shared",
  {
    account: text("account")
      .$type<PracticeId>()
      .notNull()
      .references(() => staff.account, { onDelete: "cascade" }),
    rid: text("rid")
      .$type<Rid>()
      .notNull()
      .references(() => links.rid, { onDelete: "cascade" }),
    box: bytes("box").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.rid] }),
    index("staff_shared_by_rid").on(table.rid),
  ],
);
