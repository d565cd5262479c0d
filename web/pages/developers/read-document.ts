/** What the page takes from the API's document: routes with their fields, errors and an example, as flat lists. Pure. */
import type { ApiField, ApiRoute } from "../../../wire/api-words.ts";

type Json = { readonly [key: string]: unknown };

/** What a value may be. `words`: one of these. */
export type Kind =
  | "id"
  | "number"
  | "flag"
  | "day"
  | "month"
  | "text"
  | "object"
  | { readonly words: string };
/** A field; `depth` is how far inside others it stands. */
export type FieldRow = {
  readonly name: ApiField;
  readonly depth: number;
  readonly kind: Kind;
  /** Lists around it. */
  readonly lists: number;
  readonly isNullable: boolean;
  readonly isOptional: boolean;
};
export type Route = {
  readonly id: ApiRoute;
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly parameters: readonly FieldRow[];
  readonly body: readonly FieldRow[];
  readonly answer: readonly FieldRow[];
  readonly errors: readonly string[];
  readonly example: string;
};
export type Reading = { readonly routes: readonly Route[]; readonly notice: readonly FieldRow[] };

/** The document as the page shows it; `server` is the address in the examples. */
export function readDocument(document: unknown, server: string): Reading {
  const { paths, webhooks } = document as { paths: Json; webhooks: Json };
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, operation]) =>
      routeOf(path, method, operation as Json, server),
    ),
  );
  const { call } = webhooks as { call: { post: Json } };
  return { routes, notice: fieldsOf(schemaIn(call.post.requestBody)) };
}

function routeOf(path: string, method: string, operation: Json, server: string): Route {
  const body = schemaIn(operation.requestBody);
  const success = Object.entries(operation.responses as Json).find(([status]) => status.startsWith("2"))?.[1];
  const parameters = (operation.parameters ?? []) as { name: string; required: boolean; schema: Json }[];
  return {
    id: operation.operationId as ApiRoute,
    method: method.toUpperCase(),
    path,
    scope: String(operation["x-scope"]),
    parameters: parameters.map(({ name, required, schema }) =>
      rowOf(name, schema, { depth: 0, isOptional: !required }),
    ),
    body: fieldsOf(body),
    answer: fieldsOf(schemaIn(success)),
    errors: operation["x-errors"] as string[],
    example: exampleOf(server + path, method.toUpperCase(), body),
  };
}

function schemaIn(part: unknown): Json | null {
  const { content } = (part ?? {}) as { content?: { "application/json"?: { schema?: Json } } };
  return content?.["application/json"]?.schema ?? null;
}

/** The fields of an object, each followed by those inside it. */
function fieldsOf(schema: Json | null, depth = 0): FieldRow[] {
  const required = (schema?.required ?? []) as string[];
  return Object.entries((schema?.properties ?? {}) as Record<string, Json>).flatMap(([name, field]) => [
    rowOf(name, field, { depth, isOptional: !required.includes(name) }),
    ...fieldsOf(coreOf(field).schema, depth + 1),
  ]);
}

function rowOf(
  name: string,
  field: Json,
  { depth, isOptional }: { depth: number; isOptional: boolean },
): FieldRow {
  const { schema, lists, isNullable } = coreOf(field);
  return { name: name as ApiField, depth, kind: kindOf(schema), lists, isNullable, isOptional };
}

type Core = { readonly schema: Json; readonly lists: number; readonly isNullable: boolean };

/** What a schema is about, without the lists and the null around it. */
function coreOf(schema: Json, lists = 0, isNullable = false): Core {
  const choices = (schema.anyOf as Json[] | undefined)?.filter(({ type }) => type !== "null");
  const [only, ...more] = choices ?? [];
  if (only && more.length === 0) return coreOf(only, lists, true);
  if (schema.type === "array") return coreOf(schema.items as Json, lists + 1, isNullable);
  return {
    schema,
    lists,
    isNullable: isNullable || (Array.isArray(schema.type) && schema.type.includes("null")),
  };
}

function kindOf(schema: Json): Kind {
  const words = wordsOf(schema);
  if (words.length > 0) return { words: words.join(" | ") };
  const type = [schema.type].flat().find((each) => each !== "null");
  if (type === "integer") return "number";
  if (type === "boolean") return "flag";
  if (type === "object") return "object";
  return patternOf(String(schema.pattern));
}

function wordsOf(schema: Json): string[] {
  if (schema.const !== undefined) return [String(schema.const)];
  if (Array.isArray(schema.enum)) return schema.enum.filter((word) => word !== null).map(String);
  return ((schema.anyOf ?? []) as Json[]).flatMap(wordsOf);
}

function patternOf(pattern: string): Kind {
  if (pattern.includes("0-9a-f")) return "id";
  if (pattern.endsWith("\\d{2}-\\d{2}$")) return "day";
  return pattern.endsWith("-\\d{2}$") ? "month" : "text";
}

const SAMPLE_ID = "5f0c3a9be17d4426a8b3d9c2f6e1047b";

/** A call of the route as one types it. */
function exampleOf(url: string, method: string, body: Json | null): string {
  const address = url.replace("{month}", "2026-11").replace(/\{\w+\}/, SAMPLE_ID);
  const lines = [
    `curl${method === "GET" ? "" : ` -X ${method}`} ${address}`,
    `  -H "Authorization: Bearer $TOKEN"`,
    ...(body === null
      ? []
      : [`  -H "Content-Type: application/json"`, `  -d '${JSON.stringify(sampleOf(body))}'`]),
  ];
  return lines.join(" \\\n");
}

function sampleOf(schema: Json): unknown {
  if (schema.type === "array") return [sampleOf(schema.items as Json)];
  if (schema.type === "integer") return 1_796_115_600_000;
  if (schema.type !== "object") return kindOf(schema) === "id" ? SAMPLE_ID : "https://praxis.example/calls";
  const fields = Object.entries(schema.properties as Record<string, Json>);
  return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field)]));
}
