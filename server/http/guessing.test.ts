/** [A07] Guessing and fixing: what an answer, its work and a planted cookie tell or give somebody who has no account here. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { noise } from "../../db/testing/samples.ts";
import { KDF_COST } from "../../wasm/password.ts";
import { base64url } from "../../wire/bytes.ts";
import { newId } from "../../wire/ids.ts";
import { createBrowser, createRig, type Rig, register } from "../testing/rig.ts";
import { KDF } from "./kdf.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 1000 });
});
afterAll(() => rig.close());

/** How often something under the pepper was computed, the database was asked for a name, and an answer was held back. Counted, since measured
 * time says nothing on a busy machine. */
async function workOf(
  run: () => Promise<unknown>,
): Promise<{ hashes: number; lookUps: number; waits: number[] }> {
  const { pepper } = rig.keys;
  const byUser = rig.store.practices.byUser;
  const done = { hashes: 0, lookUps: 0, waits: rig.waits };
  rig.waits.length = 0;
  Object.defineProperty(rig.keys, "pepper", {
    configurable: true,
    get: () => {
      done.hashes += 1;
      return pepper;
    },
  });
  rig.store.practices.byUser = (user) => {
    done.lookUps += 1;
    return byUser(user);
  };
  try {
    await run();
    return { ...done, waits: [...rig.waits] };
  } finally {
    Object.defineProperty(rig.keys, "pepper", { configurable: true, value: pepper });
    rig.store.practices.byUser = byUser;
  }
}

const WRONG: readonly [string, string, () => Record<string, unknown>][] = [
  ["POST", "/api/salt", () => ({})],
  ["POST", "/api/session", () => ({ authKey: base64url(noise(32)) })],
  ["POST", "/api/recovery", () => ({ authR: base64url(noise(32)) })],
];

describe("who has an account here", () => {
  test.each(WRONG)(
    "%s %s: as many hashes and look-ups for a known name as for an unknown one",
    async (method, path, more) => {
      const { sent } = await register(rig);
      const work = (user: string) => workOf(() => createBrowser(rig).ask(method, path, { user, ...more() }));
      const known = await work(sent.user);
      expect(known).toEqual({ hashes: 1, lookUps: 1, waits: [30] });
      expect(await work("nobody-of-that-name")).toEqual(known);
      // a name that cannot be one is not looked up, which tells nothing that its form does not
      expect(await work("!")).toEqual({ ...known, lookUps: 0 });
    },
  );

  test("a calendar that was removed, a link, a brand and a logo of nobody: answered alike", async () => {
    const { browser } = await register(rig);
    const stranger = createBrowser(rig);
    const token = String((await browser.ask("POST", "/api/feed")).body.token);
    await browser.ask("DELETE", "/api/feed");
    const old = await stranger.ask("GET", `/api/feed/${token}.ics`);
    const none = await stranger.ask("GET", `/api/feed/${base64url(noise(32))}.ics`);
    expect([old.status, old.body]).toEqual([none.status, none.body]);
    for (const path of ["/api/links/", "/api/brand/", "/api/logo/"]) {
      const [one, other] = [
        await stranger.ask("GET", path + newId()),
        await stranger.ask("GET", path + newId()),
      ];
      expect([one.status, one.body]).toEqual([other.status, other.body]);
    }
  });
});

describe("a cookie that somebody planted", () => {
  test("that is none is not taken over by a log-in", async () => {
    const { sent } = await register(rig);
    const planted = `session=${base64url(noise(32))}`;
    const victim = createBrowser(rig);
    victim.jar.set("session", planted.slice("session=".length));
    await victim.ask("POST", "/api/session", { user: sent.user, authKey: sent.authKey });
    expect((await victim.ask("GET", "/api/session")).body.user).toBe(sent.user);
    expect((await createBrowser(rig, { cookie: planted }).ask("GET", "/api/session")).status).toBe(401);
  });

  test("that is a session of the attacker: the log-in begins another one, under another id", async () => {
    const attacker = await register(rig);
    const { sent } = await register(rig);
    const victim = createBrowser(rig);
    victim.jar.set("session", attacker.browser.jar.get("session") ?? "");
    await victim.ask("POST", "/api/session", { user: sent.user, authKey: sent.authKey });
    expect(victim.jar.get("session")).not.toBe(attacker.browser.jar.get("session"));
    expect((await attacker.browser.ask("GET", "/api/session")).body.user).toBe(attacker.sent.user);
    const idOf = async (browser: typeof victim) => {
      const { sessions } = (await browser.ask("GET", "/api/sessions")).body as {
        sessions: { id: string; current: boolean }[];
      };
      return sessions.find(({ current }) => current)?.id;
    };
    expect(await idOf(victim)).not.toBe(await idOf(attacker.browser));
  });
});

test("[TP1 2.10] what browsers pay for a password here is what our pages think right", () => {
  expect(KDF).toEqual(KDF_COST);
  expect(KDF.passes * KDF.memoryBytes).toBeGreaterThanOrEqual(3 * 64 * 1024 * 1024);
});
