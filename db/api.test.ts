/** The contract of tokens, webhooks and their queue, held against both ways to open the store. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type CallNotice, TOKENS_MAX, WEBHOOKS_PER_TOKEN_MAX } from "../wire/api.ts";
import {
  type CallId,
  newId,
  type PracticeId,
  type Rid,
  type RoomId,
  type TokenId,
  type WebhookId,
} from "../wire/ids.ts";
import { DELIVERIES_PER_WEBHOOK_MAX } from "./notices.ts";
import type { Store } from "./store.ts";
import { BY_LENGTH, sampleInterval, sampleMetered } from "./testing/metered.ts";
import { FREE, noise, storeLinks, storePractice } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

const NOW = 1_800_000_000_000;

describe.each(ways())("api contract, $name", ({ open, end }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  const newPractice = async () => (await storePractice(store)).practice.id;

  async function addToken(practice: PracticeId, tokenHash = noise(32), createdAt = NOW) {
    const id = newId<TokenId>();
    const draft = { id, practice, tokenHash, label: "Praxisprogramm", scopes: ["rooms" as const], createdAt };
    return { id, tokenHash, isStored: await store.tokens.add(draft) };
  }

  async function addHook(token: TokenId, url = "https://praxis.example/in") {
    const id = newId<WebhookId>();
    const isStored = await store.webhooks.add({ id, token, url, secret: noise(32), createdAt: NOW });
    return { id, isStored };
  }

  /** A practice with an open room for two clients, a token and a webhook. */
  async function equipped() {
    const practice = await newPractice();
    const rids = await storeLinks(store, practice, 2);
    const opening = await store.rooms.openRoom(
      practice,
      rids.map((rid) => [rid]),
      NOW,
    );
    if (opening.kind !== "opened") throw new Error(opening.kind);
    const token = await addToken(practice);
    const hook = await addHook(token.id);
    return { practice, rids, room: opening.room.room, token: token.id, hook: hook.id };
  }

  /** Everything that is due at `now`, each taken away as arrived. */
  async function drain(now: number): Promise<CallNotice[]> {
    const due = await store.deliveries.claim(now, now + 1, 10_000);
    for (const { id } of due) await store.deliveries.arrived(id);
    return due.map(({ body }) => JSON.parse(body));
  }

  test("a token is listed, found by its hash alone, noted as used, and gone once revoked", async () => {
    const practice = await newPractice();
    const { id, tokenHash } = await addToken(practice);
    const later = await addToken(practice, noise(32), NOW + 1);
    const row = { id, label: "Praxisprogramm", scopes: ["rooms"], createdAt: NOW, lastUsedAt: null };
    expect((await store.tokens.of(practice))[0]).toEqual(row as never);
    await store.tokens.used(id, NOW + 5);
    expect(await store.tokens.byHash(tokenHash)).toEqual({
      id,
      practice,
      scopes: ["rooms"],
      lastUsedAt: NOW + 5,
      locked: false,
    });
    expect(await store.tokens.byHash(noise(32))).toBeNull();
    expect(await store.tokens.revoke(await newPractice(), id)).toBe(false);
    expect(await store.tokens.revoke(practice, id)).toBe(true);
    expect(await store.tokens.revoke(practice, id)).toBe(false);
    expect(await store.tokens.byHash(tokenHash)).toBeNull();
    expect((await store.tokens.of(practice)).map((token) => token.id)).toEqual([later.id]);
  });

  test("[limits] so many tokens of a practice and webhooks of a token, and none more", async () => {
    const practice = await newPractice();
    for (let n = 0; n < TOKENS_MAX; n++) expect((await addToken(practice)).isStored).toBe(true);
    expect((await addToken(practice)).isStored).toBe(false);
    const [token] = await store.tokens.of(practice);
    for (let n = 0; n < WEBHOOKS_PER_TOKEN_MAX; n++)
      expect((await addHook(token?.id as TokenId)).isStored).toBe(true);
    expect((await addHook(token?.id as TokenId)).isStored).toBe(false);
  });

  test("a webhook belongs to its token", async () => {
    const { practice, token, hook } = await equipped();
    const other = await addToken(practice);
    expect(await store.webhooks.of(other.id)).toEqual([]);
    expect(await store.webhooks.remove(other.id, hook)).toBe(false);
    const url = "https://praxis.example/in";
    const row = { webhook: hook, url, createdAt: NOW, dropped: 0, fault: null, waiting: 0 };
    expect(await store.webhooks.of(token)).toEqual([row] as never);
    expect(await store.webhooks.remove(token, hook)).toBe(true);
    expect(await store.webhooks.of(token)).toEqual([]);
  });

  test("the beginning is told once, whatever says so again, and not again after a restart", async () => {
    const { practice, room, rids, token } = await equipped();
    const call = newId<CallId>();
    await store.deliveries.began({ practice, room, call, at: NOW }, "run");
    await store.deliveries.began({ practice, room, call, at: NOW + 1 }, "run");
    expect(await store.webhooks.of(token)).toMatchObject([{ waiting: 1 }]);
    const [notice, ...more] = await drain(NOW);
    expect(more).toEqual([]);
    const told = { event: "call.started", call, rids, at: NOW };
    expect(notice).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/), ...told } as never);
    await store.calls.save(sampleMetered(practice, [sampleInterval(NOW, 10)], { call, room }));
    await store.deliveries.began({ practice, room, call, at: NOW + 2 }, "next");
    expect(await drain(NOW + 9)).toEqual([]);
  });

  test("the end is told in the transaction that settles, with the time at which the last was there", async () => {
    const { practice, room, rids } = await equipped();
    const metered = sampleMetered(practice, [sampleInterval(NOW, 10), sampleInterval(NOW + 20, 7)], { room });
    expect(await store.calls.settle(metered, FREE, NOW + 99)).toBe("settled");
    expect(await store.calls.settle(metered, FREE, NOW + 99)).toBe("already");
    const told = { event: "call.ended", call: metered.call, rids, at: NOW + 27 };
    expect(await drain(NOW + 99)).toMatchObject([told as never]);
    const empty = sampleMetered(practice, [], { room });
    await store.calls.settle(empty, BY_LENGTH, NOW);
    expect(await drain(NOW + 99)).toEqual([]);
  });

  test("a practice without webhooks, and another's webhooks, hear nothing", async () => {
    const other = await equipped();
    const practice = await newPractice();
    const moment = { practice, room: newId<RoomId>(), call: newId<CallId>(), at: NOW };
    await store.deliveries.began(moment, "run");
    expect(await drain(NOW)).toEqual([]);
    expect(await store.webhooks.of(other.token)).toMatchObject([{ waiting: 0 }]);
  });

  test("what was claimed is nobody else's until its time; a failure comes again later, then is counted", async () => {
    const { practice, room, token } = await equipped();
    await store.deliveries.began({ practice, room, call: newId<CallId>(), at: NOW }, "run");
    expect(await store.deliveries.nextDue()).toBe(NOW);
    expect(await store.deliveries.claim(NOW - 1, NOW, 9)).toEqual([]);
    const [first] = await store.deliveries.claim(NOW, NOW + 60, 9);
    if (!first) throw new Error("nothing is due");
    expect(await store.deliveries.claim(NOW + 59, NOW + 90, 9)).toEqual([]);
    await store.deliveries.failed(first.id, "down", NOW + 100);
    expect(await store.deliveries.claim(NOW + 99, NOW + 200, 9)).toEqual([]);
    expect(await store.webhooks.of(token)).toMatchObject([{ waiting: 1, dropped: 0, fault: "down" }]);
    expect(await store.deliveries.claim(NOW + 100, NOW + 200, 9)).toMatchObject([{ id: first.id, tries: 1 }]);
    await store.deliveries.failed(first.id, "answer", null);
    expect(await store.webhooks.of(token)).toMatchObject([{ waiting: 0, dropped: 1, fault: "answer" }]);
    expect(await store.deliveries.nextDue()).toBeNull();
  });

  test("what arrives takes the fault away", async () => {
    const { practice, room, token } = await equipped();
    const began = () => store.deliveries.began({ practice, room, call: newId<CallId>(), at: NOW }, "run");
    await began();
    await began();
    const [one, two] = await store.deliveries.claim(NOW, NOW + 60, 9);
    if (!one || !two) throw new Error("too few are due");
    await store.deliveries.failed(one.id, "target", NOW + 10);
    await store.deliveries.arrived(two.id);
    expect(await store.webhooks.of(token)).toMatchObject([{ waiting: 1, dropped: 0, fault: null }]);
    await drain(NOW + 10);
  });

  test("[limits] a full queue lets its oldest go, counted", async () => {
    const { practice, room, token } = await equipped();
    for (let n = 0; n <= DELIVERIES_PER_WEBHOOK_MAX; n++)
      await store.deliveries.began({ practice, room, call: newId<CallId>(), at: NOW + n }, "run");
    const waiting = DELIVERIES_PER_WEBHOOK_MAX;
    expect(await store.webhooks.of(token)).toMatchObject([{ waiting, dropped: 1 }]);
    const told = await drain(NOW + 10_000);
    expect(told[0]?.at).toBe(NOW + 1);
  });

  test("everything goes with a revoked token, and with the practice", async () => {
    const one = await equipped();
    await store.deliveries.began({ ...one, call: newId<CallId>(), at: NOW }, "run");
    await store.tokens.revoke(one.practice, one.token);
    expect(await store.deliveries.nextDue()).toBeNull();
    const two = await equipped();
    await store.deliveries.began({ ...two, call: newId<CallId>(), at: NOW }, "run");
    await store.practices.remove(two.practice, FREE, NOW);
    expect(await store.deliveries.nextDue()).toBeNull();
    expect(await store.tokens.of(two.practice)).toEqual([]);
  });

  test("a link that was deleted meanwhile is not named any more", async () => {
    const { practice, room, rids } = await equipped();
    const [gone, kept] = rids as [Rid, Rid];
    const { counter: base } = await store.vaults.of(practice);
    const links = { add: [], drop: [gone] };
    await store.vaults.apply(practice, { base, manifest: noise(40), put: [], drop: [], links }, NOW);
    await store.deliveries.began({ practice, room, call: newId<CallId>(), at: NOW }, "run");
    expect((await drain(NOW))[0]?.rids).toEqual([kept]);
  });
});
