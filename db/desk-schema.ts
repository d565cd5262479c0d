/** Tables of the therapist's desk: planned calls, the calendar feed, the practice's logo. The server knows of a client only the handle of the
 * link; names, codes and titles stay in the vault (e2ee.md §2.10). Times are Unix milliseconds. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { LogoId, PlanId, PracticeId, Rid, SeriesId } from "../wire/ids.ts";
import { bytes, links, practices } from "./schema.ts";

const practice = () =>
  text("practice")
    .$type<PracticeId>()
    .notNull()
    .references(() => practices.id, { onDelete: "cascade" });

/** A call at a time. Of a weekly series each date is a row; `series` keeps them together. */
export const plannedCalls = sqliteTable(
  "planned_calls",
  {
    id: text("id").$type<PlanId>().primaryKey(),
    practice: practice(),
    startsAt: integer("starts_at").notNull(),
    series: text("series").$type<SeriesId>(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("planned_by_time").on(table.practice, table.startsAt)],
);

/** For whom: the links of each client; those of one merged client share `client`. */
export const plannedLinks = sqliteTable(
  "planned_links",
  {
    plan: text("plan")
      .$type<PlanId>()
      .notNull()
      .references(() => plannedCalls.id, { onDelete: "cascade" }),
    rid: text("rid")
      .$type<Rid>()
      .notNull()
      .references(() => links.rid, { onDelete: "cascade" }),
    client: integer("client").notNull(),
  },
  (table) => [primaryKey({ columns: [table.plan, table.rid] }), index("planned_links_by_rid").on(table.rid)],
);

/** The private calendar of a practice, found by the hash of its address's secret. */
export const feeds = sqliteTable("feeds", {
  practice: practice().primaryKey(),
  tokenHash: bytes("token_hash").notNull().unique(),
  createdAt: integer("created_at").notNull(),
});

/** The sealed logo of a practice; the key lies in the vault and in the brands (TP1 §2.9). */
export const logos = sqliteTable("logos", {
  practice: practice().primaryKey(),
  /** Random, new with each logo: what a brand names. */
  id: text("id").$type<LogoId>().notNull().unique(),
  box: bytes("box").notNull(),
  createdAt: integer("created_at").notNull(),
});

/** What a client's page shows before the therapist is there: sealed under a key that only the link gives (TP1 §2.9). */
export const brands = sqliteTable("brands", {
  rid: text("rid")
    .$type<Rid>()
    .primaryKey()
    .references(() => links.rid, { onDelete: "cascade" }),
  box: bytes("box").notNull(),
});
