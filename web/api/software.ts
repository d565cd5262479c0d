/** Accesses of practice software, and the description of the API it uses. */
import type { ApiToken, NewToken, Scope } from "../../wire/api.ts";
import type { TokenId } from "../../wire/ids.ts";
import { api, take } from "./server.ts";

/** Accesses of practice software. All throw `Refused`. */
export const tokensApi = {
  /** The oldest first. */
  async list(): Promise<readonly ApiToken[]> {
    return (await take(api().tokens.get())).tokens;
  },
  /** The token is told only here. */
  async add(label: string, scopes: readonly Scope[]): Promise<NewToken> {
    return take(api().tokens.post({ label, scopes: [...scopes] }));
  },
  async revoke(token: TokenId): Promise<void> {
    await take(api().tokens({ token }).delete());
  },
};

/** Where the description of the API for practice software lies. */
export const documentAddress = "/api/v1/openapi.json";

/** That description. Throws `Refused`. */
export async function readApiDocument(): Promise<unknown> {
  return take(api().v1["openapi.json"].get());
}
