/** Tables of the API for practice software: its tokens, the webhooks they made, what waits to be delivered. All go with the practice, and
 * with a revoked token. Times are Unix milliseconds. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Scope, WebhookFault } from "../wire/api.ts";
import type { DeliveryId, PracticeId, TokenId, WebhookId } from "../wire/ids.ts";
import { bytes, practices } from "./schema.ts";

/** What an outside program shows; only the hash of it is kept. */
export const apiTokens = sqliteTable(
  "api_tokens",
  {
    id: text("id").$type<TokenId>().primaryKey(),
    practice: text("practice")
      .$type<PracticeId>()
      .notNull()
      .references(() => practices.id, { onDelete: "cascade" }),
    tokenHash: bytes("token_hash").notNull().unique(),
    label: text("label").notNull(),
    scopes: text("scopes", { mode: "json" }).$type<Scope[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    lastUsedAt: integer("last_used_at"),
  },
  (table) => [index("api_tokens_by_practice").on(table.practice)],
);

/** Where calls are told. The secret signs what is sent, so it cannot be a hash. */
export const webhooks = sqliteTable(
  "webhooks",
  {
    id: text("id").$type<WebhookId>().primaryKey(),
    token: text("token")
      .$type<TokenId>()
      .notNull()
      .references(() => apiTokens.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    secret: bytes("secret").notNull(),
    createdAt: integer("created_at").notNull(),
    /** Deliveries that were given up. */
    dropped: integer("dropped").notNull(),
    /** What the last try met; null: it arrived. */
    fault: text("fault").$type<WebhookFault>(),
  },
  (table) => [index("webhooks_by_token").on(table.token)],
);

/** The queue: a row lives until it is delivered or given up. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    id: text("id").$type<DeliveryId>().primaryKey(),
    webhook: text("webhook")
      .$type<WebhookId>()
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    body: text("body").notNull(),
    tries: integer("tries").notNull(),
    dueAt: integer("due_at").notNull(),
  },
  (table) => [index("deliveries_by_time").on(table.dueAt), index("deliveries_by_webhook").on(table.webhook)],
);
