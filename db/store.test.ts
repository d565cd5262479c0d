/** The contract of the store, held against both ways to open it: the embedded file, and the remote way through a double
 * of the server (which proves our client's path, not a real sqld). */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { newId, type Rid } from "../wire/ids.ts";
import type { UserName } from "../wire/names.ts";
import { Conflict } from "./errors.ts";
import { SESSIONS_PER_PRACTICE_MAX } from "./sessions.ts";
import type { Store } from "./store.ts";
import {
  FREE,
  noise,
  SAMPLE_TRIAL,
  sampleItem,
  sampleNameHash,
  samplePractice,
  sampleSession,
  storeLinks,
  storePractice,
} from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";
import { VAULT_BYTES_MAX } from "./vault.ts";

describe.each(ways())("store contract, $name", ({ open, end }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  const vaultChange = (base: number, more: object = {}) => ({
    base,
    manifest: noise(40),
    put: [],
    drop: [],
    links: { add: [], drop: [] },
    ...more,
  });

  describe("accounts", () => {
    test("[TP1 2.10] an account comes back byte for byte, with an empty vault and its first session", async () => {
      const { practice, session } = await storePractice(store);
      expect(await store.practices.byUser(practice.user)).toEqual(practice);
      expect(await store.practices.byId(practice.id)).toEqual(practice);
      expect(await store.vaults.of(practice.id)).toEqual({ counter: 0, manifest: null, items: [] });
      expect(await store.sessions.byToken(session.tokenHash)).toEqual(session);
    });

    test("a name is given out once, also after its account is deleted, and nothing of the second try stays", async () => {
      const { practice } = await storePractice(store);
      const again = { ...samplePractice(), user: practice.user };
      const hash = sampleNameHash(practice.user);
      expect(await store.practices.add(again, hash, sampleSession(again.id), SAMPLE_TRIAL)).toBe(false);
      await store.practices.remove(practice.id, FREE, 1000);
      expect(await store.practices.byUser(practice.user)).toBeNull();
      expect(await store.practices.add(again, hash, sampleSession(again.id), SAMPLE_TRIAL)).toBe(false);
      expect(await store.practices.byId(again.id)).toBeNull();
      expect(await store.sessions.of(again.id)).toEqual([]);
    });

    test("unknown names and ids are null", async () => {
      const stranger = samplePractice();
      expect(await store.practices.byUser(stranger.user)).toBeNull();
      expect(await store.practices.byId(stranger.id)).toBeNull();
    });

    test("a deleted account takes vault, links, rooms and sessions along", async () => {
      const { practice, session } = await storePractice(store);
      const [rid = newId<Rid>()] = await storeLinks(store, practice.id, 1);
      await store.vaults.apply(practice.id, vaultChange(1, { put: [sampleItem()] }), 1);
      await store.rooms.openRoom(practice.id, [[rid]], 1);
      await store.practices.remove(practice.id, FREE, 1000);
      expect(await store.sessions.byToken(session.tokenHash)).toBeNull();
      expect(await store.rooms.practiceOfLink(rid)).toBeNull();
      expect(await store.rooms.openRooms(practice.id, 2)).toEqual([]);
      expect(await store.vaults.of(practice.id)).toEqual({ counter: 0, manifest: null, items: [] });
      const other = await storePractice(store);
      const change = vaultChange(0, { links: { add: [rid], drop: [] } });
      expect(await store.vaults.apply(other.practice.id, change, 1)).toEqual({ counter: 1 });
    });

    const keys = () => ({
      salt: noise(16),
      passes: 4,
      memoryBytes: 1 << 28,
      loginHash: noise(32),
      wrap: noise(104),
    });

    test("a new password replaces the keys, renews one session and ends the others, in one step", async () => {
      const { practice, session } = await storePractice(store);
      const other = sampleSession(practice.id);
      await store.sessions.begin(other);
      const next = keys();
      const renewed = { ...sampleSession(practice.id, 5000), id: session.id };
      const change = { was: practice.loginHash, keys: next, session: renewed };
      expect(await store.practices.setPassword(practice.id, change)).toEqual([other.id]);
      expect(await store.practices.byId(practice.id)).toEqual({ ...practice, ...next });
      expect(await store.sessions.of(practice.id)).toEqual([renewed]);
      expect(await store.sessions.byToken(session.tokenHash)).toBeNull();
    });

    test("a password changed by another device in between is not overwritten", async () => {
      const { practice, session } = await storePractice(store);
      const change = { was: noise(32), keys: keys(), session };
      expect(await store.practices.setPassword(practice.id, change)).toBeNull();
      expect(await store.practices.byId(practice.id)).toEqual(practice);
      expect((await store.sessions.of(practice.id)).length).toBe(1);
    });

    test("recovery replaces both keys, ends every session and begins one", async () => {
      const { practice, session } = await storePractice(store);
      const next = { ...keys(), recoveryHash: noise(32), wrapR: noise(104) };
      const fresh = sampleSession(practice.id, 7000);
      const wrong = { was: noise(32), keys: next, session: fresh };
      expect(await store.practices.recover(practice.id, wrong)).toBeNull();
      const change = { was: practice.recoveryHash, keys: next, session: fresh };
      expect(await store.practices.recover(practice.id, change)).toEqual([session.id]);
      expect(await store.practices.byId(practice.id)).toEqual({ ...practice, ...next });
      expect(await store.sessions.of(practice.id)).toEqual([fresh]);
    });

    test("[TP1 2.10] a database belongs to the first key file it saw", async () => {
      const check = noise(32);
      expect(await store.practices.bindKeys(check)).toBe(true);
      expect(await store.practices.bindKeys(check)).toBe(true);
      expect(await store.practices.bindKeys(noise(32))).toBe(false);
    });
  });

  describe("sessions", () => {
    test("rotation: the old token stays good until the new one is settled", async () => {
      const { session } = await storePractice(store);
      const to = noise(32);
      const change = { from: session.tokenHash, was: session.tokenHash, to, now: 9000 };
      expect(await store.sessions.rotate(session.id, change)).toBe(true);
      expect(await store.sessions.rotate(session.id, change)).toBe(false);
      const rotated = {
        tokenHash: to,
        previousHash: session.tokenHash,
        previousUntil: null,
        rotatedAt: 9000,
      };
      expect(await store.sessions.byToken(session.tokenHash)).toMatchObject(rotated);
      await store.sessions.settle(session.id, 9060);
      expect(await store.sessions.byToken(to)).toMatchObject({ previousUntil: 9060 });
    });

    test("seen, locked, ended", async () => {
      const { practice, session } = await storePractice(store);
      await store.sessions.seen(session.id, 2000, false);
      expect(await store.sessions.byToken(session.tokenHash)).toEqual({ ...session, lastSeenAt: 2000 });
      await store.sessions.seen(session.id, 3000, true);
      expect(await store.sessions.byToken(session.tokenHash)).toMatchObject({ sessionHalf: null });
      const stranger = (await storePractice(store)).practice;
      expect(await store.sessions.end(stranger.id, session.id)).toBe(false);
      expect(await store.sessions.end(practice.id, session.id)).toBe(true);
      expect(await store.sessions.end(practice.id, session.id)).toBe(false);
      expect(await store.sessions.byToken(session.tokenHash)).toBeNull();
    });

    test("lock forgets the half only", async () => {
      const { session } = await storePractice(store);
      await store.sessions.lock(session.id);
      expect(await store.sessions.byToken(session.tokenHash)).toEqual({ ...session, sessionHalf: null });
    });

    test("a log-in of the same browser goes on under the same id", async () => {
      const { practice, session } = await storePractice(store);
      const next = { ...sampleSession(practice.id, 4000), id: session.id };
      await store.sessions.begin(next);
      expect(await store.sessions.of(practice.id)).toEqual([next]);
    });

    test(`the ${SESSIONS_PER_PRACTICE_MAX + 1}th session ends the one seen longest ago`, async () => {
      const { practice, session } = await storePractice(store);
      for (let n = 1; n < SESSIONS_PER_PRACTICE_MAX; n++) {
        await store.sessions.begin(sampleSession(practice.id, 2000 + n));
      }
      expect((await store.sessions.of(practice.id)).length).toBe(SESSIONS_PER_PRACTICE_MAX);
      await store.sessions.begin(sampleSession(practice.id, 9000));
      const kept = await store.sessions.of(practice.id);
      expect(kept.length).toBe(SESSIONS_PER_PRACTICE_MAX);
      expect(kept[0]?.lastSeenAt).toBe(9000);
      expect(kept.some((one) => one.id === session.id)).toBe(false);
    });

    test("a session of an account that is gone is a conflict", async () => {
      await expect(store.sessions.begin(sampleSession(samplePractice().id))).rejects.toBeInstanceOf(Conflict);
    });
  });

  describe("vault", () => {
    test("[TP1 2.10] records are put, replaced and dropped; the counter goes up by one", async () => {
      const { practice } = await storePractice(store);
      const [one, two, tiny] = [sampleItem(), sampleItem(65_536), sampleItem(40)];
      const first = vaultChange(0, { put: [one, two, tiny] });
      expect(await store.vaults.apply(practice.id, first, 1)).toEqual({ counter: 1 });
      const newer = { ...one, version: 2, box: noise(552) };
      const second = vaultChange(1, { put: [newer], drop: [two.id] });
      expect(await store.vaults.apply(practice.id, second, 2)).toEqual({ counter: 2 });
      const { counter, manifest, items } = await store.vaults.of(practice.id);
      expect([counter, manifest]).toEqual([2, second.manifest]);
      const wanted = [newer, tiny].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(items).toEqual(wanted);
    });

    test("of two writes on the same counter one wins whole, the other stores nothing", async () => {
      const { practice } = await storePractice(store);
      const rid = newId<Rid>();
      const mine = vaultChange(0, { put: [sampleItem()] });
      const theirs = vaultChange(0, { put: [sampleItem()], links: { add: [rid], drop: [] } });
      const answers = await Promise.all([
        store.vaults.apply(practice.id, mine, 1),
        store.vaults.apply(practice.id, theirs, 1),
      ]);
      expect(answers).toEqual([{ counter: 1 }, "behind"]);
      expect((await store.vaults.of(practice.id)).items).toEqual(mine.put);
      expect(await store.rooms.practiceOfLink(rid)).toBeNull();
    });

    test("a counter from the future is as wrong as one from the past", async () => {
      const { practice } = await storePractice(store);
      expect(await store.vaults.apply(practice.id, vaultChange(1), 1)).toBe("behind");
    });

    test("a link belongs to the first practice that adds it; adding one's own again is harmless", async () => {
      const { practice } = await storePractice(store);
      const [rid = newId<Rid>()] = await storeLinks(store, practice.id, 1);
      expect(await store.rooms.practiceOfLink(rid)).toBe(practice.id);
      expect(await store.practices.practiceOfUser(practice.user)).toBe(practice.id);
      expect(await store.practices.practiceOfUser("nobody-here" as UserName)).toBeNull();
      const add = { links: { add: [rid], drop: [] } };
      expect(await store.vaults.apply(practice.id, vaultChange(1, add), 1)).toEqual({ counter: 2 });
      const other = (await storePractice(store)).practice;
      const stolen = vaultChange(0, { ...add, put: [sampleItem()] });
      expect(await store.vaults.apply(other.id, stolen, 1)).toBe("link-taken");
      expect(await store.vaults.of(other.id)).toEqual({ counter: 0, manifest: null, items: [] });
      expect(await store.rooms.practiceOfLink(rid)).toBe(practice.id);
    });

    test("a link is dropped by its own practice only", async () => {
      const { practice } = await storePractice(store);
      const [rid = newId<Rid>()] = await storeLinks(store, practice.id, 1);
      const other = (await storePractice(store)).practice;
      const drop = { links: { add: [], drop: [rid] } };
      await store.vaults.apply(other.id, vaultChange(0, drop), 1);
      expect(await store.rooms.practiceOfLink(rid)).toBe(practice.id);
      await store.vaults.apply(practice.id, vaultChange(1, drop), 1);
      expect(await store.rooms.practiceOfLink(rid)).toBeNull();
    });

    test("a vault takes its last byte and not one more", async () => {
      const { practice } = await storePractice(store);
      const half = VAULT_BYTES_MAX / 2;
      const last = sampleItem(half);
      const full = vaultChange(0, { put: [sampleItem(half), last] });
      expect(await store.vaults.apply(practice.id, full, 1)).toEqual({ counter: 1 });
      expect(await store.vaults.apply(practice.id, vaultChange(1, { put: [sampleItem(1)] }), 1)).toBe("full");
      expect((await store.vaults.of(practice.id)).counter).toBe(1);
      const freed = vaultChange(1, { put: [sampleItem(half)], drop: [last.id] });
      expect(await store.vaults.apply(practice.id, freed, 1)).toEqual({ counter: 2 });
    });
  });
});
