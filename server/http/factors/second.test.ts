/** The second step of log-in and recovery: nothing is given before it, every answer works once, guessing is stopped. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { noise } from "../../../db/testing/samples.ts";
import { base64url } from "../../../wire/bytes.ts";
import { codeAt, provesPassword, turnsPasskeyOn, typesPassword, withTotp } from "../../testing/factors.ts";
import { createBrowser, createRig, type Rig, register, samplePassword } from "../../testing/rig.ts";
import { RECOVERY_MS, TICKET_MS, TICKETS_PER_PRACTICE, TRIES_PER_TICKET } from "./tickets.ts";
import { CODES_PER_ACCOUNT, CODES_PER_DAY } from "./tries.ts";

let rig: Rig;
const rigs: Rig[] = [];
beforeEach(async () => {
  rig = await createRig({ registrationsPerHour: 1000 });
  rigs.push(rig);
});
afterAll(() => Promise.all(rigs.map((one) => one.close())));

const STEP_MS = 30_000;
const wrong = (secret: string) => (codeAt(secret, rig.time.now) === "000000" ? "111111" : "000000");
const codes = (got: { status: number; body: Record<string, unknown> }) => [got.status, got.body.code];

describe("log-in", () => {
  test("after the right password: methods and a ticket, and no cookie, wrap or half; after the code all of it", async () => {
    const { sent, secret } = await withTotp(rig);
    const { browser, got, ticket } = await typesPassword(rig, sent);
    expect(got.status).toBe(401);
    expect(got.body).toEqual({
      code: "login.second-factor",
      methods: ["totp", "spare"],
      ticket: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(got.headers.getSetCookie()).toEqual([]);
    const totp = codeAt(secret, rig.time.now);
    const done = await browser.ask("POST", "/api/session/second", { ticket, totp });
    expect(done).toMatchObject({ status: 200, body: { user: sent.user, wrap: sent.wrap } });
    expect((await browser.ask("GET", "/api/session")).status).toBe(200);
  });

  test("a wrong password and an unknown name look as they do without a second factor", async () => {
    const { sent } = await withTotp(rig);
    const other = base64url(noise(32));
    const [known, unknown] = [
      await typesPassword(rig, { ...sent, authKey: other }),
      await typesPassword(rig, { user: "nobody-here", authKey: other }),
    ];
    expect(known.got.body).toEqual({ code: "login.wrong" });
    expect(unknown.got.body).toEqual(known.got.body);
    expect(unknown.got.status).toBe(known.got.status);
  });

  test("a code works once: not on the same ticket, not on another one, not the one before it", async () => {
    const { sent, secret } = await withTotp(rig);
    const [early, totp] = [codeAt(secret, rig.time.now - STEP_MS), codeAt(secret, rig.time.now)];
    const one = await typesPassword(rig, sent);
    expect((await one.browser.ask("POST", "/api/session/second", { ticket: one.ticket, totp })).status).toBe(
      200,
    );
    const again = await one.browser.ask("POST", "/api/session/second", { ticket: one.ticket, totp });
    expect(codes(again)).toEqual([401, "login.ticket"]);
    for (const code of [totp, early]) {
      const two = await typesPassword(rig, sent);
      const got = await two.browser.ask("POST", "/api/session/second", { ticket: two.ticket, totp: code });
      expect(codes(got)).toEqual([401, "login.factor-wrong"]);
      expect(got.headers.getSetCookie()).toEqual([]);
    }
  });

  test("the code it was turned on with does not log in", async () => {
    const { sent, secret } = await withTotp(rig);
    rig.time.now -= 120_000;
    const { browser, ticket } = await typesPassword(rig, sent);
    const totp = codeAt(secret, rig.time.now);
    const got = await browser.ask("POST", "/api/session/second", { ticket, totp });
    expect(codes(got)).toEqual([401, "login.factor-wrong"]);
  });

  test.each([
    [-2, 401],
    [-1, 200],
    [1, 200],
    [2, 401],
  ])("a clock that is %i steps of 30 s wrong is answered %i", async (steps, status) => {
    const { sent, secret } = await withTotp(rig);
    const { browser, ticket } = await typesPassword(rig, sent);
    const totp = codeAt(secret, rig.time.now + steps * STEP_MS);
    expect((await browser.ask("POST", "/api/session/second", { ticket, totp })).status).toBe(status);
  });

  test("two right answers to one ticket at once are one log-in", async () => {
    const { sent, secret, spares } = await withTotp(rig);
    const { ticket } = await typesPassword(rig, sent);
    const answers = [{ totp: codeAt(secret, rig.time.now) }, { spare: spares[0] }];
    const got = await Promise.all(
      answers.map((answer) => createBrowser(rig).ask("POST", "/api/session/second", { ticket, ...answer })),
    );
    expect(got.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test("a spare code works once, however it is typed, and is not another account's", async () => {
    const [{ sent, spares }, other] = [await withTotp(rig), await withTotp(rig)];
    const spare = ` ${spares[0]?.toLowerCase().replaceAll("-", " ")} `;
    const strange = await typesPassword(rig, other.sent);
    const tried = await strange.browser.ask("POST", "/api/session/second", { ticket: strange.ticket, spare });
    expect(codes(tried)).toEqual([401, "login.factor-wrong"]);
    const seen: unknown[] = [];
    for (let n = 0; n < 2; n++) {
      const { browser, ticket } = await typesPassword(rig, sent);
      seen.push((await browser.ask("POST", "/api/session/second", { ticket, spare })).status);
    }
    expect(seen).toEqual([200, 401]);
    expect(new Set(spares).size).toBe(10);
  });

  test("no ticket, a made-up one, one that is over, one of another account, one of a recovery: nothing", async () => {
    const [{ sent, secret }, other] = [await withTotp(rig), await withTotp(rig)];
    const totp = () => codeAt(secret, rig.time.now);
    const browser = createBrowser(rig);
    const ask = (ticket: unknown) => browser.ask("POST", "/api/session/second", { ticket, totp: totp() });
    expect((await ask(undefined)).status).toBe(400);
    expect(codes(await ask(base64url(noise(32))))).toEqual([401, "login.ticket"]);
    const theirs = await typesPassword(rig, other.sent);
    expect(codes(await ask(theirs.ticket))).toEqual([401, "login.factor-wrong"]);
    const back = await browser.ask("POST", "/api/recovery", { user: sent.user, authR: sent.authR });
    expect(codes(await ask(back.body.ticket))).toEqual([401, "login.ticket"]);
    const { ticket } = await typesPassword(rig, sent);
    rig.time.now += TICKET_MS;
    expect(codes(await ask(ticket))).toEqual([401, "login.ticket"]);
    expect((await browser.ask("GET", "/api/session")).status).toBe(401);
  });

  test("a ticket dies with the password it came from", async () => {
    const { browser, sent, secret } = await withTotp(rig);
    const { ticket } = await typesPassword(rig, sent);
    const changed = await browser.ask("PUT", "/api/password", {
      authKey: sent.authKey,
      next: samplePassword(),
    });
    expect(changed.status).toBe(200);
    const got = await createBrowser(rig).ask("POST", "/api/session/second", {
      ticket,
      totp: codeAt(secret, rig.time.now),
    });
    expect(codes(got)).toEqual([401, "login.ticket"]);
  });

  test("a ticket is no session, and the session after it is a new one", async () => {
    const { sent, secret } = await withTotp(rig);
    const { browser, ticket } = await typesPassword(rig, sent);
    const given = { cookie: `session=${ticket}` };
    expect((await browser.ask("GET", "/api/session", undefined, given)).status).toBe(401);
    browser.jar.set("session", ticket);
    const totp = codeAt(secret, rig.time.now);
    await browser.ask("POST", "/api/session/second", { ticket, totp });
    expect(browser.jar.get("session")).not.toBe(ticket);
    expect((await createBrowser(rig).ask("GET", "/api/session", undefined, given)).status).toBe(401);
  });

  test("exactly one answer is taken, in its form", async () => {
    const { sent, spares } = await withTotp(rig);
    const { browser, ticket } = await typesPassword(rig, sent);
    for (const answer of [
      {},
      { totp: "000000", spare: spares[0] },
      { totp: "12345" },
      { totp: "12345a" },
      { spare: 1 },
    ])
      expect((await browser.ask("POST", "/api/session/second", { ticket, ...answer })).status).toBe(400);
  });
});

describe("guessing", () => {
  test("a ticket has few tries, then the password is asked again, also with the right code", async () => {
    const { sent, secret } = await withTotp(rig);
    const { browser, ticket } = await typesPassword(rig, sent);
    const ask = (totp: string) => browser.ask("POST", "/api/session/second", { ticket, totp });
    for (let n = 0; n < TRIES_PER_TICKET; n++)
      expect(codes(await ask(wrong(secret)))).toEqual([401, "login.factor-wrong"]);
    expect(codes(await ask(codeAt(secret, rig.time.now)))).toEqual([401, "login.ticket"]);
  });

  test("codes from everywhere share the account's tries; its own browser, spare codes and other accounts do not", async () => {
    const site = await createRig({
      registrationsPerHour: 1000,
      addressFrom: "x-forwarded-for",
    });
    rigs.push(site);
    rig = site;
    const { browser: own, sent, secret, spares } = await withTotp(rig);
    const seen: unknown[] = [];
    for (let n = 0; n <= CODES_PER_ACCOUNT; n++) {
      const stranger = createBrowser(rig, { "x-forwarded-for": `10.0.0.${n}` });
      const { ticket } = await typesPassword(rig, sent, stranger);
      seen.push(
        (await stranger.ask("POST", "/api/session/second", { ticket, totp: wrong(secret) })).body.code,
      );
    }
    expect(seen.slice(0, -1)).toEqual(Array(CODES_PER_ACCOUNT).fill("login.factor-wrong"));
    expect(seen.at(-1)).toBe("login.slow-down");
    const late = await typesPassword(rig, sent);
    const spare = await late.browser.ask("POST", "/api/session/second", {
      ticket: late.ticket,
      spare: spares[3],
    });
    expect(spare.status).toBe(200);
    const mine = await typesPassword(rig, sent, own);
    const totp = codeAt(secret, rig.time.now);
    expect((await own.ask("POST", "/api/session/second", { ticket: mine.ticket, totp })).status).toBe(200);
    expect(CODES_PER_DAY).toBeGreaterThan(CODES_PER_ACCOUNT);
  });

  test("tickets of one account are bounded: the oldest goes", async () => {
    const { sent, secret } = await withTotp(rig);
    const tickets: string[] = [];
    for (let n = 0; n <= TICKETS_PER_PRACTICE; n++) tickets.push((await typesPassword(rig, sent)).ticket);
    const ask = (ticket = "") =>
      createBrowser(rig).ask("POST", "/api/session/second", { ticket, totp: codeAt(secret, rig.time.now) });
    expect(codes(await ask(tickets[0]))).toEqual([401, "login.ticket"]);
    expect((await ask(tickets[1])).status).toBe(200);
  });
});

describe("passkeys", () => {
  async function withPasskey() {
    const { browser, sent } = await register(rig);
    const ticket = await provesPassword(browser, sent.authKey);
    const { key, got } = await turnsPasskeyOn(browser, ticket);
    expect(got.status).toBe(201);
    return { browser, sent, key };
  }
  async function asked(sent: { user: string; authKey: string }) {
    const { browser, ticket } = await typesPassword(rig, sent);
    const { body } = await browser.ask("POST", "/api/second/passkey", { ticket });
    const answer = (passkey: unknown) => browser.ask("POST", "/api/session/second", { ticket, passkey });
    return { browser, ticket, options: body, challenge: String(body.challenge), answer };
  }

  test("a signature of this challenge logs in and is noted; the same one again does not", async () => {
    const { browser, sent, key } = await withPasskey();
    const one = await asked(sent);
    expect(one.options).toMatchObject({ rpId: "localhost", userVerification: "preferred" });
    const signed = key.assert(one);
    rig.time.now += 1000;
    expect((await one.answer(signed)).status).toBe(200);
    const two = await asked(sent);
    expect(codes(await two.answer(signed))).toEqual([401, "login.factor-wrong"]);
    const { body } = await browser.ask("GET", "/api/factors");
    expect(body.passkeys).toEqual([expect.objectContaining({ name: "Laptop", lastUsedAt: rig.time.now })]);
  });

  test("a challenge is good once, also after a wrong answer, and for its ticket alone", async () => {
    const { sent, key } = await withPasskey();
    const [one, two] = [await asked(sent), await asked(sent)];
    const signed = key.assert(one);
    const bent = { ...signed, response: { ...signed.response, signature: base64url(noise(70)) } };
    expect(codes(await one.answer(bent))).toEqual([401, "login.factor-wrong"]);
    expect(codes(await one.answer(signed))).toEqual([401, "login.factor-wrong"]);
    expect(codes(await two.answer(signed))).toEqual([401, "login.factor-wrong"]);
  });

  test("another account's passkey, another site's, and a counter that goes back do not log in", async () => {
    const [{ sent, key }, other] = [await withPasskey(), await withPasskey()];
    const one = await asked(sent);
    expect(codes(await one.answer(other.key.assert(one)))).toEqual([401, "login.factor-wrong"]);
    key.state.counter = 5;
    const two = await asked(sent);
    expect((await two.answer(key.assert(two))).status).toBe(200);
    key.state.counter = 4;
    const three = await asked(sent);
    expect(codes(await three.answer(key.assert(three)))).toEqual([401, "login.factor-wrong"]);
  });
});

describe("recovery", () => {
  const renewal = () => ({ ...samplePassword(), authR: base64url(noise(32)), wrapR: base64url(noise(104)) });

  test("asks for the second factor before it gives the wrap, and again before the new password", async () => {
    const { sent, secret, spares } = await withTotp(rig);
    const browser = createBrowser(rig);
    const { user, authR } = sent;
    const first = await browser.ask("POST", "/api/recovery", { user, authR });
    expect(first).toMatchObject({ status: 401, body: { code: "login.second-factor" } });
    expect(first.body.wrapR).toBeUndefined();
    const { ticket } = first.body;
    const next = renewal();
    expect(codes(await browser.ask("PUT", "/api/recovery", { user, authR, next }))).toEqual([
      401,
      "login.second-factor",
    ]);
    expect(codes(await browser.ask("PUT", "/api/recovery", { user, authR, next, ticket }))).toEqual([
      401,
      "login.ticket",
    ]);
    const bad = await browser.ask("POST", "/api/recovery/second", { ticket, totp: wrong(secret) });
    expect(codes(bad)).toEqual([401, "login.factor-wrong"]);
    const passed = await browser.ask("POST", "/api/recovery/second", { ticket, spare: spares[1] });
    expect(passed).toMatchObject({ status: 200, body: { wrapR: sent.wrapR } });
    rig.time.now += RECOVERY_MS - 1;
    expect((await browser.ask("PUT", "/api/recovery", { user, authR, next, ticket })).status).toBe(200);
    const again = { user, authR: next.authR, next: renewal(), ticket };
    expect(codes(await browser.ask("PUT", "/api/recovery", again))).toEqual([401, "login.ticket"]);
  });

  test("a ticket that passed is over after half an hour, is not another account's, and its factor stays on", async () => {
    const [{ sent, secret }, other] = [await withTotp(rig), await withTotp(rig)];
    const browser = createBrowser(rig);
    const pass = async () => {
      const { body } = await browser.ask("POST", "/api/recovery", { user: sent.user, authR: sent.authR });
      const totp = codeAt(secret, rig.time.now);
      await browser.ask("POST", "/api/recovery/second", { ticket: body.ticket, totp });
      return body.ticket;
    };
    const ticket = await pass();
    const theirs = { user: other.sent.user, authR: other.sent.authR, next: renewal(), ticket };
    expect(codes(await browser.ask("PUT", "/api/recovery", theirs))).toEqual([401, "login.ticket"]);
    rig.time.now += RECOVERY_MS;
    const late = { user: sent.user, authR: sent.authR, next: renewal(), ticket };
    expect(codes(await browser.ask("PUT", "/api/recovery", late))).toEqual([401, "login.ticket"]);
    const done = await browser.ask("PUT", "/api/recovery", { ...late, ticket: await pass() });
    expect(done.status).toBe(200);
    expect((await browser.ask("GET", "/api/factors")).body.totp).not.toBeNull();
  });
});

test("without a second factor everything is as it was", async () => {
  const { sent } = await register(rig);
  const { got } = await typesPassword(rig, sent);
  expect(got.status).toBe(200);
});
