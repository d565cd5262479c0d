/** How often one may try, on both sides of each limit; and that nobody can lock a therapist out. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { noise } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import { createBrowser, createRig, type Rig, register, sampleRegistration } from "../testing/rig.ts";
import {
  createAttempts,
  SALTS_PER_ADDRESS,
  SLOW_MAX_MS,
  TRIES_PER_ACCOUNT,
  TRIES_PER_ADDRESS,
  TRIES_PER_DEVICE,
  TRIES_UNSLOWED,
} from "./attempts.ts";
import { ApiFailure } from "./failure.ts";

const refusal = (code: string) => ({ body: { code, retryAfterSeconds: expect.any(Number) } });

function attempts() {
  const waits: number[] = [];
  return { waits, tries: createAttempts(async (ms) => void waits.push(ms), 3) };
}

const stranger = (account = "anna", address = "192.0.2.1") => ({ account, address, device: null });

describe("budgets", () => {
  test("an address has its tries at one account, then waits; others and other accounts do not", async () => {
    const { tries } = attempts();
    for (let n = 0; n < TRIES_PER_ACCOUNT; n++) await tries.begin(stranger());
    await expect(tries.begin(stranger())).rejects.toMatchObject(refusal("login.slow-down"));
    await tries.begin(stranger("anna", "192.0.2.2"));
    await tries.begin(stranger("berta"));
  });

  test("an address has its tries at all accounts together", async () => {
    const { tries } = attempts();
    for (let n = 0; n < TRIES_PER_ADDRESS; n++) await tries.begin(stranger(`name${n}`));
    await expect(tries.begin(stranger("one-more"))).rejects.toBeInstanceOf(ApiFailure);
  });

  test("a right try is none: people who log in often never wait", async () => {
    const { tries, waits } = attempts();
    for (let n = 0; n < TRIES_PER_ADDRESS + 1; n++) {
      await tries.begin(stranger());
      await tries.succeed(stranger());
    }
    expect(waits).toEqual([]);
  });

  test("tries from everywhere slow an account down, up to a limit, and never refuse", async () => {
    const { tries, waits } = attempts();
    for (let n = 0; n <= TRIES_UNSLOWED; n++) await tries.begin(stranger("anna", `10.0.0.${n}`));
    expect(waits).toEqual([]);
    for (let n = 0; n < 200; n++) await tries.begin(stranger("anna", `10.1.0.${n}`));
    expect(waits[0]).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBe(SLOW_MAX_MS);
    expect(waits.length).toBe(200);
  });

  test("a browser that logged in before has its own budget and is never slowed", async () => {
    const { tries, waits } = attempts();
    for (let n = 0; n < 100; n++) await tries.begin(stranger("anna", `10.0.0.${n}`));
    waits.length = 0;
    const known = { account: "anna", address: "10.0.0.1", device: "laptop" };
    for (let n = 0; n < TRIES_PER_DEVICE; n++) await tries.begin(known);
    await expect(tries.begin(known)).rejects.toMatchObject(refusal("login.slow-down"));
    await tries.begin({ ...known, device: "phone" });
    expect(waits).toEqual([]);
    const other = { ...known, device: "tablet" };
    for (let n = 0; n < TRIES_PER_DEVICE * 2; n++) {
      await tries.begin(other);
      await tries.succeed(other);
    }
  });

  test("salts and registrations are counted by address", async () => {
    const { tries } = attempts();
    for (let n = 0; n < SALTS_PER_ADDRESS; n++) await tries.salt("192.0.2.1");
    await expect(tries.salt("192.0.2.1")).rejects.toMatchObject(refusal("login.slow-down"));
    for (let n = 0; n < 3; n++) await tries.register("192.0.2.1");
    await expect(tries.register("192.0.2.1")).rejects.toMatchObject(
      refusal("account.registration-slow-down"),
    );
    await tries.register("192.0.2.2");
  });
});

describe("over HTTP", () => {
  let rig: Rig;
  const rigs: Rig[] = [];
  beforeEach(async () => {
    rig = await createRig({ addressFrom: "x-forwarded-for", registrationsPerHour: 2 });
    rigs.push(rig);
  });
  afterAll(() => Promise.all(rigs.map((one) => one.close())));

  const from = (address: string) => createBrowser(rig, { "x-forwarded-for": address });
  const wrong = (user: string) => ({ user, authKey: base64url(noise(32)) });

  test("a stranger who fails again and again waits; the therapist's own browser does not notice", async () => {
    const { browser, sent } = await register(rig, { "x-forwarded-for": "192.0.2.1" });
    await browser.ask("DELETE", "/api/session");
    let last = await from("192.0.2.1").ask("POST", "/api/session", wrong(sent.user));
    for (let n = 0; n < TRIES_PER_ACCOUNT; n++) {
      last = await from("192.0.2.1").ask("POST", "/api/session", wrong(sent.user));
    }
    expect(last).toMatchObject({ status: 429, body: { code: "login.slow-down" } });
    const seconds = Number(last.body.retryAfterSeconds);
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThanOrEqual(900);
    expect(last.headers.get("retry-after")).toBe(String(seconds));
    const right = { user: sent.user, authKey: sent.authKey };
    expect((await from("192.0.2.1").ask("POST", "/api/session", right)).status).toBe(429);
    expect((await browser.ask("POST", "/api/session", right)).status).toBe(200);
  });

  test("unknown names count the same as known ones", async () => {
    for (let n = 0; n < TRIES_PER_ACCOUNT; n++) {
      expect((await from("192.0.2.1").ask("POST", "/api/session", wrong("nobody"))).status).toBe(401);
    }
    expect((await from("192.0.2.1").ask("POST", "/api/session", wrong("nobody"))).status).toBe(429);
  });

  test("a forged, foreign or cut device cookie is no device", async () => {
    const { browser, sent } = await register(rig);
    const other = await register(rig);
    const mine = browser.jar.get("device") ?? "";
    const forged = [
      `${mine.slice(0, -2)}AA`,
      other.browser.jar.get("device") ?? "",
      mine.slice(0, 40),
      `${mine}.x`,
    ];
    for (const [n, device] of forged.entries()) {
      const cookie = `device=${device}`;
      const address = `192.0.2.${10 + n}`;
      for (let k = 0; k < TRIES_PER_ACCOUNT; k++) {
        await from(address).ask("POST", "/api/session", wrong(sent.user), { cookie });
      }
      const last = await from(address).ask("POST", "/api/session", wrong(sent.user), { cookie });
      expect(last.status).toBe(429);
    }
    const cookie = `device=${mine}`;
    for (let k = 0; k <= TRIES_PER_ACCOUNT; k++) {
      const known = await from("192.0.2.99").ask("POST", "/api/session", wrong(sent.user), { cookie });
      expect(known.status).toBe(401);
    }
  });

  test("IPv6 counts by its /64, and what a browser claims before the proxy's entry counts nothing", async () => {
    const register = (address: string) => from(address).ask("POST", "/api/accounts", sampleRegistration());
    expect((await register("2001:db8::1")).status).toBe(201);
    expect((await register("2001:db8::ffff:2")).status).toBe(201);
    const third = await register("198.51.100.7, 2001:db8:0:0:3::3");
    expect(third).toMatchObject({ status: 429, body: { code: "account.registration-slow-down" } });
    expect((await register("2001:db8:0:1::1")).status).toBe(201);
  });

  test("wrong old passwords are limited too, by session", async () => {
    const { browser, sent } = await register(rig, { "x-forwarded-for": "192.0.2.1" });
    const ask = () => browser.ask("DELETE", "/api/account", { authKey: base64url(noise(32)) });
    for (let n = 0; n < TRIES_PER_DEVICE; n++) expect((await ask()).status).toBe(401);
    expect((await ask()).status).toBe(429);
    expect((await browser.ask("DELETE", "/api/account", { authKey: sent.authKey })).status).toBe(429);
  });
});
