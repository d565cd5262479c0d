/** What the document says of a route beside its shapes, and the rule that a body holds nothing but what it says. */
import type { DocumentDecoration, TSchema } from "elysia";
import type { Scope } from "../../../wire/api.ts";
import { API_ROUTES, type ApiRoute } from "../../../wire/api-words.ts";
import type { ApiErrorCode } from "../../../wire/errors.ts";
import { ApiFailure } from "../failure.ts";

/** What any route may answer. */
const ALWAYS: readonly ApiErrorCode[] = [
  "token.invalid",
  "token.scope",
  "token.slow-down",
  "store.busy",
  "server.bug",
];

/** Names a route and the errors of its own. */
export function told(
  operationId: ApiRoute,
  scope: Scope,
  errors: readonly ApiErrorCode[] = [],
): DocumentDecoration {
  const more = { "x-scope": scope, "x-errors": [...errors, ...ALWAYS] };
  return { operationId, summary: API_ROUTES[operationId], tags: [scope], ...more };
}

/** For `transform`: refuses a body with a field that its shape does not name, so that nothing is sent here by mistake. */
export function nothingElse(shape: TSchema) {
  return ({ body }: { body: unknown }): void => {
    if (hasMore(shape, body)) throw new ApiFailure("request.invalid");
  };
}

function hasMore(shape: TSchema, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((each) => hasMore(shape.items ?? {}, each));
  if (typeof value !== "object" || value === null) return false;
  const fields: Record<string, TSchema> = shape.properties ?? {};
  return Object.entries(value).some(([name, inner]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return field === undefined || hasMore(field, inner);
  });
}
