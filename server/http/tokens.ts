/** Tokens of practice software, managed by the therapist: listed, made, revoked. The token itself is told once. */
import { Elysia, t } from "elysia";
import { type ApiToken, LABEL_MAX, type NewToken, SCOPES, type Scope, TOKEN_BYTES } from "../../wire/api.ts";
import { base64url } from "../../wire/bytes.ts";
import { newId, type TokenId } from "../../wire/ids.ts";
import { type Base, signedIn } from "./base.ts";
import { ApiFailure } from "./failure.ts";
import { apiTokenHash } from "./secrets.ts";
import { id } from "./shapes.ts";
import { tokenText } from "./v1/bearer.ts";

const drafted = t.Object({
  label: t.String({ minLength: 1, maxLength: LABEL_MAX }),
  scopes: t.Array(t.Unsafe<Scope>(t.Union(SCOPES.map((scope) => t.Literal(scope)))), {
    minItems: 1,
    maxItems: SCOPES.length,
    uniqueItems: true,
  }),
});

/** `GET|POST /api/tokens`, `DELETE …/:token`. */
export function tokens(base: Base) {
  const { store, clock } = base;
  return new Elysia()
    .use(signedIn(base))
    .get("/tokens", async ({ me }): Promise<{ tokens: ApiToken[] }> => {
      return { tokens: await store.tokens.of(me.practice) };
    })
    .post(
      "/tokens",
      async ({ me, body, set }): Promise<NewToken> => {
        const token = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
        const made = { id: newId<TokenId>(), practice: me.practice, tokenHash: apiTokenHash(token) };
        const draft = { ...made, label: body.label, scopes: body.scopes, createdAt: clock.now() };
        if (!(await store.tokens.add(draft))) throw new ApiFailure("token.too-many");
        set.status = 201;
        return { id: made.id, token: tokenText(base64url(token)) };
      },
      { body: drafted },
    )
    .delete(
      "/tokens/:token",
      async ({ me, params, set }) => {
        if (!(await store.tokens.revoke(me.practice, params.token as TokenId)))
          throw new ApiFailure("token.unknown");
        set.status = 204;
      },
      { params: t.Object({ token: id }) },
    );
}
