/** Tokens of practice software: made, listed, found by their hash, revoked. The token itself never comes here. */
import { and, asc, count, eq } from "drizzle-orm";
import { type ApiToken, type Scope, TOKENS_MAX } from "../wire/api.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { PracticeId, TokenId } from "../wire/ids.ts";
import { apiTokens } from "./api-schema.ts";
import type { Database } from "./database.ts";
import { isLocked } from "./locks.ts";

/** A token as it is stored first; the hash has 32 B. */
export type TokenDraft = {
  readonly id: TokenId;
  readonly practice: PracticeId;
  readonly tokenHash: Bytes;
  readonly label: string;
  readonly scopes: Scope[];
  readonly createdAt: number;
};

/** What a request with a token may do, and for whom. */
export type TokenHolder = {
  readonly id: TokenId;
  readonly practice: PracticeId;
  readonly scopes: readonly Scope[];
  readonly lastUsedAt: number | null;
  /** The operator has locked the account. */
  readonly locked: boolean;
};

/** Queries on tokens. */
export function createTokens(db: Database) {
  return {
    /** Stores a new token. False where the practice has `TOKENS_MAX` already. */
    add: (draft: TokenDraft): Promise<boolean> =>
      db.write(async (tx) => {
        const mine = eq(apiTokens.practice, draft.practice);
        const [row] = await tx.select({ n: count() }).from(apiTokens).where(mine);
        if ((row?.n ?? 0) >= TOKENS_MAX) return false;
        await tx.insert(apiTokens).values(draft);
        return true;
      }),

    /** The tokens of a practice, the oldest first. */
    of: (practice: PracticeId): Promise<ApiToken[]> =>
      db.read((tx) => {
        const { id, label, scopes, createdAt, lastUsedAt } = apiTokens;
        return tx
          .select({ id, label, scopes, createdAt, lastUsedAt })
          .from(apiTokens)
          .where(eq(apiTokens.practice, practice))
          .orderBy(asc(createdAt), asc(id));
      }),

    /** Whose token has this hash; null: nobody's, or it was revoked. */
    byHash: (tokenHash: Bytes): Promise<TokenHolder | null> =>
      db.read(async (tx) => {
        const { id, practice, scopes, lastUsedAt } = apiTokens;
        const columns = { id, practice, scopes, lastUsedAt };
        const [row] = await tx.select(columns).from(apiTokens).where(eq(apiTokens.tokenHash, tokenHash));
        return row === undefined ? null : { ...row, locked: await isLocked(tx, row.practice) };
      }),

    /** Notes that a token was used. */
    used: (id: TokenId, now: number): Promise<void> =>
      db.write(async (tx) => {
        await tx.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, id));
      }),

    /** Takes a token back, with its webhooks and what waits for them. False where the practice has none of this name. */
    revoke: (practice: PracticeId, id: TokenId): Promise<boolean> =>
      db.write(async (tx) => {
        const that = and(eq(apiTokens.practice, practice), eq(apiTokens.id, id));
        return (await tx.delete(apiTokens).where(that).returning({ id: apiTokens.id })).length > 0;
      }),
  };
}
