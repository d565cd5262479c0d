/** Every table of the database. The server holds accounts, ciphertext and routing handles; names of clients, codes and
 * link secrets exist only inside the boxes, which it cannot open (e2ee.md §2.10). Times are Unix milliseconds. */
import { sql } from "drizzle-orm";
import {
  check,
  customType,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Bytes } from "../wire/bytes.ts";
import type { CallId, ItemId, PracticeId, Rid, RoomId } from "../wire/ids.ts";

export const bytes = customType<{ data: Bytes; driverData: ArrayBuffer | Uint8Array }>({
  dataType: () => "blob",
  toDriver: (value) => value,
  fromDriver: (value) => new Uint8Array(value),
});

/** What this database belongs to: one row, so that a wrong key file is noticed before anybody fails to log in. */
export const installation = sqliteTable(
  "installation",
  { id: integer("id").primaryKey(), keyCheck: bytes("key_check").notNull() },
  (table) => [check("installation_one_row", sql`${table.id} = 1`)],
);

/** A therapist's account. `loginHash` and `recoveryHash` are HMACs under the pepper, `wrap` and `wrapR` seal the vault key. */
export const practices = sqliteTable("practices", {
  id: text("id").$type<PracticeId>().primaryKey(),
  user: text("user").notNull().unique(),
  email: text("email"),
  salt: bytes("salt").notNull(),
  passes: integer("passes").notNull(),
  memoryBytes: integer("memory_bytes").notNull(),
  loginHash: bytes("login_hash").notNull(),
  recoveryHash: bytes("recovery_hash").notNull(),
  wrap: bytes("wrap").notNull(),
  wrapR: bytes("wrap_r").notNull(),
  createdAt: integer("created_at").notNull(),
});

/** HMACs of all user names ever given out. Outlives the account, so that a name is never given out again. */
export const names = sqliteTable("names", { hash: bytes("hash").primaryKey() });

/** A browser that is logged in. Only hashes of its token are kept; `sessionHalf` is null while it is locked (TP1 §2.5). */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    tokenHash: bytes("token_hash").notNull().unique(),
    /** The token before the last rotation; good until `previousUntil`, and without end while that is null. */
    previousHash: bytes("previous_hash").unique(),
    previousUntil: integer("previous_until"),
    rotatedAt: integer("rotated_at").notNull(),
    sessionHalf: bytes("session_half"),
    createdAt: integer("created_at").notNull(),
    lastSeenAt: integer("last_seen_at").notNull(),
    agent: text("agent").notNull(),
  },
  (table) => [index("sessions_by_practice").on(table.practice)],
);

/** One vault per practice. `counter` goes up by one with every write; a write names the counter it was made on. */
export const vaults = sqliteTable("vaults", {
  practice: text("practice")
    .$type<PracticeId>()
    .primaryKey()
    .references(() => practices.id, { onDelete: "cascade" }),
  counter: integer("counter").notNull(),
  manifest: bytes("manifest"),
});

/** A sealed record of a vault. */
export const items = sqliteTable(
  "items",
  {
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    id: text("id").$type<ItemId>().notNull(),
    version: integer("version").notNull(),
    box: bytes("box").notNull(),
  },
  (table) => [primaryKey({ columns: [table.practice, table.id] })],
);

/** Routing handles: which practice answers for a link. */
export const links = sqliteTable(
  "links",
  {
    rid: text("rid").$type<Rid>().primaryKey(),
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("links_by_practice").on(table.practice)],
);

/** Activations. A room past `closesAt` counts as closed unless a call is in it; `closedAt` is when it really ended. */
export const rooms = sqliteTable(
  "rooms",
  {
    id: text("id").$type<RoomId>().primaryKey(),
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    openedAt: integer("opened_at").notNull(),
    closesAt: integer("closes_at").notNull(),
    closedAt: integer("closed_at"),
    call: text("call").$type<CallId>(),
  },
  (table) => [
    index("rooms_open_by_practice").on(table.practice).where(sql`${table.closedAt} is null`),
    index("rooms_by_closing").on(table.closedAt),
    index("rooms_by_call").on(table.call).where(sql`${table.call} is not null`),
  ],
);

/** The links of a room. The unique index is the rule "a client is in at most one open room" (product.md). */
export const roomLinks = sqliteTable(
  "room_links",
  {
    room: text("room")
      .$type<RoomId>()
      .notNull()
      .references(() => rooms.id, { onDelete: "cascade" }),
    rid: text("rid")
      .$type<Rid>()
      .notNull()
      .references(() => links.rid, { onDelete: "cascade" }),
    /** Position of the client in the room: links of one merged client share it. */
    client: integer("client").notNull(),
    open: integer("open", { mode: "boolean" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.room, table.rid] }),
    uniqueIndex("room_links_one_open").on(table.rid).where(sql`${table.open} = 1`),
    index("room_links_by_rid").on(table.rid),
  ],
);
