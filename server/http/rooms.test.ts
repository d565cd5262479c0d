/** Vault and rooms as a page drives them, with what signaling is told. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { noise, sampleItem } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import { newId, type Rid } from "../../wire/ids.ts";
import { type Browser, createBrowser, createRig, type Rig, register } from "../testing/rig.ts";
import { ITEM_BYTES_MAX } from "./vault.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 1000 });
});
afterAll(() => rig.close());

const rids = (n: number) => Array.from({ length: n }, () => newId<Rid>());
const box = (bytes = 296) => base64url(noise(bytes));
const put = (bytes = 296) => ({ ...sampleItem(), box: box(bytes) });
const change = (base: number, more: object = {}) => ({
  base,
  manifest: box(),
  put: [],
  drop: [],
  links: { add: [], drop: [] },
  ...more,
});

async function practice(links = 0): Promise<{ browser: Browser; links: Rid[] }> {
  const { browser } = await register(rig);
  const add = rids(links);
  if (links > 0) await browser.ask("POST", "/api/vault", change(0, { links: { add, drop: [] } }));
  rig.told.length = 0;
  return { browser, links: add };
}

test("[TP1 2.10] a vault is empty, then holds what was put, byte for byte", async () => {
  const { browser } = await practice();
  expect((await browser.ask("GET", "/api/vault")).body).toEqual({ counter: 0, manifest: null, items: [] });
  const sent = change(0, { put: [put(ITEM_BYTES_MAX)] });
  expect(await browser.ask("POST", "/api/vault", sent)).toMatchObject({ status: 200, body: { counter: 1 } });
  const { body } = await browser.ask("GET", "/api/vault");
  expect(body).toEqual({ counter: 1, manifest: sent.manifest, items: sent.put });
});

test("a write on an old counter is a conflict and stores nothing", async () => {
  const { browser } = await practice();
  await browser.ask("POST", "/api/vault", change(0));
  const late = await browser.ask("POST", "/api/vault", change(0, { put: [put()] }));
  expect(late).toMatchObject({ status: 409, body: { code: "vault.conflict" } });
  expect((await browser.ask("GET", "/api/vault")).body).toMatchObject({ counter: 1, items: [] });
});

test.each([
  ["a box too short", { put: [put(39)] }],
  ["a box too long", { put: [put(ITEM_BYTES_MAX + 1)] }],
  ["too many records", { put: Array.from({ length: 257 }, () => put()) }],
  ["an id in capitals", { drop: ["A".repeat(32)] }],
  ["a negative counter", { base: -1 }],
  ["a version beyond u32", { put: [{ ...put(), version: 2 ** 32 }] }],
  ["no manifest", { manifest: null }],
])("%s is refused", async (_, more) => {
  const { browser } = await practice();
  expect((await browser.ask("POST", "/api/vault", change(0, more))).body).toEqual({
    code: "request.invalid",
  });
});

test("a link of somebody else is taken", async () => {
  const first = await practice(1);
  const second = await practice();
  const stolen = change(0, { links: { add: first.links, drop: [] } });
  const got = await second.browser.ask("POST", "/api/vault", stolen);
  expect(got).toMatchObject({ status: 409, body: { code: "link.taken" } });
});

test("a dropped link makes signaling send away who holds it and read the rooms again", async () => {
  const { browser, links } = await practice(1);
  await browser.ask("POST", "/api/vault", change(1, { links: { add: [], drop: links } }));
  expect(rig.told.map(([what, , rid]) => [what, rid])).toEqual([
    ["linksGone", links[0]],
    ["opened", undefined],
  ]);
});

test("'Starten' opens for two hours and tells signaling; '×' closes and tells it too", async () => {
  const { browser, links } = await practice(2);
  const clients = links.map((rid) => [rid]);
  const opened = await browser.ask("POST", "/api/rooms", { clients });
  const closesAt = rig.time.now + 7_200_000;
  expect(opened).toMatchObject({ status: 201, body: { clients, closesAt, call: null } });
  expect((await browser.ask("GET", "/api/rooms")).body).toEqual({ rooms: [opened.body] });
  const room = String(opened.body.room);
  expect((await browser.ask("DELETE", `/api/rooms/${room}`)).status).toBe(204);
  expect(rig.told.map(([what, , which]) => [what, which])).toEqual([
    ["opened", undefined],
    ["closed", room],
  ]);
  expect((await browser.ask("GET", "/api/rooms")).body).toEqual({ rooms: [] });
  const again = await browser.ask("DELETE", `/api/rooms/${room}`);
  expect(again).toMatchObject({ status: 404, body: { code: "room.unknown" } });
});

test("a client in an open room is refused and the room is named; nobody else's '×' closes it", async () => {
  const { browser, links } = await practice(1);
  const { room } = (await browser.ask("POST", "/api/rooms", { clients: [links] })).body;
  const second = await browser.ask("POST", "/api/rooms", { clients: [links] });
  expect(second).toMatchObject({ status: 409, body: { code: "room.client-open", room } });
  const stranger = await practice();
  expect((await stranger.browser.ask("DELETE", `/api/rooms/${room}`)).status).toBe(404);
});

test("[R18] eight clients fit, the ninth is refused; no more than sixteen are open at once", async () => {
  const { browser, links } = await practice(17);
  const clients = links.map((rid) => [rid]);
  const open = (from: number, to: number) =>
    browser.ask("POST", "/api/rooms", { clients: clients.slice(from, to) });
  expect(await open(0, 9)).toMatchObject({ status: 422, body: { code: "room.too-many" } });
  expect((await open(0, 8)).status).toBe(201);
  expect((await open(8, 16)).status).toBe(201);
  expect(await open(16, 17)).toMatchObject({ status: 409, body: { code: "room.open-limit" } });
});

test("unknown links, none at all and the same twice are refused", async () => {
  const { browser, links } = await practice(1);
  const ask = async (clients: unknown) => (await browser.ask("POST", "/api/rooms", { clients })).body;
  expect(await ask([rids(1)])).toEqual({ code: "link.unknown" });
  for (const clients of [
    [],
    [[]],
    [links, links],
    [rids(5)],
    Array.from({ length: 65 }, () => rids(1)),
    ["x"],
  ]) {
    expect(await ask(clients)).toEqual({ code: "request.invalid" });
  }
  expect(rig.told).toEqual([]);
});

test("a room id in the path that is none is refused, not looked up", async () => {
  const { browser } = await practice();
  expect((await browser.ask("DELETE", "/api/rooms/x")).body).toEqual({ code: "request.invalid" });
});

test("[R1] nobody opens or plans a call without being logged in, whatever is sent along", async () => {
  const { links } = await practice(1);
  const clients = [links];
  const stranger = createBrowser(rig);
  const asked: [string, string, object][] = [
    ["POST", "/api/rooms", { clients }],
    ["POST", "/api/planned", { starts: [rig.time.now + 60_000], clients }],
    ["POST", `/api/planned/${newId<Rid>()}/start`, {}],
  ];
  for (const [method, path, body] of asked)
    expect(await stranger.ask(method, path, body)).toMatchObject({
      status: 401,
      body: { code: "session.required" },
    });
  const program = await stranger.ask("POST", "/api/v1/rooms", { clients: links });
  expect(program).toMatchObject({ status: 401, body: { code: "token.invalid" } });
  expect(rig.told).toEqual([]);
});
