/** The API for practice software from outside: who may ask, what each scope opens, and that it refuses as the pages' routes do. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  SCOPES,
  type Scope,
  TOKENS_MAX,
  WEBHOOK_URL_MAX,
  WEBHOOKS_PER_TOKEN_MAX,
} from "../../../wire/api.ts";
import { type CallId, newId, type Rid, type RoomId } from "../../../wire/ids.ts";
import { newToken, practiceWith, program } from "../../testing/program.ts";
import { createBrowser, createRig, ORIGIN, type Rig } from "../../testing/rig.ts";
import { MISSES_PER_ADDRESS, REQUESTS_PER_TOKEN, USED_MS } from "./bearer.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 1000, webhookAllow: ["127.0.0.1:8080"] });
});
afterAll(() => rig.close());

const HOUR = 3_600_000;
const ID = "0".repeat(32);

/** Every route, with the scope that opens it and a body that could be right. */
const ROUTES: readonly [string, string, Scope, unknown?][] = [
  ["GET", "/planned", "planned"],
  ["POST", "/planned", "planned", { starts: [1], clients: [[ID]] }],
  ["PATCH", `/planned/${ID}`, "planned", { startsAt: 1 }],
  ["DELETE", `/planned/${ID}`, "planned"],
  ["GET", "/rooms", "rooms"],
  ["POST", "/rooms", "rooms", { clients: [[ID]] }],
  ["DELETE", `/rooms/${ID}`, "rooms"],
  ["GET", "/ledger", "ledger"],
  ["GET", "/ledger/months/2026-11", "ledger"],
  ["GET", "/presence", "presence"],
  ["GET", "/webhooks", "webhooks"],
  ["POST", "/webhooks", "webhooks", { url: "https://praxis.example/in" }],
  ["DELETE", `/webhooks/${ID}`, "webhooks"],
];

async function equipped(links = 2, scopes: readonly Scope[] = SCOPES) {
  const practice = await practiceWith(rig, links);
  const { id, token } = await newToken(practice.browser, scopes);
  rig.told.length = 0;
  return { ...practice, id, token, ask: program(rig, token) };
}

describe("who may ask", () => {
  test("no token, a wrong one, another form of it: the same answer on every route, whatever the body", async () => {
    const { token } = await equipped();
    const wrong = `${token.slice(0, -2)}${token.endsWith("AA") ? "BA" : "AA"}`;
    for (const [method, path, , body] of ROUTES)
      expect((await program(rig, null)(method, path, body)).body).toEqual({ code: "token.invalid" });
    for (const one of [wrong, token.slice(4), `${token}=`, ""])
      expect((await program(rig, one)("GET", "/rooms")).status).toBe(401);
    expect((await program(rig, null)("POST", "/rooms", { nonsense: 1 })).status).toBe(401);
    const basic = { authorization: `Basic ${btoa(`x:${token}`)}` };
    expect((await program(rig, null)("GET", "/rooms", undefined, basic)).status).toBe(401);
  });

  test("every route refuses a token with all scopes but its own", async () => {
    const { browser } = await practiceWith(rig, 0);
    for (const scope of SCOPES) {
      const others = SCOPES.filter((each) => each !== scope);
      const ask = program(rig, (await newToken(browser, others)).token);
      const only = program(rig, (await newToken(browser, [scope])).token);
      for (const [method, path, own, body] of ROUTES.filter((route) => route[2] === scope)) {
        const refused = await ask(method, path, body);
        expect([method, path, refused.status, refused.body]).toEqual([
          method,
          path,
          403,
          { code: "token.scope" },
        ]);
        const taken = await only(method, path, body);
        expect([own, String(taken.body.code)]).not.toEqual([own, "token.scope"]);
      }
    }
  });

  test("a revoked token is as good as none, at once", async () => {
    const { browser, id, ask } = await equipped();
    expect((await ask("GET", "/rooms")).status).toBe(200);
    expect((await browser.ask("DELETE", `/api/tokens/${id}`)).status).toBe(204);
    expect(await ask("GET", "/rooms")).toMatchObject({ status: 401, body: { code: "token.invalid" } });
    expect((await browser.ask("DELETE", `/api/tokens/${id}`)).body).toEqual({ code: "token.unknown" });
  });

  test("cookies do not count here, tokens nowhere else", async () => {
    const { browser, token } = await equipped();
    expect((await browser.ask("GET", "/api/v1/rooms")).body).toEqual({ code: "token.invalid" });
    const bearer = { authorization: `Bearer ${token}` };
    for (const path of ["/api/rooms", "/api/tokens", "/api/vault", "/api/ledger"])
      expect((await createBrowser(rig).ask("GET", path, undefined, bearer)).body.code).toBe(
        "session.required",
      );
  });

  test("a foreign page gets no leave to send a token, and a token needs no origin", async () => {
    const foreign = { origin: "https://evil.example", "access-control-request-method": "POST" };
    const asked = new Request(`${ORIGIN}/api/v1/rooms`, {
      method: "OPTIONS",
      headers: { ...foreign, "access-control-request-headers": "authorization" },
    });
    const answer = await rig.handle(asked);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    const { ask, links } = await equipped();
    expect((await ask("POST", "/rooms", { clients: [[links[0]]] })).status).toBe(201);
    // only what lies under v1: elsewhere the origin is asked for as before
    for (const path of ["/api/v1x/rooms", "/api/tokens", "/api/%761/rooms"]) {
      const got = await rig.handle(new Request(`${ORIGIN}${path}`, { method: "POST" }));
      expect([path, got.status]).toEqual([path, 403]);
    }
  });

  test("[limits] so many requests with one token in a minute", async () => {
    const { ask, browser } = await equipped();
    for (let n = 0; n < REQUESTS_PER_TOKEN; n++) expect((await ask("GET", "/presence")).status).toBe(200);
    const slow = await ask("GET", "/presence");
    expect(slow).toMatchObject({ status: 429, body: { code: "token.slow-down" } });
    expect(Number(slow.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await program(rig, (await newToken(browser)).token)("GET", "/presence")).status).toBe(200);
  });

  test("[limits] so many wrong tokens from one address, then not even the right one", async () => {
    const own = await createRig({ addressFrom: "x-forwarded-for" });
    const { browser } = await practiceWith(own, 0);
    const { token } = await newToken(browser);
    const from = { "x-forwarded-for": "198.51.100.7" };
    for (let n = 0; n < MISSES_PER_ADDRESS; n++)
      expect((await program(own, "tpc_no")("GET", "/rooms", undefined, from)).status).toBe(401);
    expect((await program(own, token)("GET", "/rooms", undefined, from)).status).toBe(429);
    const elsewhere = { "x-forwarded-for": "198.51.100.8" };
    expect((await program(own, token)("GET", "/rooms", undefined, elsewhere)).status).toBe(200);
    await own.close();
  });
});

describe("tokens, managed by the therapist", () => {
  test("told once, listed without it, noted as used not finer than a minute", async () => {
    const { browser, id, token, ask } = await equipped(0, ["rooms", "presence"]);
    expect(token).toMatch(/^tpc_[\w-]{43}$/);
    const listed = async () => (await browser.ask("GET", "/api/tokens")).body.tokens;
    const row = { id, label: "Praxisprogramm", scopes: ["rooms", "presence"], createdAt: rig.time.now };
    expect(await listed()).toEqual([{ ...row, lastUsedAt: null }]);
    const first = rig.time.now;
    await ask("GET", "/rooms");
    rig.time.now += USED_MS - 1;
    await ask("GET", "/rooms");
    expect(await listed()).toEqual([{ ...row, lastUsedAt: first }]);
    rig.time.now += 1;
    await ask("GET", "/rooms");
    expect(await listed()).toEqual([{ ...row, lastUsedAt: rig.time.now }]);
    expect(JSON.stringify(await listed())).not.toContain(token.slice(4));
  });

  test("only with a session; another practice's is unknown; odd ones are refused", async () => {
    const { id } = await equipped();
    const stranger = createBrowser(rig);
    for (const method of ["GET", "POST"])
      expect((await stranger.ask(method, "/api/tokens")).body).toEqual({ code: "session.required" });
    const { browser } = await practiceWith(rig, 0);
    expect((await browser.ask("DELETE", `/api/tokens/${id}`)).body).toEqual({ code: "token.unknown" });
    for (const odd of [
      { label: "", scopes: ["rooms"] },
      { label: "a".repeat(61), scopes: ["rooms"] },
      { label: "a", scopes: [] },
      { label: "a", scopes: ["rooms", "rooms"] },
      { label: "a", scopes: ["everything"] },
    ])
      expect((await browser.ask("POST", "/api/tokens", odd)).body).toEqual({ code: "request.invalid" });
    expect((await browser.ask("GET", "/api/tokens")).body).toEqual({ tokens: [] });
  });

  test("[limits] so many, and none more", async () => {
    const { browser } = await practiceWith(rig, 0);
    for (let n = 0; n < TOKENS_MAX; n++) await newToken(browser);
    const more = await browser.ask("POST", "/api/tokens", { label: "one more", scopes: ["rooms"] });
    expect(more).toMatchObject({ status: 409, body: { code: "token.too-many" } });
  });
});

describe("what it does", () => {
  test("opens a room for a group, lists and closes it; pages and signaling hear of it", async () => {
    const { ask, browser, links } = await equipped(3);
    const clients = links.map((rid) => [rid]);
    const opened = await ask("POST", "/rooms", { clients });
    expect(opened).toMatchObject({ status: 201, body: { clients, call: null, startable: true } });
    expect((await ask("GET", "/rooms")).body).toEqual({ rooms: [opened.body] });
    expect((await browser.ask("GET", "/api/rooms")).body).toEqual({ rooms: [opened.body] });
    expect((await ask("DELETE", `/rooms/${opened.body.room}`)).status).toBe(204);
    expect(rig.told.map(([what]) => what)).toEqual(["opened", "closed"]);
    expect((await ask("DELETE", `/rooms/${opened.body.room}`)).body).toEqual({ code: "room.unknown" });
  });

  test("refuses as the pages' routes do: open already, unknown, too many", async () => {
    const { ask, links } = await equipped(9);
    const [first] = links;
    const { room } = (await ask("POST", "/rooms", { clients: [[first]] })).body as { room: string };
    expect((await ask("POST", "/rooms", { clients: [[first]] })).body).toEqual({
      code: "room.client-open",
      room,
    });
    const other = await equipped(1);
    for (const rid of [...other.links, newId()])
      expect((await ask("POST", "/rooms", { clients: [[rid]] })).body).toEqual({ code: "link.unknown" });
    const all = await ask("POST", "/rooms", { clients: links.map((rid) => [rid]) });
    expect(all).toMatchObject({ status: 422, body: { code: "room.too-many" } });
    expect((await ask("DELETE", `/rooms/${room}`)).status).toBe(204);
    expect((await other.ask("GET", "/rooms")).body).toEqual({ rooms: [] });
  });

  test("plans, moves, lists and deletes; a room of another practice, and its plans, are nobody's business", async () => {
    const { ask, links } = await equipped();
    const starts = [rig.time.now + HOUR, rig.time.now + 2 * HOUR];
    const made = await ask("POST", "/planned", { starts, clients: links.map((rid) => [rid]) });
    expect(made.status).toBe(201);
    const [one, two] = made.body.planned as { plan: string; startsAt: number }[];
    const startsAt = rig.time.now + 3 * HOUR;
    expect((await ask("PATCH", `/planned/${one?.plan}`, { startsAt })).body).toEqual({
      planned: [{ ...one, startsAt }],
    });
    const other = await equipped();
    expect((await other.ask("GET", "/planned")).body).toEqual({ planned: [] });
    expect((await other.ask("DELETE", `/planned/${one?.plan}`)).body).toEqual({ code: "planned.unknown" });
    const past = await ask("POST", "/planned", { starts: [1], clients: [[links[0]]] });
    expect(past.body).toEqual({ code: "planned.past" });
    expect((await ask("DELETE", `/planned/${two?.plan}?series=all`)).status).toBe(204);
    expect((await ask("GET", "/planned")).body).toEqual({ planned: [] });
  });

  test("reads balance and month, the same as the pages", async () => {
    const { ask, browser } = await equipped(0);
    expect((await ask("GET", "/ledger")).body).toEqual((await browser.ask("GET", "/api/ledger")).body);
    const month = await ask("GET", "/ledger/months/2023-11");
    expect(month.status).toBe(200);
    expect(month.body).toEqual((await browser.ask("GET", "/api/ledger/months/2023-11")).body);
    expect((await ask("GET", "/ledger/months/2023-13")).body).toEqual({ code: "request.invalid" });
  });

  test("says which calls are on and how many are present, of this practice only", async () => {
    const { ask, links } = await equipped();
    const { room } = (await ask("POST", "/rooms", { clients: links.map((rid) => [rid]) })).body as {
      room: RoomId;
    };
    expect((await ask("GET", "/presence")).body).toEqual({ calls: [] });
    const call = newId<CallId>();
    await rig.store.rooms.setCall(room, call);
    rig.present.set(call, 3);
    expect((await ask("GET", "/presence")).body).toEqual({ calls: [{ room, call, present: 3 }] });
    expect((await (await equipped()).ask("GET", "/presence")).body).toEqual({ calls: [] });
  });

  test("a field that no shape names is refused, wherever it stands, and nothing is done", async () => {
    const { ask, links } = await equipped();
    const clients = [[links[0] as Rid]];
    const later = rig.time.now + HOUR;
    for (const [path, body] of [
      ["/rooms", { clients, name: "Max" }],
      ["/rooms", { clients, id: "K-1" }],
      ["/planned", { starts: [later], clients, note: "x" }],
      ["/webhooks", { url: "https://praxis.example/in", label: "x" }],
      ["/rooms", { clients: [[{ rid: links[0], name: "Max" }]] }],
    ] as const)
      expect([path, (await ask("POST", path, body)).body]).toEqual([path, { code: "request.invalid" }]);
    expect((await ask("GET", "/rooms")).body).toEqual({ rooms: [] });
    expect((await ask("GET", "/planned")).body).toEqual({ planned: [] });
    expect((await ask("GET", "/webhooks")).body).toEqual({ webhooks: [] });
  });

  test("nothing of a token, and no id, gets into the log", async () => {
    const { token, ask, links } = await equipped();
    await ask("POST", "/rooms", { clients: [[links[0]]] });
    await ask("POST", "/rooms", "nonsense");
    const log = rig.lines.join("\n");
    for (const secret of [token, token.slice(4), links[0] ?? ""]) expect(log).not.toContain(secret);
  });
});

describe("webhooks", () => {
  test("made with a secret that is told once, listed, removed; each token has its own", async () => {
    const { ask, browser } = await equipped(0);
    const url = "https://praxis.example/in?program=1";
    const made = await ask("POST", "/webhooks", { url });
    expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^[\w-]{43}$/) } });
    const row = {
      webhook: made.body.webhook,
      url,
      createdAt: rig.time.now,
      waiting: 0,
      dropped: 0,
      fault: null,
    };
    expect((await ask("GET", "/webhooks")).body).toEqual({ webhooks: [row] });
    const other = program(rig, (await newToken(browser)).token);
    expect((await other("GET", "/webhooks")).body).toEqual({ webhooks: [] });
    expect((await other("DELETE", `/webhooks/${made.body.webhook}`)).body).toEqual({
      code: "webhook.unknown",
    });
    expect((await ask("DELETE", `/webhooks/${made.body.webhook}`)).status).toBe(204);
  });

  test("[bad input] an address that is no public https is refused with a word of its own", async () => {
    const { ask } = await equipped(0);
    for (const url of [
      "http://praxis.example/in",
      "https://127.0.0.1/in",
      "https://2130706433/in",
      "https://0x7f.1/in",
      "https://[::1]/in",
      "https://[::ffff:10.0.0.1]/in",
      "https://10.1.2.3/in",
      "https://localhost/in",
      "https://praxis.localhost./in",
      "https://db/in",
      "https://nas.local/in",
      "https://user:word@praxis.example/in",
      "https://praxis.example/in#part",
      "http://127.0.0.1:8081/in",
    ])
      expect([url, (await ask("POST", "/webhooks", { url })).body]).toEqual([
        url,
        { code: "webhook.target" },
      ]);
    for (const url of [
      "ftp://praxis.example/",
      "praxis.example",
      `https://a.example/${"x".repeat(WEBHOOK_URL_MAX)}`,
    ])
      expect([url, (await ask("POST", "/webhooks", { url })).body]).toEqual([
        url,
        { code: "request.invalid" },
      ]);
    expect((await ask("POST", "/webhooks", { url: "http://127.0.0.1:8080/in" })).status).toBe(201);
  });

  test("[limits] so many of one token", async () => {
    const { ask } = await equipped(0);
    const url = "https://praxis.example/in";
    for (let n = 0; n < WEBHOOKS_PER_TOKEN_MAX; n++)
      expect((await ask("POST", "/webhooks", { url })).status).toBe(201);
    expect((await ask("POST", "/webhooks", { url })).body).toEqual({ code: "webhook.too-many" });
  });
});
