/** Turning second factors on and off: by the password and, where one is on, a factor; and what is stored of them opens nothing. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { noise } from "../../../db/testing/samples.ts";
import { base64url } from "../../../wire/bytes.ts";
import { PASSKEYS_MAX } from "../../../wire/factors.ts";
import type { PracticeId } from "../../../wire/ids.ts";
import type { UserName } from "../../../wire/names.ts";
import { createAuthenticator } from "../../testing/authenticator.ts";
import {
  codeAt,
  provesPassword,
  turnsPasskeyOn,
  turnsTotpOn,
  typesPassword,
  withTotp,
} from "../../testing/factors.ts";
import {
  type Browser,
  createBrowser,
  createRig,
  type Rig,
  register,
  samplePassword,
} from "../../testing/rig.ts";
import { IDLE_LOCK_MS } from "../auth.ts";
import { bringsCertificates } from "./passkeys.ts";
import { TICKET_MS } from "./tickets.ts";
import { newTotpSecret, openTotp, sealTotp } from "./totp.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 1000 });
});
afterAll(() => rig.close());

const codes = (got: { status: number; body: Record<string, unknown> }) => [got.status, got.body.code];

/** A ticket by the password and a code of the app. */
async function proves(browser: Browser, authKey: string, answer: object): Promise<string> {
  const { body } = await browser.ask("POST", "/api/factors/proof", { authKey });
  const got = await browser.ask("POST", "/api/factors/proof/second", { ticket: body.ticket, ...answer });
  if (got.status !== 200) throw new Error(`proving answered ${got.status}`);
  return String(got.body.ticket);
}

describe("turning on", () => {
  test("by the password and a right code; ten spare codes are told once, with the first factor", async () => {
    const { browser, sent } = await register(rig);
    const none = await browser.ask("GET", "/api/factors");
    expect(none).toMatchObject({ status: 200, body: { totp: null, passkeys: [], spares: 0 } });
    const ticket = await provesPassword(browser, sent.authKey);
    const made = await turnsTotpOn(rig, browser, ticket);
    expect(made.uri).toStartWith("otpauth://totp/TheraPsy%20Connect:");
    expect(made.uri).toContain(`secret=${made.secret}`);
    expect(Buffer.from(made.secret).length).toBe(32);
    expect(made.spares.length).toBe(10);
    for (const code of made.spares)
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
    const { got } = await turnsPasskeyOn(browser, ticket);
    expect(got).toMatchObject({ status: 201, body: { spares: null } });
    const { body } = await browser.ask("GET", "/api/factors");
    expect(body).toMatchObject({
      totp: { createdAt: rig.time.now },
      passkeys: [{ name: "Laptop" }],
      spares: 10,
    });
  });

  test("not with a wrong password, without a ticket, with a wrong code, or without a draft", async () => {
    const { browser, sent } = await register(rig);
    const bad = await browser.ask("POST", "/api/factors/proof", { authKey: base64url(noise(32)) });
    expect(codes(bad)).toEqual([401, "login.wrong"]);
    const made_up = await browser.ask("POST", "/api/factors/totp/draft", { ticket: base64url(noise(32)) });
    expect(codes(made_up)).toEqual([401, "login.ticket"]);
    const ticket = await provesPassword(browser, sent.authKey);
    const early = await browser.ask("PUT", "/api/factors/totp", { ticket, code: "000000" });
    expect(codes(early)).toEqual([401, "login.factor-wrong"]);
    const { body } = await browser.ask("POST", "/api/factors/totp/draft", { ticket });
    const late = codeAt(String(body.secret), rig.time.now + 120_000);
    expect(codes(await browser.ask("PUT", "/api/factors/totp", { ticket, code: late }))).toEqual([
      401,
      "login.factor-wrong",
    ]);
    expect((await browser.ask("GET", "/api/factors")).body).toMatchObject({ totp: null, spares: 0 });
  });

  test("a ticket is for five minutes, for its session, and dies with the password", async () => {
    const { browser, sent } = await register(rig);
    const draft = (who: Browser, ticket: string) => who.ask("POST", "/api/factors/totp/draft", { ticket });
    const ticket = await provesPassword(browser, sent.authKey);
    const { browser: second } = await typesPassword(rig, sent);
    expect(codes(await draft(second, ticket))).toEqual([401, "login.ticket"]);
    expect(codes(await draft(createBrowser(rig), ticket))).toEqual([401, "session.required"]);
    rig.time.now += TICKET_MS - 1;
    expect((await draft(browser, ticket)).status).toBe(200);
    rig.time.now += 1;
    expect(codes(await draft(browser, ticket))).toEqual([401, "login.ticket"]);
    const next = await provesPassword(browser, sent.authKey);
    await browser.ask("PUT", "/api/password", { authKey: sent.authKey, next: samplePassword() });
    expect(codes(await draft(browser, next))).toEqual([401, "login.ticket"]);
  });

  test("a ticket of a log-in changes no factor", async () => {
    const { browser, sent } = await withTotp(rig);
    const { ticket } = await typesPassword(rig, sent);
    expect(codes(await browser.ask("DELETE", "/api/factors/totp", { ticket }))).toEqual([
      401,
      "login.ticket",
    ]);
  });

  test("a passkey answers its own challenge once, belongs to one account, and brings no certificates", async () => {
    const [{ browser, sent }, other] = [await register(rig), await register(rig)];
    const ticket = await provesPassword(browser, sent.authKey);
    const ask = async () => {
      const { body } = await browser.ask("POST", "/api/factors/passkeys/options", { ticket });
      return { challenge: String(body.challenge), excluded: body.excludeCredentials };
    };
    const add = (passkey: unknown) =>
      browser.ask("POST", "/api/factors/passkeys", { ticket, name: "A", passkey });
    const key = createAuthenticator();
    const asked = await ask();
    expect((await add(key.register(asked))).status).toBe(201);
    expect(codes(await add(key.register(asked)))).toEqual([422, "factor.passkey"]);
    const again = await ask();
    expect(again.excluded).toEqual([expect.objectContaining({ transports: ["internal"] })]);
    expect(codes(await add(key.register({ challenge: asked.challenge })))).toEqual([422, "factor.passkey"]);
    const strange = createAuthenticator("http://evil.example");
    expect(codes(await add(strange.register(await ask())))).toEqual([422, "factor.passkey"]);
    // {"x5c": [h'00']}
    const chain = new Uint8Array([0xa1, 0x63, 0x78, 0x35, 0x63, 0x81, 0x41, 0x00]);
    for (const [format, statement] of [
      ["packed", chain],
      ["apple", new Uint8Array([0xa0])],
    ] as const) {
      const made = createAuthenticator().register(await ask(), format, statement);
      expect(codes(await add(made))).toEqual([422, "factor.passkey"]);
    }
    const theirs = await provesPassword(other.browser, other.sent.authKey);
    const { body } = await other.browser.ask("POST", "/api/factors/passkeys/options", { ticket: theirs });
    const taken = key.register({ challenge: String(body.challenge) });
    const got = await other.browser.ask("POST", "/api/factors/passkeys", {
      ticket: theirs,
      name: "A",
      passkey: taken,
    });
    expect(codes(got)).toEqual([422, "factor.passkey"]);
  });

  test("ten passkeys and no more", async () => {
    const { browser, sent } = await register(rig);
    const ticket = await provesPassword(browser, sent.authKey);
    for (let n = 0; n < PASSKEYS_MAX; n++)
      expect((await turnsPasskeyOn(browser, ticket, `Key ${n}`)).got.status).toBe(201);
    expect(codes((await turnsPasskeyOn(browser, ticket)).got)).toEqual([409, "factor.too-many"]);
  });
});

describe("where one is on", () => {
  test("the password alone changes nothing: a factor is asked for, and each change needs a ticket that passed", async () => {
    const { browser, sent, secret } = await withTotp(rig);
    const asked = await browser.ask("POST", "/api/factors/proof", { authKey: sent.authKey });
    expect(asked).toMatchObject({
      status: 401,
      body: { code: "login.second-factor", methods: ["totp", "spare"] },
    });
    const { ticket } = asked.body;
    for (const [method, path] of [
      ["POST", "/totp/draft"],
      ["DELETE", "/totp"],
      ["POST", "/passkeys/options"],
      ["POST", "/spares"],
      ["DELETE", `/passkeys/${"0".repeat(32)}`],
    ] as const)
      expect(codes(await browser.ask(method, `/api/factors${path}`, { ticket }))).toEqual([
        401,
        "login.ticket",
      ]);
    const passed = await proves(browser, sent.authKey, { totp: codeAt(secret, rig.time.now) });
    expect((await browser.ask("DELETE", "/api/factors/totp", { ticket: passed })).status).toBe(204);
    expect((await browser.ask("GET", "/api/factors")).body).toEqual({ totp: null, passkeys: [], spares: 0 });
    expect((await typesPassword(rig, sent)).got.status).toBe(200);
  });

  test("the last one off takes the spare codes along; what is not there is said", async () => {
    const { browser, sent, spares } = await withTotp(rig);
    const ticket = await proves(browser, sent.authKey, { spare: spares[0] });
    const { got } = await turnsPasskeyOn(browser, ticket);
    expect(got.body.spares).toBeNull();
    expect((await browser.ask("DELETE", "/api/factors/totp", { ticket })).status).toBe(204);
    const { body } = await browser.ask("GET", "/api/factors");
    expect(body.spares).toBe(9);
    const [{ id = "" } = {}] = body.passkeys as { id?: string }[];
    const other = await withTotp(rig);
    const theirs = await proves(other.browser, other.sent.authKey, { spare: other.spares[0] });
    const strange = await other.browser.ask("DELETE", `/api/factors/passkeys/${id}`, { ticket: theirs });
    expect(codes(strange)).toEqual([404, "factor.unknown"]);
    expect((await browser.ask("DELETE", `/api/factors/passkeys/${id}`, { ticket })).status).toBe(204);
    expect(codes(await browser.ask("DELETE", `/api/factors/passkeys/${id}`, { ticket }))).toEqual([
      404,
      "factor.unknown",
    ]);
    expect(codes(await browser.ask("POST", "/api/factors/spares", { ticket }))).toEqual([
      404,
      "factor.unknown",
    ]);
    expect((await browser.ask("GET", "/api/factors")).body.spares).toBe(0);
  });

  test("new spare codes replace the old ones", async () => {
    const { browser, sent, spares } = await withTotp(rig);
    const ticket = await proves(browser, sent.authKey, { spare: spares[0] });
    const { body } = await browser.ask("POST", "/api/factors/spares", { ticket });
    const [fresh] = body.spares as string[];
    const tries: number[] = [];
    for (const spare of [spares[1], fresh]) {
      const { browser: stranger, ticket: asked } = await typesPassword(rig, sent);
      tries.push((await stranger.ask("POST", "/api/session/second", { ticket: asked, spare })).status);
    }
    expect(tries).toEqual([401, 200]);
  });

  test("a locked session and the password alone open, change and delete nothing", async () => {
    const { browser, sent } = await withTotp(rig);
    rig.time.now += IDLE_LOCK_MS;
    expect((await browser.ask("GET", "/api/session")).body.sessionHalf).toBeNull();
    const { authKey } = sent;
    for (const [method, path, body] of [
      ["PUT", "/api/password", { authKey, next: samplePassword() }],
      ["DELETE", "/api/account", { authKey }],
      ["POST", "/api/factors/proof", { authKey }],
    ] as const)
      expect(codes(await browser.ask(method, path, body))).toEqual([401, "session.required"]);
    expect((await typesPassword(rig, sent, browser)).got.body.code).toBe("login.second-factor");
  });
});

test("the database alone gives no secret: the box needs the key file, and opens for its own account only", async () => {
  const { sent, secret, spares } = await withTotp(rig);
  const practice = await rig.store.practices.byUser(sent.user as UserName);
  if (practice === null) throw new Error("no account");
  const { totp } = await rig.store.factors.of(practice.id);
  const box = totp?.box ?? new Uint8Array();
  const opened = openTotp(rig.keys.factors, practice.id, box);
  expect(opened.length).toBe(20);
  expect(() => openTotp(rig.keys.pepper, practice.id, box)).toThrow();
  expect(() => openTotp(rig.keys.factors, "0".repeat(32) as PracticeId, box)).toThrow();
  const files = readdirSync(rig.folder).filter((name) => name.startsWith("t.db"));
  const stored = Buffer.concat(files.map((name) => readFileSync(join(rig.folder, name))));
  for (const hidden of [Buffer.from(opened), Buffer.from(secret), Buffer.from(spares[4] ?? "-")])
    expect(stored.includes(hidden)).toBe(false);
  expect(rig.lines.join("\n")).not.toContain(secret);
});

test("[R12] what brings certificates is told before the library asks the addresses in them", () => {
  const key = createAuthenticator();
  const chain = new Uint8Array([0xa1, 0x63, 0x78, 0x35, 0x63, 0x81, 0x41, 0x00]);
  const none = new Uint8Array([0xa0]);
  const brings = (format: string, statement: Uint8Array<ArrayBuffer>) =>
    bringsCertificates(key.register({ challenge: "AA" }, format, statement));
  expect([brings("none", none), brings("packed", none)]).toEqual([false, false]);
  expect([brings("packed", chain), brings("apple", none), brings("tpm", none)]).toEqual([true, true, true]);
  expect(bringsCertificates({ response: { clientDataJSON: "", attestationObject: "AAAA" } })).toBe(true);
});

test("the same secret is sealed differently each time", () => {
  const secret = newTotpSecret();
  const seal = () =>
    Buffer.from(sealTotp(rig.keys.factors, "1".repeat(32) as PracticeId, secret)).toString("hex");
  expect(seal()).not.toBe(seal());
});
