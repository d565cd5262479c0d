/** The queue on its way out: signed, tried for a day, given up and counted; what a stop interrupts is sent by the next start. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type Store } from "../../db/store.ts";
import { noise, storePractice } from "../../db/testing/samples.ts";
import type { WebhookFault } from "../../wire/api.ts";
import {
  type CallId,
  newId,
  type PracticeId,
  type RoomId,
  type TokenId,
  type WebhookId,
} from "../../wire/ids.ts";
import { createLog } from "../log.ts";
import { BATCH, CLAIM_MS, type CourierDeps, deliverDue, RETRY_MS, startCourier } from "./courier.ts";
import { Herald } from "./herald.ts";

let store: Store;
const folder = mkdtempSync(join(tmpdir(), "courier-"));
beforeAll(async () => {
  store = await openStore({ url: `file:${join(folder, "t.db")}`, token: null });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const DAY_MS = 24 * 3_600_000;
const URL_OUT = "https://praxis.example/in";

async function hook(url = URL_OUT) {
  const { practice } = await storePractice(store);
  const token = newId<TokenId>();
  const made = {
    id: token,
    practice: practice.id,
    tokenHash: noise(32),
    label: "x",
    scopes: [],
    createdAt: 0,
  };
  await store.tokens.add(made);
  const secret = noise(32);
  await store.webhooks.add({ id: newId<WebhookId>(), token, url, secret, createdAt: 0 });
  const began = (practiceOf: PracticeId = practice.id) =>
    store.deliveries.began(
      { practice: practiceOf, room: newId<RoomId>(), call: newId<CallId>(), at: 0 },
      "run",
    );
  return {
    practice: practice.id,
    token,
    secret,
    began,
    state: async () => (await store.webhooks.of(token))[0],
  };
}

type Sent = { host: string; headers: Record<string, string>; body: string };

/** A courier whose sends are answered by `answers`, in order; then all arrive. */
function courier(answers: (WebhookFault | null)[] = [], allow: string[] = []) {
  const sent: Sent[] = [];
  const lines: string[] = [];
  const time = { now: 1_800_000_000_000 };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const deps: CourierDeps = {
    store,
    clock,
    log: createLog(clock, "debug", (line) => void lines.push(line)),
    allow,
    send: async ({ host }, letter) => {
      sent.push({ host, ...letter });
      return answers.shift() ?? null;
    },
  };
  return { deps, sent, lines, time };
}

describe("deliveries", () => {
  test("signed over time and body, with the secret of the webhook", async () => {
    const { began, secret, state } = await hook();
    await began();
    const { deps, sent, time } = courier();
    await deliverDue(deps);
    const [one] = sent;
    const mac = createHmac("sha256", secret).update(`${time.now}.${one?.body}`).digest("hex");
    expect(one?.headers).toEqual({
      "content-type": "application/json",
      "tpc-signature": `t=${time.now},v1=${mac}`,
    });
    expect(Object.keys(JSON.parse(one?.body ?? ""))).toEqual(["id", "event", "call", "rids", "at"]);
    expect(await state()).toMatchObject({ waiting: 0, dropped: 0, fault: null });
    expect(await deliverDue(deps)).toBe(false);
    expect(sent.length).toBe(1);
  });

  test("[bad input] what does not arrive is tried for a day with growing pauses, the same each time but its moment, then counted", async () => {
    const { began, state } = await hook();
    await began();
    const { deps, sent, time, lines } = courier(Array(99).fill("down"));
    const begun = time.now;
    for (const pause of RETRY_MS) {
      await deliverDue(deps);
      expect(await state()).toMatchObject({ waiting: 1, dropped: 0, fault: "down" });
      time.now += pause - 1;
      expect(await deliverDue(deps)).toBe(false);
      time.now += 1;
    }
    expect(sent.length).toBe(RETRY_MS.length);
    expect(time.now - begun).toBeGreaterThan(DAY_MS * 0.9);
    expect(time.now - begun).toBeLessThan(DAY_MS);
    await deliverDue(deps);
    expect(await state()).toMatchObject({ waiting: 0, dropped: 1, fault: "down" });
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(new Set(sent.map(({ headers }) => headers["tpc-signature"])).size).toBe(sent.length);
    expect(lines.join("\n")).not.toMatch(/praxis|[0-9a-f]{32}/);
    expect(lines.at(-1)).toContain("webhook.dropped");
  });

  test("one that arrives after a failure takes the fault away", async () => {
    const { began, state } = await hook();
    await began();
    const { deps, time } = courier(["answer"]);
    await deliverDue(deps);
    expect(await state()).toMatchObject({ waiting: 1, fault: "answer" });
    time.now += RETRY_MS[0];
    await deliverDue(deps);
    expect(await state()).toMatchObject({ waiting: 0, dropped: 0, fault: null });
  });

  test("an address that is not allowed any more is not asked", async () => {
    const { began, state } = await hook("http://127.0.0.1:8080/in");
    await began();
    const refused = courier([], []);
    await deliverDue(refused.deps);
    expect(refused.sent).toEqual([]);
    expect(await state()).toMatchObject({ waiting: 1, fault: "target" });
    const allowed = courier([], ["127.0.0.1:8080"]);
    allowed.time.now += RETRY_MS[0];
    await deliverDue(allowed.deps);
    expect(allowed.sent.map(({ host }) => host)).toEqual(["127.0.0.1"]);
  });

  test("what was claimed and never answered comes again after the claim", async () => {
    const { began, state } = await hook();
    await began();
    const died = courier();
    const never = new Promise<null>(() => undefined);
    void deliverDue({ ...died.deps, send: () => never });
    while ((await store.deliveries.nextDue()) === 0) await Bun.sleep(1);
    const next = courier();
    next.time.now += CLAIM_MS - 1;
    await deliverDue(next.deps);
    expect(next.sent).toEqual([]);
    next.time.now += 1;
    await deliverDue(next.deps);
    expect(next.sent.length).toBe(1);
    expect(await state()).toMatchObject({ waiting: 0 });
  });

  test("[limits] so many at once, and it says that there are more", async () => {
    const { began } = await hook();
    for (let n = 0; n <= BATCH; n++) await began();
    const { deps, sent } = courier();
    expect(await deliverDue(deps)).toBe(true);
    expect(sent.length).toBe(BATCH);
    expect(await deliverDue(deps)).toBe(false);
    expect(sent.length).toBe(BATCH + 1);
  });

  test("woken, it sends at once; stopped, it sends no more, and a broken queue does not end it", async () => {
    const { began } = await hook();
    const { deps, sent } = courier();
    let isBroken = true;
    const nextDue = () => (isBroken ? Promise.reject(new Error("busy")) : store.deliveries.nextDue());
    const running = startCourier({ ...deps, store: { deliveries: { ...store.deliveries, nextDue } } });
    await began();
    running.wake();
    await Bun.sleep(20);
    isBroken = false;
    running.wake();
    while (sent.length === 0) await Bun.sleep(1);
    await running.stop();
    await began();
    running.wake();
    await Bun.sleep(20);
    expect(sent.length).toBe(1);
    await deliverDue(deps);
  });
});

test("the herald writes a beginning down, again and again until it is written, and wakes the courier", async () => {
  const { practice, state } = await hook();
  let failures = 2;
  let woken = 0;
  const began: Store["deliveries"]["began"] = async (moment, run) => {
    if (failures-- > 0) throw new Error("busy");
    await store.deliveries.began(moment, run);
  };
  const clock = { now: () => 0, monotonic: () => 0 };
  const herald = new Herald({
    store: { deliveries: { ...store.deliveries, began } },
    log: createLog(clock, "error", () => undefined),
    wait: async () => undefined,
    run: "run",
    queued: () => void woken++,
  });
  const where = { practice, room: newId<RoomId>(), call: newId<CallId>(), at: { mono: 1, wall: 5.4 } };
  herald.take({ ...where, t: "present", seat: "practice" });
  expect(herald.present(where.call)).toBe(1);
  herald.take({ ...where, t: "present", seat: newId() });
  while (woken === 0) await Bun.sleep(1);
  await herald.flush();
  expect(await state()).toMatchObject({ waiting: 1 });
  const { deps, sent } = courier();
  await deliverDue(deps);
  expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject({ event: "call.started", call: where.call, at: 5 });
});
