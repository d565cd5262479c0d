/** Webhooks of a token: made, listed with how they fare, removed. */
import { and, asc, count, eq } from "drizzle-orm";
import { WEBHOOKS_PER_TOKEN_MAX, type Webhook } from "../wire/api.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { TokenId, WebhookId } from "../wire/ids.ts";
import { deliveries, webhooks } from "./api-schema.ts";
import type { Database } from "./database.ts";

/** A webhook as it is stored first; the secret has 32 B. */
export type WebhookDraft = {
  readonly id: WebhookId;
  readonly token: TokenId;
  readonly url: string;
  readonly secret: Bytes;
  readonly createdAt: number;
};

/** Queries on webhooks. A token sees its own only. */
export function createWebhooks(db: Database) {
  return {
    /** Stores a new one. False where the token has `WEBHOOKS_PER_TOKEN_MAX` already. */
    add: (draft: WebhookDraft): Promise<boolean> =>
      db.write(async (tx) => {
        const mine = eq(webhooks.token, draft.token);
        const [row] = await tx.select({ n: count() }).from(webhooks).where(mine);
        if ((row?.n ?? 0) >= WEBHOOKS_PER_TOKEN_MAX) return false;
        await tx.insert(webhooks).values({ ...draft, dropped: 0, fault: null });
        return true;
      }),

    /** Those of a token, the oldest first. */
    of: (token: TokenId): Promise<Webhook[]> =>
      db.read((tx) => {
        const { id: webhook, url, createdAt, dropped, fault } = webhooks;
        return tx
          .select({ webhook, url, createdAt, dropped, fault, waiting: count(deliveries.id) })
          .from(webhooks)
          .leftJoin(deliveries, eq(deliveries.webhook, webhooks.id))
          .where(eq(webhooks.token, token))
          .groupBy(webhooks.id)
          .orderBy(asc(createdAt), asc(webhook));
      }),

    /** Removes one with what waits for it. False where the token has none of this name. */
    remove: (token: TokenId, id: WebhookId): Promise<boolean> =>
      db.write(async (tx) => {
        const that = and(eq(webhooks.token, token), eq(webhooks.id, id));
        return (await tx.delete(webhooks).where(that).returning({ id: webhooks.id })).length > 0;
      }),
  };
}
