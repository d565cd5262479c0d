/** Two practices on one server: whatever one sends with the ids of the other, on any route, nothing comes out and nothing changes. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { noise } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import { newId, type Rid } from "../../wire/ids.ts";
import { newToken, practiceWith, program } from "../testing/program.ts";
import {
  type Browser,
  createBrowser,
  type Got,
  type Rig,
  register,
  sampleRegistration,
} from "../testing/rig.ts";
import { createWalkRig, filled, isByToken, isWriting } from "../testing/walk.ts";

/** Thousands of requests on a busy machine. */
const SLOW = 60_000;
let rig: Rig;
beforeAll(async () => {
  rig = await createWalkRig({ addressFrom: "x-forwarded-for" });
});
afterAll(() => rig.close());

const HOUR = 3_600_000;
/** Asking from another address each time, so that no budget hides what a route would have said. */
const elsewhere = () => ({ "x-forwarded-for": Array.from(noise(4)).join(".") });
const box = (bytes = 296) => base64url(noise(bytes));
const ok = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};

/** A practice that has one of everything, and what of it nobody else may get to see. */
async function furnished() {
  const { browser, links } = await practiceWith(rig, 3);
  const [first, second, third] = links as [Rid, Rid, Rid];
  const record = { id: newId(), version: 1, box: box() };
  const change = { base: 1, manifest: box(), put: [record], drop: [], links: { add: [], drop: [] } };
  ok(await browser.ask("POST", "/api/vault", change));
  const { room } = ok(await browser.ask("POST", "/api/rooms", { clients: [[first]] }));
  const draft = { starts: [rig.time.now + HOUR], clients: [[second]] };
  const planned = ok(await browser.ask("POST", "/api/planned", draft)).planned as { plan: string }[];
  const logo = newId();
  ok(await browser.ask("PUT", "/api/logo", { id: logo, box: box() }));
  ok(await browser.ask("PUT", "/api/brands", { put: [{ rid: third, box: box() }] }));
  const invitation = newId();
  ok(await browser.ask("POST", "/api/staff", { invitation, tokenHash: box(32) }));
  const { id: token, token: bearer } = await newToken(browser);
  const hook = { url: "https://praxis.example/of-the-first" };
  const webhook = ok(await program(rig, bearer)("POST", "/webhooks", hook));
  const feed = ok(await browser.ask("POST", "/api/feed"));
  const sessions = ok(await browser.ask("GET", "/api/sessions")).sessions as { id: string }[];
  const ids = {
    link: first,
    planned: second,
    branded: third,
    record: record.id,
    room: String(room),
    plan: planned[0]?.plan ?? "",
    logo,
    invitation,
    token,
    webhook: String(webhook.webhook),
    session: sessions[0]?.id ?? "",
  };
  const secrets = [
    record.box,
    change.manifest,
    bearer,
    webhook.secret,
    feed.token,
    hook.url,
    ...browser.jar.values(),
  ];
  return { browser, bearer, ids, secrets: secrets.map(String) };
}

type Furnished = Awaited<ReturnType<typeof furnished>>;

/** All that the pages of a practice show of it. */
async function shown({ browser, bearer }: Furnished): Promise<unknown> {
  const paths = [
    "vault",
    "rooms",
    "planned",
    "brands",
    "staff",
    "tokens",
    "feed",
    "sessions",
    "account",
    "ledger",
  ];
  const pages = await Promise.all(paths.map((path) => browser.ask("GET", `/api/${path}`)));
  const hooks = await program(rig, bearer)("GET", "/webhooks");
  const session = (await browser.ask("GET", "/api/session")).body;
  return [...pages, hooks].map(({ status, body }) => [status, body]).concat([[200, session]]);
}

/** Bodies that name what the other has, in each form that some route takes. */
function bodiesOf({ ids }: Furnished): Record<string, unknown>[] {
  const rids = [ids.link, ids.planned, ids.branded];
  const empty = { base: 0, manifest: box(), put: [], drop: [], links: { add: [], drop: [] } };
  return [
    {},
    ...rids.map((rid) => ({ clients: [[rid]] })),
    ...rids.map((rid) => ({ starts: [rig.time.now + 2 * HOUR], clients: [[rid]] })),
    { startsAt: rig.time.now + 3 * HOUR },
    { ...empty, links: { add: rids, drop: [] } },
    { ...empty, drop: [ids.record], links: { add: [], drop: rids } },
    { put: rids.map((rid) => ({ rid, box: box() })), drop: rids },
    { put: rids.map((rid) => ({ rid, box: box() })) },
    { id: ids.logo },
    { id: ids.logo, box: box() },
    { invitation: ids.invitation, tokenHash: box(32) },
    { token: ids.invitation },
  ];
}

/** Asked by one stranger. Higher: its budgets are over, and hide what a route would have said. */
const ASKED = 200;

/** Another practice, that asks by cookie or token whichever a route takes; after some time a new one goes on. */
function strangers() {
  let asked = 0;
  let [cookie, token] = ["", ""];
  return async (method: string, path: string, body?: unknown): Promise<Got> => {
    if (asked++ % ASKED === 0) {
      const { browser } = await practiceWith(rig, 1);
      cookie = browser.cookie();
      token = (await newToken(browser)).token;
    }
    if (isByToken(path)) return program(rig, token)(method, path.slice("/api/v1".length), body, elsewhere());
    return createBrowser(rig, { cookie }).ask(method, path, body, elsewhere());
  };
}

/** They end the session that asks, which is the asker's own. */
const OWN_END = ["DELETE /api/session", "POST /api/session/lock"];

describe("[A01] between two practices", () => {
  test(
    "every route with every id of the other's, and every body that names them: nothing comes out, nothing changes",
    async () => {
      const first = await furnished();
      const before = await shown(first);
      const ask = strangers();
      const bodies = bodiesOf(first);
      const leaks: string[] = [];
      let asked = 0;
      for (const { method, path } of rig.routes()) {
        if (OWN_END.includes(`${method} ${path}`)) continue;
        const ids = path.includes(":") ? Object.values(first.ids) : [""];
        for (const id of ids)
          for (const body of isWriting(method) ? bodies : [undefined]) {
            asked += 1;
            const at = filled(path, () => id);
            const got = await ask(method, at, body);
            expect([at, String(got.body.code)]).not.toEqual([at, expect.stringContaining("slow-down")]);
            const text = JSON.stringify(got.body);
            if (first.secrets.some((secret) => text.includes(secret))) leaks.push(`${method} ${at}`);
          }
      }
      expect(leaks).toEqual([]);
      expect(asked).toBeGreaterThan(1_000);
      expect(await shown(first)).toEqual(before);
    },
    SLOW,
  );

  test(
    "the walk would see it: the owner gets all of that by the same routes, and can take it away",
    async () => {
      const own = await furnished();
      const text = JSON.stringify(await shown(own));
      const byPages = own.secrets.filter((secret) => text.includes(secret));
      expect(byPages.length).toBeGreaterThan(2);
      const before = await shown(own);
      expect((await own.browser.ask("DELETE", `/api/rooms/${own.ids.room}`)).status).toBe(204);
      expect(await shown(own)).not.toEqual(before);
    },
    SLOW,
  );

  test(
    "what one does not have and what the other has are answered alike, so no id can be asked for",
    async () => {
      const first = await furnished();
      const { browser } = await register(rig);
      const ask = async (method: string, path: string, body?: unknown) => {
        const { status, body: said } = await browser.ask(method, path, body);
        return { status, said };
      };
      const pairs: [string, (id: string) => string, string, unknown?][] = [
        ["DELETE", (id) => `/api/rooms/${id}`, first.ids.room],
        ["DELETE", (id) => `/api/planned/${id}`, first.ids.plan],
        ["POST", (id) => `/api/planned/${id}/start`, first.ids.plan],
        ["PATCH", (id) => `/api/planned/${id}`, first.ids.plan, { startsAt: rig.time.now + HOUR }],
        ["DELETE", (id) => `/api/tokens/${id}`, first.ids.token],
        ["DELETE", (id) => `/api/staff/${id}`, first.ids.invitation],
        ["DELETE", (id) => `/api/sessions/${id}`, first.ids.session],
        ["GET", (id) => `/api/links/${id}`, first.ids.link],
      ];
      for (const [method, path, id, body] of pairs)
        expect([path(""), await ask(method, path(id), body)]).toEqual([
          path(""),
          await ask(method, path(newId()), body),
        ]);
      const clients = (rid: string) => ({ clients: [[rid]] });
      expect(await ask("POST", "/api/rooms", clients(first.ids.link))).toEqual(
        await ask("POST", "/api/rooms", clients(newId())),
      );
    },
    SLOW,
  );
});

describe("[A04] fields that no page sends", () => {
  const EXTRA = {
    id: "0".repeat(32),
    practice: "0".repeat(32),
    role: "operator",
    admin: true,
    points: 1_000_000,
    trialMinutes: 1_000_000,
    createdAt: 1,
    passes: 1,
    memoryBytes: 1,
    loginHash: box(32),
    employment: null,
    scopes: ["planned", "rooms", "ledger", "presence", "webhooks"],
  };

  test(
    "make no account richer, older, weaker or mightier",
    async () => {
      const sent = { ...sampleRegistration(), ...EXTRA };
      const browser = createBrowser(rig);
      const got = await browser.ask("POST", "/api/accounts", sent);
      const plain = await register(rig);
      const look = async (one: Browser, user: string) => {
        const [session, account, ledger] = await Promise.all(
          ["session", "account", "ledger"].map((path) => one.ask("GET", `/api/${path}`)),
        );
        const { user: _, wrap, salt, sessionHalf, ...rest } = session?.body ?? {};
        return [rest, { ...account?.body, user }, ledger?.body];
      };
      expect(got.status).toBe(201);
      expect(await look(browser, "x")).toEqual(await look(plain.browser, "x"));
      expect(
        (await browser.ask("POST", "/api/session", { user: sent.user, authKey: sent.authKey })).status,
      ).toBe(200);
    },
    SLOW,
  );

  test(
    "pollute nothing: __proto__ and constructor in every body of every route",
    async () => {
      const { browser } = await register(rig);
      const { token } = await newToken(browser);
      const cookie = browser.cookie();
      const bodies = [
        '{"__proto__":{"polluted":1}}',
        '{"constructor":{"prototype":{"polluted":1}}}',
        '[{"__proto__":{"polluted":1}}]',
      ];
      const polluted = () => ({}) as { polluted?: number };
      for (const { method, path } of rig.routes().filter(({ method }) => isWriting(method))) {
        if (OWN_END.includes(`${method} ${path}`)) continue;
        for (const body of bodies) {
          const headers = {
            origin: "http://localhost:3000",
            "content-type": "application/json",
            cookie,
            authorization: `Bearer ${token}`,
          };
          const answer = await rig.handle(
            new Request(`http://localhost:3000${filled(path)}`, { method, headers, body }),
          );
          expect([path, answer.status >= 500, polluted().polluted]).toEqual([path, false, undefined]);
        }
      }
    },
    SLOW,
  );
});
