/** Tables of metering and of the ledger. `calls` and `intervals` are what a call needs until it is settled, and what the statement shows
 * until the retention deletes it; `entries` stay for good and lead to nobody (LG6). Days are whole days since 1970-01-01 in Berlin. */
import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import type { CallId, PracticeId, RoomId } from "../wire/ids.ts";
import type { MinuteKind } from "../wire/ledger.ts";
import { bytes, practices } from "./schema.ts";

/** The random number under which a practice's entries stand; goes with the account, and with it the only way from entries to it. */
export const ledgerNumbers = sqliteTable("ledger_numbers", {
  practice: text("practice")
    .$type<PracticeId>()
    .primaryKey()
    .references(() => practices.id, { onDelete: "cascade" }),
  number: text("number").notNull().unique(),
});

/** Which balance an entry changes. `promotion` changes none: it only says which minutes were free. */
export type EntryAccount = "points" | "trial" | "package" | "promotion";

/** [LG1] Append only: triggers refuse every change, also that of `INSERT OR REPLACE`, which fires none of a deletion (migration `ledger`). */
export const entries = sqliteTable(
  "entries",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    number: text("number").notNull(),
    day: integer("day").notNull(),
    account: text("account").$type<EntryAccount>().notNull(),
    /** Null for what is no call. */
    kind: text("kind").$type<MinuteKind>(),
    /** Minutes of a call that this entry books; below 0 only in a correction. */
    minutes: integer("minutes").notNull(),
    /** Change of the balance: thousandths of a point, or minutes of the trial or of a package. */
    amount: integer("amount").notNull(),
    /** Thousandths of a point that the promotion waived. */
    waived: integer("waived").notNull(),
    /** The grant whose minutes are used. */
    grant: integer("grant_entry"),
    /** Last day of a package. */
    until: integer("until"),
    /** The entry that this one mends. */
    corrects: integer("corrects"),
    /** [LG3] One per call, grant or voucher, with the number of the line in it. */
    key: bytes("key").notNull(),
    line: integer("line").notNull(),
  },
  (table) => [
    unique("entries_once").on(table.key, table.line),
    index("entries_by_day").on(table.number, table.day),
    index("entries_by_account").on(table.number, table.account),
  ],
);

/** The newest row whose day has come is the tariff of its kind. Append only, so the past keeps its prices. */
export const tariffs = sqliteTable(
  "tariffs",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    kind: text("kind").$type<MinuteKind>().notNull(),
    from: integer("from_day").notNull(),
    price: integer("price").notNull(),
    free: integer("free", { mode: "boolean" }).notNull(),
  },
  (table) => [
    index("tariffs_by_day").on(table.kind, table.from),
    check("tariffs_price", sql`${table.price} >= 0`),
  ],
);

/** [LG5] A voucher by the hash of its code. `key` is random and becomes the key of its entry, so that entry and code have nothing in
 * common once this row is deleted. */
export const vouchers = sqliteTable("vouchers", {
  hash: bytes("hash").primaryKey(),
  key: bytes("key").notNull().unique(),
  account: text("account").$type<"points" | "package">().notNull(),
  amount: integer("amount").notNull(),
  /** Days a package lasts once redeemed; null: without end. */
  days: integer("days"),
  /** Last day on which it can be redeemed; null: without end. */
  until: integer("until"),
  redeemed: integer("redeemed_day"),
});

/** A metered call. It is settled once: from then on its entries say what it cost. */
export const calls = sqliteTable(
  "calls",
  {
    id: text("id").$type<CallId>().primaryKey(),
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    room: text("room").$type<RoomId>().notNull(),
    /** Start of the first interval, Unix milliseconds; labels only (BM3). */
    begunAt: integer("begun_at").notNull(),
    settledAt: integer("settled_at"),
  },
  (table) => [
    index("calls_by_practice").on(table.practice, table.begunAt),
    index("calls_by_settling").on(table.settledAt),
  ],
);

/** Of several nodes: the run of a server that measures the calls of a practice; any other is refused. No row: whoever measures. */
export const holds = sqliteTable("holds", {
  practice: text("practice")
    .$type<PracticeId>()
    .primaryKey()
    .references(() => practices.id, { onDelete: "cascade" }),
  run: text("run").notNull(),
});

/** [BM6] Spans in which people were present; the last one of a run is as long as the last beat says. */
export const intervals = sqliteTable(
  "intervals",
  {
    call: text("call")
      .$type<CallId>()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    /** Random per run of the server: each has a monotonic clock of its own. */
    run: text("run").notNull(),
    n: integer("n").notNull(),
    kind: text("kind").$type<MinuteKind>().notNull(),
    begunAt: integer("begun_at").notNull(),
    length: integer("length_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.call, table.run, table.n] })],
);
