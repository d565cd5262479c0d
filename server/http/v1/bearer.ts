/** Who asks, by the token in `Authorization: Bearer`: cookies do not count here, and no token counts anywhere else. */
import { Elysia } from "elysia";
import type { TokenHolder } from "../../../db/tokens.ts";
import { type Scope, TOKEN_BYTES, TOKEN_PREFIX } from "../../../wire/api.ts";
import type { Base } from "../base.ts";
import { createBudget } from "../budget.ts";
import { addressIn, type Visit } from "../entry.ts";
import { ApiFailure } from "../failure.ts";
import { apiTokenHash, bytesIn } from "../secrets.ts";

const MINUTE = 60;
/** Requests with one token in a minute. Higher: a program gone wild keeps the database busier. Lower: the first look at a full year of
 * a practice has to wait. */
export const REQUESTS_PER_TOKEN = 240;
/** Requests of one address in a minute, whatever tokens: an institute behind one address has many programs. */
export const REQUESTS_PER_ADDRESS = 600;
/** Wrong tokens of one address in 15 min. Higher: more guesses at 256 random bits. Lower: a program with a revoked token shuts out those
 * beside it. */
export const MISSES_PER_ADDRESS = 60;
/** How fine "last used" is. Higher: it tells less. Lower: each request writes. */
export const USED_MS = 60_000;

/** Budgets of one server. */
export function createApiTries() {
  return {
    tokens: createBudget(REQUESTS_PER_TOKEN, MINUTE),
    addresses: createBudget(REQUESTS_PER_ADDRESS, MINUTE),
    misses: createBudget(MISSES_PER_ADDRESS, 15 * MINUTE),
  };
}

/** What the routes of v1 stand on. */
export type ApiBase = Base & { apiTries: ReturnType<typeof createApiTries> };

/** Routes after this have `holder`, whose token may do `scope`; else they answer before they look at anything. */
export function withScope(base: ApiBase, scope: Scope) {
  return new Elysia().derive(
    { as: "scoped" },
    async ({ request, server, set }): Promise<{ holder: TokenHolder }> => {
      const holder = await holderOf(base, { request, server, set });
      if (!holder.scopes.includes(scope)) throw new ApiFailure("token.scope");
      return { holder };
    },
  );
}

async function holderOf(base: ApiBase, visit: Visit): Promise<TokenHolder> {
  const { addresses, misses, tokens } = base.apiTries;
  const address = addressIn(base, visit);
  slowDown(await addresses.take(address));
  if ((await misses.taken(address)) >= MISSES_PER_ADDRESS) slowDown(15 * MINUTE);
  const token = tokenIn(visit.request.headers.get("authorization"));
  const holder = token === null ? null : await base.store.tokens.byHash(apiTokenHash(token));
  if (holder === null) {
    await misses.take(address);
    throw new ApiFailure("token.invalid");
  }
  if (holder.locked) throw new ApiFailure("account.locked");
  slowDown(await tokens.take(holder.id));
  await noteUse(base, holder);
  return holder;
}

function slowDown(retryAfterSeconds: number | null): void {
  if (retryAfterSeconds !== null) throw new ApiFailure("token.slow-down", { retryAfterSeconds });
}

function tokenIn(header: string | null): Uint8Array | null {
  const [, text] = /^Bearer tpc_([\w-]{43})$/i.exec(header ?? "") ?? [];
  return text === undefined ? null : bytesIn(text, TOKEN_BYTES);
}

async function noteUse({ store, clock }: Base, { id, lastUsedAt }: TokenHolder): Promise<void> {
  const now = clock.now();
  if (lastUsedAt === null || now - lastUsedAt >= USED_MS) await store.tokens.used(id, now);
}

/** A token as it is shown. */
export function tokenText(random: string): string {
  return `${TOKEN_PREFIX}${random}`;
}
