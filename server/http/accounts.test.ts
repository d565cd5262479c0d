/** Registering, logging in and out, changing and recovering the password, deleting: what a therapist's page does. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { noise } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import type { UserName } from "../../wire/names.ts";
import {
  createBrowser,
  createRig,
  type Rig,
  register,
  samplePassword,
  sampleRegistration,
} from "../testing/rig.ts";
import { loginHash } from "./secrets.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 1000 });
});
afterAll(() => rig.close());

const stored = async (user: string) => {
  const practice = await rig.store.practices.byUser(user as UserName);
  if (practice === null) throw new Error("no such account");
  return practice;
};

describe("registering", () => {
  test("[TP1 2.10] makes an account that is logged in; the server keeps an HMAC of authKey, never authKey", async () => {
    const { browser, sent, got } = await register(rig);
    expect(got.body).toEqual({ user: sent.user, wrap: sent.wrap, sessionHalf: expect.any(String) });
    const practice = await stored(sent.user);
    const authKey = Buffer.from(sent.authKey, "base64url");
    expect(practice.loginHash).toEqual(loginHash(rig.keys.pepper, authKey));
    expect(practice.recoveryHash).toEqual(loginHash(rig.keys.pepper, Buffer.from(sent.authR, "base64url")));
    for (const value of Object.values(practice)) {
      if (value instanceof Uint8Array) expect(Buffer.from(value).equals(authKey)).toBe(false);
    }
    const me = await browser.ask("GET", "/api/session");
    expect(me).toMatchObject({ status: 200, body: { user: sent.user, salt: sent.salt, email: null } });
  });

  test("the name is folded by the one function and given out once", async () => {
    const sent = sampleRegistration();
    const typed = ` ${sent.user.toUpperCase()} `;
    const got = await createBrowser(rig).ask("POST", "/api/accounts", { ...sent, user: typed });
    expect(got).toMatchObject({ status: 201, body: { user: sent.user } });
    const again = await createBrowser(rig).ask("POST", "/api/accounts", {
      ...sampleRegistration(),
      user: sent.user,
    });
    expect(again).toMatchObject({ status: 409, body: { code: "account.name-taken" } });
  });

  test.each(["ab", "-anna", "anna@praxis", "a".repeat(33), "", "änna"])(
    "%j is no user name",
    async (user) => {
      const got = await createBrowser(rig).ask("POST", "/api/accounts", { ...sampleRegistration(), user });
      expect(got).toMatchObject({ status: 422, body: { code: "account.name-invalid" } });
    },
  );

  test.each([
    ["authKey", base64url(noise(31))],
    ["authKey", base64url(noise(33))],
    ["salt", "!".repeat(22)],
    ["salt", `${"A".repeat(21)}B`],
    ["wrap", base64url(noise(103))],
    ["email", "no mail"],
    ["email", undefined],
    ["user", 7],
  ])("a request with %s = %j is refused and nothing of it comes back", async (field, value) => {
    const body = { ...sampleRegistration(), [field]: value };
    const got = await createBrowser(rig).ask("POST", "/api/accounts", body);
    expect([got.status, got.body]).toEqual([400, { code: "request.invalid" }]);
  });

  test("REGISTRATION=closed and =code", async () => {
    const closed = await createRig({ registration: { kind: "closed" } });
    const coded = await createRig({ registration: { kind: "code", code: "acht-zeichen" } });
    const ask = (at: Rig, invitation: string | null) =>
      createBrowser(at).ask("POST", "/api/accounts", { ...sampleRegistration(), invitation });
    expect((await ask(closed, "acht-zeichen")).body).toEqual({ code: "account.registration-closed" });
    expect((await ask(coded, null)).body).toEqual({ code: "account.registration-code" });
    expect((await ask(coded, "acht-zeiche")).body).toEqual({ code: "account.registration-code" });
    expect((await ask(coded, " acht-zeichen ")).status).toBe(201);
    expect((await createBrowser(coded).ask("GET", "/api/operator")).body).toMatchObject({
      registration: "code",
    });
    await Promise.all([closed.close(), coded.close()]);
  });
});

describe("salt", () => {
  test("[TP1 2.10] an unknown name gets an answer that looks the same and stays the same", async () => {
    const { sent } = await register(rig);
    const ask = async (user: string) => (await createBrowser(rig).ask("POST", "/api/salt", { user })).body;
    expect(await ask(sent.user.toUpperCase())).toEqual({
      salt: sent.salt,
      passes: 3,
      memoryBytes: 134_217_728,
    });
    const unknown = await ask("nobody-here");
    expect(unknown).toEqual({ salt: expect.any(String), passes: 3, memoryBytes: 134_217_728 });
    expect(String(unknown.salt).length).toBe(sent.salt.length);
    expect(await ask("Nobody-Here")).toEqual(unknown);
    expect((await ask("nobody-there")).salt).not.toBe(unknown.salt);
    expect((await ask("!")).salt).toEqual(expect.any(String));
  });
});

describe("logging in", () => {
  test("gives a new half each time; the list names the browsers; ending one tells the sockets", async () => {
    const { browser, sent, got } = await register(rig, { "user-agent": "" });
    const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
    const second = createBrowser(rig, { "user-agent": agent });
    const login = await second.ask("POST", "/api/session", { user: sent.user, authKey: sent.authKey });
    expect(login).toMatchObject({ status: 200, body: { user: sent.user, wrap: sent.wrap } });
    expect(login.body.sessionHalf).not.toBe(got.body.sessionHalf);
    const { sessions } = (await second.ask("GET", "/api/sessions")).body as {
      sessions: { id: string; current: boolean; agent: string }[];
    };
    expect(sessions.length).toBe(2);
    expect(sessions.find((one) => one.current)?.agent).toBe("Firefox · Linux");
    const other = sessions.find((one) => !one.current)?.id ?? "";
    rig.told.length = 0;
    expect((await second.ask("DELETE", `/api/sessions/${other}`)).status).toBe(204);
    expect(rig.told).toEqual([["sessionEnded", other]]);
    expect((await browser.ask("GET", "/api/session")).status).toBe(401);
    expect((await second.ask("GET", "/api/session")).status).toBe(200);
  });

  test("a wrong key, a wrong and an impossible name all get the same answer", async () => {
    const { sent } = await register(rig);
    const authKey = base64url(noise(32));
    const answers = [];
    for (const user of [sent.user, "nobody-here", "!"]) {
      const got = await createBrowser(rig).ask("POST", "/api/session", { user, authKey });
      const headers = [...got.headers].filter(([name]) => name !== "date");
      answers.push(JSON.stringify([got.status, got.body, headers]));
    }
    expect(answers[0]).toContain("login.wrong");
    expect(new Set(answers).size).toBe(1);
  });

  test("[TP1 2.10] what depends on whether a name is known is answered at a fixed time", async () => {
    const { sent } = await register(rig);
    for (const user of [sent.user, "nobody-here", "!"]) {
      for (const [path, more] of [
        ["/api/salt", {}],
        ["/api/session", { authKey: base64url(noise(32)) }],
        ["/api/recovery", { authR: base64url(noise(32)) }],
      ] as const) {
        rig.waits.length = 0;
        await createBrowser(rig).ask("POST", path, { user, ...more });
        expect(rig.waits).toEqual([30]);
      }
    }
  });

  test("again in a browser that is logged in: the same session goes on, so no call is cut", async () => {
    const { browser, sent, got } = await register(rig);
    const old = browser.cookie();
    rig.told.length = 0;
    const again = await browser.ask("POST", "/api/session", { user: sent.user, authKey: sent.authKey });
    expect(again.body.sessionHalf).not.toBe(got.body.sessionHalf);
    expect(rig.told).toEqual([]);
    const { sessions } = (await browser.ask("GET", "/api/sessions")).body as { sessions: unknown[] };
    expect(sessions.length).toBe(1);
    expect((await createBrowser(rig).ask("GET", "/api/session", undefined, { cookie: old })).status).toBe(
      401,
    );
  });

  test("logging in as somebody else in the same browser begins a session of its own", async () => {
    const first = await register(rig);
    const second = await register(rig);
    await first.browser.ask("POST", "/api/session", { user: second.sent.user, authKey: second.sent.authKey });
    expect((await first.browser.ask("GET", "/api/session")).body.user).toBe(second.sent.user);
    const login = { user: first.sent.user, authKey: first.sent.authKey };
    expect((await createBrowser(rig).ask("POST", "/api/session", login)).status).toBe(200);
  });

  test("logging out ends the session and takes the cookie; without a session it does nothing", async () => {
    const { browser } = await register(rig);
    const cookie = browser.cookie();
    rig.told.length = 0;
    expect((await browser.ask("DELETE", "/api/session")).status).toBe(204);
    expect(rig.told.map(([what]) => what)).toEqual(["sessionEnded"]);
    expect(browser.jar.has("session")).toBe(false);
    expect((await createBrowser(rig).ask("GET", "/api/session", undefined, { cookie })).status).toBe(401);
    expect((await browser.ask("DELETE", "/api/session")).status).toBe(204);
    expect(rig.told.length).toBe(1);
  });

  test("[TP1 2.5] 'Sperren' forgets the half; the session stays", async () => {
    const { browser, got } = await register(rig);
    expect((await browser.ask("GET", "/api/session")).body.sessionHalf).toBe(got.body.sessionHalf);
    expect((await browser.ask("POST", "/api/session/lock")).status).toBe(204);
    const me = await browser.ask("GET", "/api/session");
    expect(me).toMatchObject({ status: 200, body: { sessionHalf: null } });
  });
});

describe("password and recovery", () => {
  test("[TP1 2.10] a new password ends every other session; the old key no longer opens", async () => {
    const { browser, sent } = await register(rig);
    const other = createBrowser(rig);
    await other.ask("POST", "/api/session", { user: sent.user, authKey: sent.authKey });
    const next = samplePassword();
    rig.told.length = 0;
    const old = browser.cookie();
    const got = await browser.ask("PUT", "/api/password", { authKey: sent.authKey, next });
    expect(got).toMatchObject({ status: 200, body: { sessionHalf: expect.any(String) } });
    expect(rig.told.map(([what]) => what)).toEqual(["sessionEnded"]);
    expect((await other.ask("GET", "/api/session")).status).toBe(401);
    const me = await browser.ask("GET", "/api/session");
    expect(me.body).toMatchObject({ salt: next.salt, wrap: next.wrap, sessionHalf: got.body.sessionHalf });
    expect((await createBrowser(rig).ask("GET", "/api/session", undefined, { cookie: old })).status).toBe(
      401,
    );
    const login = (authKey: string) =>
      createBrowser(rig).ask("POST", "/api/session", { user: sent.user, authKey });
    expect((await login(sent.authKey)).status).toBe(401);
    expect((await login(next.authKey)).status).toBe(200);
  });

  test("a wrong old password changes nothing", async () => {
    const { browser, sent } = await register(rig);
    const before = await stored(sent.user);
    const got = await browser.ask("PUT", "/api/password", {
      authKey: base64url(noise(32)),
      next: samplePassword(),
    });
    expect(got).toMatchObject({ status: 401, body: { code: "login.wrong" } });
    expect(await stored(sent.user)).toEqual(before);
  });

  test("[TP1 2.10] the recovery key shows its wrap, then sets password and recovery key anew and logs in", async () => {
    const { browser, sent } = await register(rig);
    const lost = createBrowser(rig);
    const shown = await lost.ask("POST", "/api/recovery", { user: sent.user, authR: sent.authR });
    expect(shown).toMatchObject({ status: 200, body: { wrapR: sent.wrapR } });
    const fresh = sampleRegistration();
    const next = { ...samplePassword(), authR: fresh.authR, wrapR: fresh.wrapR };
    rig.told.length = 0;
    const got = await lost.ask("PUT", "/api/recovery", { user: sent.user, authR: sent.authR, next });
    expect(got).toMatchObject({ status: 200, body: { user: sent.user, wrap: next.wrap } });
    expect(rig.told.map(([what]) => what)).toEqual(["sessionEnded"]);
    expect((await browser.ask("GET", "/api/session")).status).toBe(401);
    expect((await lost.ask("GET", "/api/session")).body).toMatchObject({ user: sent.user, salt: next.salt });
    const again = await createBrowser(rig).ask("POST", "/api/recovery", {
      user: sent.user,
      authR: sent.authR,
    });
    expect(again).toMatchObject({ status: 401, body: { code: "login.wrong" } });
    const renewed = await createBrowser(rig).ask("POST", "/api/recovery", {
      user: sent.user,
      authR: next.authR,
    });
    expect(renewed.body).toEqual({ wrapR: next.wrapR });
  });

  test("the password is no recovery key and the recovery key no password", async () => {
    const { sent } = await register(rig);
    const ask = (path: string, body: object) =>
      createBrowser(rig).ask("POST", path, { user: sent.user, ...body });
    expect((await ask("/api/recovery", { authR: sent.authKey })).status).toBe(401);
    expect((await ask("/api/session", { authKey: sent.authR })).status).toBe(401);
  });
});

describe("deleting", () => {
  test("needs the password, takes everything along, tells the sockets, and the name stays taken", async () => {
    const { browser, sent } = await register(rig);
    const practice = await stored(sent.user);
    const wrong = await browser.ask("DELETE", "/api/account", { authKey: base64url(noise(32)) });
    expect(wrong).toMatchObject({ status: 401, body: { code: "login.wrong" } });
    rig.told.length = 0;
    expect((await browser.ask("DELETE", "/api/account", { authKey: sent.authKey })).status).toBe(204);
    expect(rig.told).toEqual([["accountDeleted", practice.id]]);
    expect(browser.jar.has("session")).toBe(false);
    expect(await rig.store.practices.byId(practice.id)).toBeNull();
    const again = await createBrowser(rig).ask("POST", "/api/accounts", {
      ...sampleRegistration(),
      user: sent.user,
    });
    expect(again.body).toEqual({ code: "account.name-taken" });
  });
});

const guarded: [string, string, unknown][] = [
  ["GET", "/api/session", undefined],
  ["POST", "/api/session/lock", undefined],
  ["GET", "/api/sessions", undefined],
  ["DELETE", `/api/sessions/${"0".repeat(32)}`, undefined],
  ["PUT", "/api/password", { authKey: base64url(noise(32)), next: samplePassword() }],
  ["DELETE", "/api/account", { authKey: base64url(noise(32)) }],
  ["GET", "/api/vault", undefined],
  ["POST", "/api/vault", {}],
  ["GET", "/api/rooms", undefined],
  ["POST", "/api/rooms", {}],
  ["DELETE", `/api/rooms/${"0".repeat(32)}`, undefined],
];
test.each(guarded)("%s %s needs a session, before its body is looked at", async (method, path, body) => {
  const forged = { cookie: `session=${base64url(noise(32))}` };
  for (const header of [{}, forged]) {
    const got = await createBrowser(rig, header).ask(method, path, body);
    expect([got.status, got.body]).toEqual([401, { code: "session.required" }]);
  }
});

test("an account knows since when it is, and of which months there are statements", async () => {
  const { browser, sent } = await register(rig);
  const got = await browser.ask("GET", "/api/account");
  const month = new Date(rig.time.now).toISOString().slice(0, 7);
  expect(got.body).toEqual({ user: sent.user, email: null, createdAt: rig.time.now, months: [month] });
  expect((await createBrowser(rig).ask("GET", "/api/account")).status).toBe(401);
});
