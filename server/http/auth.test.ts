/** The life of a session: 30 days, a rotation a day with grace, the lock after a long pause; and cookies that say so. */
import { afterAll, beforeEach, expect, test } from "bun:test";
import { StoreFull } from "../../db/errors.ts";
import { createBrowser, createRig, type Rig, register } from "../testing/rig.ts";
import { GRACE_MS, IDLE_LOCK_MS, ROTATE_MS, SEEN_EVERY_MS, SESSION_MS } from "./auth.ts";

let rig: Rig;
const rigs: Rig[] = [];
beforeEach(async () => {
  rig = await createRig();
  rigs.push(rig);
});
afterAll(() => Promise.all(rigs.map((one) => one.close())));

/** Asks with a given cookie and no jar. */
const with_ = (cookie: string) => createBrowser(rig).ask("GET", "/api/session", undefined, { cookie });
const sessionCookie = (got: { headers: Headers }) =>
  got.headers.getSetCookie().find((line) => line.startsWith("session="));

test("the cookie is HttpOnly, SameSite=Lax, for 30 days; under TLS also Secure and __Host-", async () => {
  const { got } = await register(rig);
  expect(sessionCookie(got)).toMatch(/^session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
  const origin = "https://praxis.example";
  const tls = await createRig({ origin });
  rigs.push(tls);
  const secure = await register(tls, { origin });
  const lines = secure.got.headers.getSetCookie();
  expect(lines.map((line) => line.slice(0, line.indexOf("=")))).toEqual(["__Host-session", "__Host-device"]);
  for (const line of lines) expect(line).toEndWith("; Path=/; HttpOnly; SameSite=Lax; Secure");
  expect((await secure.browser.ask("GET", "/api/session")).status).toBe(200);
});

test("the database holds no token, only its hash", async () => {
  const { browser } = await register(rig);
  const token = Buffer.from(browser.jar.get("session") ?? "", "base64url");
  expect(token.length).toBe(32);
  const file = await Bun.file(`${rig.folder}/t.db-wal`).bytes();
  expect(Buffer.from(file).includes(token)).toBe(false);
});

test("a session lasts 30 days from the log-in and not a millisecond more, however often it is used", async () => {
  const { browser } = await register(rig);
  for (let day = 0; day < 28; day++) {
    rig.time.now += 24 * 60 * 60 * 1000;
    await browser.ask("GET", "/api/session");
  }
  rig.time.now += 2 * 24 * 60 * 60 * 1000 - 1;
  const last = await browser.ask("GET", "/api/session");
  expect(last.status).toBe(200);
  expect(sessionCookie(last)).toContain("Max-Age=1;");
  rig.time.now += 1;
  expect((await browser.ask("GET", "/api/session")).status).toBe(401);
  expect(SESSION_MS).toBe(30 * 24 * 60 * 60 * 1000);
});

test("after a day the token is another; not before", async () => {
  const { browser } = await register(rig);
  const first = browser.cookie();
  rig.time.now += ROTATE_MS - 1;
  expect(sessionCookie(await browser.ask("GET", "/api/session"))).toBeUndefined();
  rig.time.now += 1;
  const rotated = await browser.ask("GET", "/api/rooms");
  expect(sessionCookie(rotated)).toBeDefined();
  expect(browser.cookie()).not.toBe(first);
  expect((await browser.ask("GET", "/api/session")).status).toBe(200);
});

test("once the new token was seen, the old one is good for 60 s and not longer", async () => {
  const { browser } = await register(rig);
  const old = browser.cookie();
  rig.time.now += ROTATE_MS;
  await browser.ask("GET", "/api/session");
  await browser.ask("GET", "/api/session");
  rig.time.now += GRACE_MS - 1;
  const late = await with_(old);
  expect([late.status, sessionCookie(late)]).toEqual([200, undefined]);
  rig.time.now += 1;
  expect((await with_(old)).status).toBe(401);
  expect((await browser.ask("GET", "/api/session")).status).toBe(200);
});

test("an answer lost at the rotation logs nobody out: the old token goes on and gets another", async () => {
  const { browser } = await register(rig);
  const old = browser.cookie();
  rig.time.now += ROTATE_MS;
  const lost = sessionCookie(await with_(old));
  expect(lost).toBeDefined();
  rig.time.now += GRACE_MS - 1;
  expect(sessionCookie(await with_(old))).toBeUndefined();
  rig.time.now += 1;
  const again = await browser.ask("GET", "/api/session");
  expect([again.status, sessionCookie(again) !== undefined]).toEqual([200, true]);
  expect((await browser.ask("GET", "/api/session")).status).toBe(200);
});

test("many requests at once on the day of rotation: one new token, nobody out", async () => {
  const { browser } = await register(rig);
  rig.time.now += ROTATE_MS;
  const all = await Promise.all(Array.from({ length: 8 }, () => browser.ask("GET", "/api/rooms")));
  expect(all.map((got) => got.status)).toEqual(Array(8).fill(200));
  expect(all.filter((got) => sessionCookie(got) !== undefined).length).toBe(1);
  expect((await browser.ask("GET", "/api/session")).status).toBe(200);
});

test("a rotated cookie also comes with an answer that refuses", async () => {
  const { browser } = await register(rig);
  rig.time.now += ROTATE_MS;
  const refused = await browser.ask("POST", "/api/rooms", { clients: 1 });
  expect([refused.status, sessionCookie(refused) !== undefined]).toEqual([400, true]);
});

test("[TP1 2.5] 12 h without a request lock the session, a minute less does not", async () => {
  const { browser } = await register(rig);
  rig.time.now += IDLE_LOCK_MS - 1;
  expect((await browser.ask("GET", "/api/session")).body.sessionHalf).toEqual(expect.any(String));
  rig.time.now += IDLE_LOCK_MS;
  expect((await browser.ask("GET", "/api/session")).body.sessionHalf).toBeNull();
  expect((await browser.ask("GET", "/api/session")).body.sessionHalf).toBeNull();
});

test("being seen is written once a minute", async () => {
  const { browser } = await register(rig);
  const seen = async () => {
    const { sessions } = (await browser.ask("GET", "/api/sessions")).body as {
      sessions: { lastSeenAt: number }[];
    };
    return sessions[0]?.lastSeenAt;
  };
  const start = rig.time.now;
  rig.time.now += SEEN_EVERY_MS - 1;
  expect(await seen()).toBe(start);
  rig.time.now += 1;
  expect(await seen()).toBe(start + SEEN_EVERY_MS);
});

test("a full disk takes no reading away: the session works, and stays locked where it was to be", async () => {
  const { browser } = await register(rig);
  rig.store.sessions.seen = () => Promise.reject(new StoreFull());
  rig.store.sessions.rotate = () => Promise.reject(new StoreFull());
  rig.time.now += ROTATE_MS;
  const got = await browser.ask("GET", "/api/session");
  expect(got).toMatchObject({ status: 200, body: { sessionHalf: null } });
  expect(rig.lines.filter((line) => line.includes("session.not-noted")).length).toBe(2);
});

test("the socket's upgrade knows the session by its cookie; nobody else", async () => {
  const { browser } = await register(rig);
  const known = await rig.auth.authenticate({ cookie: browser.cookie() });
  const { sessions } = (await browser.ask("GET", "/api/sessions")).body as { sessions: { id: string }[] };
  expect(known?.session).toBe(sessions[0]?.id ?? "");
  for (const cookie of [
    null,
    "",
    "session=",
    "session=x",
    `session=${"A".repeat(43)}`,
    `x${browser.cookie()}`,
  ]) {
    expect(await rig.auth.authenticate({ cookie })).toBeNull();
  }
});
