/** The page shows the very document that the server answers: every route, every field, in both languages. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { createRig, ORIGIN, type Rig } from "../../../server/testing/rig.ts";
import { API_FIELDS, API_ROUTES, type ApiField } from "../../../wire/api-words.ts";
import { developers as de } from "../../i18n/de/developers.ts";
import { developers as en } from "../../i18n/en/developers.ts";
import { type Reading, readDocument } from "./read-document.ts";

let rig: Rig;
let reading: Reading;
beforeAll(async () => {
  rig = await createRig();
  const answer = await rig.handle(new Request(`${ORIGIN}/api/v1/openapi.json`));
  reading = readDocument(await answer.json(), "https://praxis.example");
});
afterAll(() => rig.close());

const routeOf = (id: string) => {
  const found = reading.routes.find((route) => route.id === id);
  if (!found) throw new Error(`no route ${id}`);
  return found;
};

test("every route of the API is on the page, with a sentence in both languages", () => {
  const served = rig.routes().filter(({ path }) => path.startsWith("/api/v1/") && !path.endsWith(".json"));
  const shown = reading.routes.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ":$1")}`);
  expect(shown.sort()).toEqual(served.map(({ method, path }) => `${method} ${path}`).sort());
  for (const { id } of reading.routes)
    expect([de.route[id] !== "", en.route[id]]).toEqual([true, API_ROUTES[id]]);
});

test("every field on it has a meaning in both languages", () => {
  const rows = reading.routes.flatMap(({ parameters, body, answer }) => [...parameters, ...body, ...answer]);
  for (const { name } of [...rows, ...reading.notice])
    expect([name, name in de.meaning, name in API_FIELDS]).toEqual([name, true, true]);
});

test("fields are read with their kind, their lists, null and what may be missing", () => {
  const { body, answer } = routeOf("openRoom");
  const fact = (rows: Reading["notice"], name: ApiField) => rows.find((row) => row.name === name);
  expect(fact(body, "clients")).toMatchObject({ kind: "id", lists: 2, isNullable: false, isOptional: false });
  expect(fact(answer, "call")).toMatchObject({ kind: "id", lists: 0, isNullable: true });
  expect(fact(answer, "startable")).toMatchObject({ kind: "flag" });
  expect(fact(routeOf("readMonth").answer, "day")).toMatchObject({ kind: "day", depth: 1 });
  expect(fact(routeOf("readMonth").parameters, "month")).toMatchObject({ kind: "month" });
  expect(fact(routeOf("readMonth").answer, "begunAt")).toMatchObject({ kind: "number", isNullable: true });
  expect(fact(routeOf("deletePlanned").parameters, "series")).toMatchObject({
    kind: { words: "all" },
    isOptional: true,
  });
  expect(fact(routeOf("listWebhooks").answer, "fault")).toMatchObject({
    kind: { words: "target | down | answer" },
    isNullable: true,
  });
  expect(reading.notice.map(({ name }) => name).sort()).toEqual(["at", "call", "event", "id", "rids"]);
});

test("an example is a call that the server takes apart from its token", async () => {
  for (const { example, method } of reading.routes) {
    const [, url = ""] = /(https:\/\/\S+)/.exec(example) ?? [];
    const [, body] = /-d '(.*)'/.exec(example) ?? [];
    const init = { method, ...(body ? { body, headers: { "content-type": "application/json" } } : {}) };
    const answer = await rig.handle(new Request(url.replace("https://praxis.example", ORIGIN), init));
    expect([example, await answer.json()]).toEqual([example, { code: "token.invalid" }]);
  }
});
