/** The API's document (OpenAPI 3.1), made from the very shapes that the routes validate by. */
import { toOpenAPISchema, unwrapSchema } from "@elysiajs/openapi/openapi";
import type { AnyElysia } from "elysia";
import { API_FIELDS } from "../../../wire/api-words.ts";
import { API_ERRORS } from "../../../wire/errors.ts";
import { callNotice } from "./shapes.ts";

type Json = Record<string, unknown>;

const ABOUT =
  "Planned calls, rooms, ledger, presence and webhooks of one practice. Clients are named by the handles (rid) of their links only; no client ID, name, code or link is ever part of a request or an answer. Times are Unix milliseconds.";
const SIGNED =
  "Sent to each webhook. The header tpc-signature is t=<Unix milliseconds>,v1=<hex HMAC-SHA-256 of t, a full stop and the body under the secret>.";

/** The document of an app that holds the routes and nothing else. */
export function documentOf(app: AnyElysia): Json {
  const { paths } = toOpenAPISchema(app);
  return {
    openapi: "3.1.0",
    info: { title: "TheraPsy Connect", version: "1", description: ABOUT },
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, item]) => [path, operationsOf(item as Json)]),
    ),
    webhooks: { call: { post: { summary: SIGNED, requestBody: jsonOf(plain(unwrapSchema(callNotice))) } } },
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: { Error: plain(failure) },
    },
  };
}

const failure = {
  type: "object",
  required: ["code"],
  properties: {
    code: { type: "string", enum: Object.keys(API_ERRORS) },
    retryAfterSeconds: { type: "integer", minimum: 1 },
    room: { type: "string", pattern: "^[0-9a-f]{32}$" },
  },
};

const jsonOf = (schema: unknown) => ({ content: { "application/json": { schema } } });

function operationsOf(item: Json): Json {
  return Object.fromEntries(
    Object.entries(item).map(([method, each]) => [method, operationOf(each as Json)]),
  );
}

function operationOf({ requestBody, responses, parameters, ...operation }: Json): Json {
  const answers = Object.entries(responses as Json).map(([status, answer]) => [status, answerOf(answer)]);
  const refused = { description: "Anything else", ...jsonOf({ $ref: "#/components/schemas/Error" }) };
  return {
    ...operation,
    ...(parameters === undefined ? {} : { parameters: plain(parameters) }),
    ...(requestBody === undefined ? {} : { requestBody: { required: true, ...onlyJson(requestBody) } }),
    responses: { ...Object.fromEntries(answers), default: refused },
  };
}

function answerOf(answer: unknown): Json {
  return { description: "Done", ...onlyJson(answer) };
}

/** The generator also names forms, which we do not take, and a kind of nothing. */
function onlyJson(part: unknown): Json {
  const { content } = part as { content?: Record<string, { schema?: unknown }> };
  const schema = content?.["application/json"]?.schema;
  return schema === undefined ? {} : jsonOf(plain(schema));
}

/** A schema as programs read it: numbers as numbers, words as a list, each field with what it means. */
function plain(schema: unknown, name = ""): unknown {
  if (Array.isArray(schema)) return schema.map((each) => plain(each));
  if (typeof schema !== "object" || schema === null) return schema;
  const given = schema as Json;
  const number = numberIn(given);
  // the word of 3.0, beside that of 3.1
  const kept = Object.entries(given).filter(([key]) => key !== "nullable");
  const inner = number ?? Object.fromEntries(kept.map(([key, each]) => [key, within(key, each)]));
  const meaning = Object.hasOwn(API_FIELDS, name) ? API_FIELDS[name as keyof typeof API_FIELDS] : undefined;
  return meaning === undefined ? inner : { description: meaning, ...inner };
}

function within(key: string, value: unknown): unknown {
  if (key !== "properties") return plain(value);
  return Object.fromEntries(Object.entries(value as Json).map(([name, field]) => [name, plain(field, name)]));
}

/** Elysia takes numbers as text too, which is a way of reading and none of writing. */
function numberIn({ anyOf }: Json): Json | null {
  if (!Array.isArray(anyOf)) return null;
  const found = anyOf.find((each: Json) => each.type === "integer");
  const isCoerced = anyOf.some((each: Json) => each.type === "string" && each.format === "integer");
  return found !== undefined && isCoerced ? found : null;
}
