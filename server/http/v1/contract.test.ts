/** The contract of the API: its document names every route and nothing else, and no field of any request, answer or webhook could carry a
 * client ID, a name, a code or a link. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { SCOPES } from "../../../wire/api.ts";
import { API_FIELDS, API_ROUTES } from "../../../wire/api-words.ts";
import { API_ERRORS } from "../../../wire/errors.ts";
import { createRig, ORIGIN, type Rig } from "../../testing/rig.ts";

type Schema = Record<string, unknown>;
type Field = { where: string; name: string; schema: Schema };

let rig: Rig;
let document: Record<string, never>;
beforeAll(async () => {
  rig = await createRig();
  document = await (await rig.handle(new Request(`${ORIGIN}/api/v1/openapi.json`))).json();
});
afterAll(() => rig.close());

/** All fields of a schema, however deep. A list's entries stand under the list's name. */
function fieldsOf(where: string, schema: Schema, name = ""): Field[] {
  const own = name === "" ? [] : [{ where, name, schema }];
  const items = schema.items ? fieldsOf(where, schema.items as Schema, name) : [];
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []) as Schema[];
  const inner = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  return [
    ...own,
    ...items,
    ...choices.flatMap((each) => fieldsOf(where, each, name)),
    ...inner.flatMap(([field, each]) => fieldsOf(where, each, field)),
  ];
}

/** Everything in the document that has a schema: parameters, bodies, answers, webhooks, errors. */
function allFields(part: unknown, where = ""): Field[] {
  if (typeof part !== "object" || part === null) return [];
  const given = part as Record<string, unknown>;
  const name = typeof given.name === "string" ? given.name : "";
  const here = given.schema ? fieldsOf(where, given.schema as Schema, name) : [];
  const under = Object.entries(given).filter(([key]) => key !== "schema");
  return [...here, ...under.flatMap(([key, each]) => allFields(each, `${where}/${key}`))];
}

/** Shapes of text that can hold nothing but what the server itself made up, a day, or one of a few words. */
const PATTERNS = ["^[0-9a-f]{32}$", "^\\d{4}-\\d{2}-\\d{2}$", "^\\d{4}-\\d{2}$"];
/** Two more, by name: where to send, and 32 random bytes. */
const BY_NAME: Record<string, string> = { url: "^https?://[\\x21-\\x7e]+$", secret: "^[A-Za-z0-9_-]*$" };
/** What a program might call such a thing. */
const NAMES =
  /^(client_?id|client|patient\w*|person|first_?name|last_?name|name|display_?name|nick\w*|label|title|note\w*|text|message|comment|subject|description|pin|password|passcode|access_?code|link\w*|fragment|hash|token|key|pairing|e?_?mail|phone|address|birth\w*|user\w*|file|data|meta\w*|extra|tags?|custom\w*|value|reference|external\w*)$/i;

/** Why a field could carry what must not come here; null: it could not. */
function whyNot({ name, schema }: Pick<Field, "name" | "schema">): string | null {
  if (NAMES.test(name)) return "its name";
  if (schema.const !== undefined || schema.enum !== undefined) return null;
  const { pattern, type, properties } = schema;
  // each of the choices stands on its own
  if (Array.isArray(schema.anyOf) || type === "null") return null;
  const types = [type].flat().filter((each) => each !== "null");
  if (types.length !== 1) return "an open shape";
  if (["integer", "boolean", "array"].includes(String(types[0]))) return null;
  if (types[0] === "object" && properties !== undefined) return null;
  if (name === "code") return "a code that is no word of the errors";
  const isKnown = PATTERNS.includes(String(pattern)) || BY_NAME[name] === pattern;
  if (types[0] === "string" && pattern !== undefined && isKnown) return null;
  return `free text or an open shape (${JSON.stringify(schema)})`;
}

const everyField = () => [
  ...allFields((document as Schema).paths, "paths"),
  ...allFields((document as Schema).webhooks, "webhooks"),
  ...fieldsOf("error", ((document as Schema).components as { schemas: { Error: Schema } }).schemas.Error),
];

describe("the contract", () => {
  test("no field of any request, answer or webhook could carry a client ID, name, code or link", () => {
    const fields = everyField();
    expect(fields.length).toBeGreaterThan(100);
    const refused = fields.flatMap((field) => {
      const why = whyNot(field);
      return why === null ? [] : [`${field.where} ${field.name}: ${why}`];
    });
    expect(refused).toEqual([]);
  });

  test("the rule sees what it shall: names, free text, open shapes", () => {
    const id = { type: "string", pattern: "^[0-9a-f]{32}$" };
    for (const name of ["name", "clientId", "patientName", "link", "label", "note"])
      expect([name, whyNot({ name, schema: id })]).toEqual([name, "its name"]);
    for (const schema of [
      { type: "string" },
      { type: "string", maxLength: 8 },
      { type: "string", pattern: "^[A-Z0-9-]+$" },
      { type: "object" },
      {},
      { type: "number" },
    ])
      expect(whyNot({ name: "series", schema })).not.toBeNull();
    expect(whyNot({ name: "code", schema: id })).not.toBeNull();
    expect(whyNot({ name: "room", schema: id })).toBeNull();
  });

  test("a webhook is told exactly five things", () => {
    const webhooks = allFields((document as Schema).webhooks).filter(({ name }) => name !== "");
    expect([...new Set(webhooks.map(({ name }) => name))].sort()).toEqual([
      "at",
      "call",
      "event",
      "id",
      "rids",
    ]);
  });
});

describe("the document", () => {
  const operations = () =>
    Object.entries((document as Schema).paths as Record<string, Record<string, Schema>>).flatMap(
      ([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    );

  test("names every route under /api/v1, and every route it names is there and asks for a token", async () => {
    expect(
      operations()
        .map(({ operation }) => operation.operationId)
        .sort() as string[],
    ).toEqual(Object.keys(API_ROUTES).sort());
    const served = rig
      .routes()
      .filter(({ path }) => path.startsWith("/api/v1/") && !path.endsWith("openapi.json"));
    const told = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(served.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`).sort()).toEqual(
      told.sort(),
    );
    for (const { path, method } of operations()) {
      const url = `${ORIGIN}${path.replace(/\{\w+\}/g, "0".repeat(32))}`;
      expect([path, (await rig.handle(new Request(url, { method: method.toUpperCase() }))).status]).toEqual([
        path,
        401,
      ]);
    }
  });

  test("every operation says its scope, its errors by known words, and what it means", () => {
    for (const { path, operation } of operations()) {
      expect([path, SCOPES.includes(operation["x-scope"] as never)]).toEqual([path, true]);
      for (const code of operation["x-errors"] as string[])
        expect([path, code in API_ERRORS]).toEqual([path, true]);
      expect(operation.summary).toBe(API_ROUTES[operation.operationId as keyof typeof API_ROUTES]);
    }
  });

  test("every field has a meaning, and no meaning is left over", () => {
    const names = new Set(
      everyField()
        .map(({ name }) => name)
        .filter((name) => name !== ""),
    );
    expect([...names].sort()).toEqual(Object.keys(API_FIELDS).sort());
  });

  test("is OpenAPI 3.1 as generators read it: JSON only, numbers as numbers, no foreign host", () => {
    expect((document as Schema).openapi).toBe("3.1.0");
    const text = JSON.stringify(document);
    for (const odd of ["form-urlencoded", "form-data", '"format":"integer"', '"void"', "https://"])
      expect([odd, text.includes(odd)]).toEqual([odd, false]);
    for (const { operation } of operations())
      expect(Object.keys(operation.responses as Schema)).toContain("default");
  });
});
