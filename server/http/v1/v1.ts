/** The HTTP API for practice software, version 1, and the document that describes it. */
import { Elysia } from "elysia";
import type { Base } from "../base.ts";
import { type ApiBase, createApiTries } from "./bearer.ts";
import { documentOf } from "./document.ts";
import { planned } from "./planned.ts";
import { ledger, presence } from "./reading.ts";
import { rooms } from "./rooms.ts";
import { webhooks } from "./webhooks.ts";

/** Where all of it lies: here tokens count, cookies and origins do not. */
export const V1 = "/api/v1/";

/** Everything under `/api/v1`. */
export function v1(base: Base) {
  const apiBase = { ...base, apiTries: createApiTries() };
  const document = JSON.stringify(documentOf(new Elysia({ prefix: "/api" }).use(routes(apiBase))));
  const headers = { "content-type": "application/json" };
  return new Elysia().get("/v1/openapi.json", () => new Response(document, { headers })).use(routes(apiBase));
}

function routes(base: ApiBase) {
  return new Elysia({ prefix: "/v1" })
    .use(planned(base))
    .use(rooms(base))
    .use(ledger(base))
    .use(presence(base))
    .use(webhooks(base));
}
