/** The contract of second factors, held against both ways to open the store: a code works once, whoever comes at the same time; spare codes
 * come with the first factor and go with the last; nothing outlives the account. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { PASSKEYS_MAX } from "../wire/factors.ts";
import { newId, type PasskeyId, type PracticeId } from "../wire/ids.ts";
import { Conflict } from "./errors.ts";
import type { Passkey, Totp } from "./factors.ts";
import type { Store } from "./store.ts";
import { FREE, noise, storePractice } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

describe.each(ways())("factors contract, $name", ({ open, end }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  const somebody = async () => (await storePractice(store)).practice.id;
  const totp = (practice: PracticeId, lastStep = 100): Totp => ({
    practice,
    box: noise(48),
    lastStep,
    createdAt: 1,
  });
  const passkey = (practice: PracticeId, counter = 0): Passkey => ({
    id: newId<PasskeyId>(),
    practice,
    credential: Buffer.from(noise(16)).toString("base64url"),
    publicKey: noise(77),
    counter,
    transports: ["internal"],
    name: "Laptop",
    createdAt: 1,
    lastUsedAt: null,
  });
  const codes = (n = 10) => Array.from({ length: n }, () => noise(32));

  test("spare codes come with the first factor, stay with the second, and go with the last", async () => {
    const practice = await somebody();
    const key = passkey(practice);
    expect(await store.factors.of(practice)).toEqual({ totp: null, passkeys: [], spares: 0 });
    expect(await store.factors.setTotp(totp(practice), codes())).toBe("first");
    expect(await store.factors.addPasskey(key, codes(3))).toBe("more");
    expect(await store.factors.of(practice)).toMatchObject({
      totp: { practice },
      passkeys: [key],
      spares: 10,
    });
    expect(await store.factors.dropTotp(practice)).toBe(true);
    expect((await store.factors.of(practice)).spares).toBe(10);
    expect(await store.factors.dropPasskey(practice, key.id)).toBe(true);
    expect(await store.factors.of(practice)).toEqual({ totp: null, passkeys: [], spares: 0 });
    expect(await store.factors.dropTotp(practice)).toBe(false);
    expect(await store.factors.dropPasskey(practice, key.id)).toBe(false);
  });

  test("a code of the app works once, also for two that come at once, and none before it works again", async () => {
    const practice = await somebody();
    await store.factors.setTotp(totp(practice, 100), []);
    expect(await store.factors.useTotp(practice, 100)).toBe(false);
    const both = await Promise.all([101, 101].map((step) => store.factors.useTotp(practice, step)));
    expect(both.sort()).toEqual([false, true]);
    expect(await store.factors.useTotp(practice, 100)).toBe(false);
    expect(await store.factors.useTotp(practice, 102)).toBe(true);
    expect(await store.factors.useTotp(await somebody(), 200)).toBe(false);
  });

  test("a spare code works once and for its own account only; new ones replace the old", async () => {
    const [practice, other] = [await somebody(), await somebody()];
    const [one, two, three] = [noise(32), noise(32), noise(32)];
    expect(await store.factors.setSpares(practice, [one])).toBe(false);
    await store.factors.setTotp(totp(practice), [one, two]);
    await store.factors.setTotp(totp(other), []);
    expect(await store.factors.useSpare(other, one)).toBe(false);
    const both = await Promise.all([one, one].map((hash) => store.factors.useSpare(practice, hash)));
    expect(both.sort()).toEqual([false, true]);
    expect(await store.factors.setSpares(practice, [three])).toBe(true);
    expect(await store.factors.useSpare(practice, two)).toBe(false);
    expect(await store.factors.useSpare(practice, three)).toBe(true);
  });

  test("a passkey that counts must count on; one that does not count always works", async () => {
    const practice = await somebody();
    const [counting, silent] = [passkey(practice, 5), passkey(practice)];
    await store.factors.addPasskey(counting, []);
    await store.factors.addPasskey(silent, []);
    const use = (id: PasskeyId, counter: number) => store.factors.usePasskey(id, { counter, now: 9 });
    expect([await use(counting.id, 5), await use(counting.id, 0), await use(counting.id, 6)]).toEqual([
      false,
      false,
      true,
    ]);
    expect([await use(silent.id, 0), await use(silent.id, 0)]).toEqual([true, true]);
    const { passkeys } = await store.factors.of(practice);
    expect(passkeys.map(({ lastUsedAt }) => lastUsedAt)).toEqual([9, 9]);
    expect(await use(newId<PasskeyId>(), 1)).toBe(false);
  });

  test("passkeys have a largest number, are known once, and are taken away by their owner only", async () => {
    const [practice, other] = [await somebody(), await somebody()];
    const keys = Array.from({ length: PASSKEYS_MAX }, () => passkey(practice));
    for (const key of keys) await store.factors.addPasskey(key, []);
    expect(await store.factors.addPasskey(passkey(practice), [])).toBe("too-many");
    const [first] = keys;
    if (first === undefined) throw new Error("no key");
    const again = store.factors.addPasskey({ ...passkey(other), credential: first.credential }, []);
    await expect(again).rejects.toBeInstanceOf(Conflict);
    expect(await store.factors.dropPasskey(other, first.id)).toBe(false);
    expect((await store.factors.of(practice)).passkeys.length).toBe(PASSKEYS_MAX);
  });

  test("the operator takes everything away at once; a deleted account leaves nothing", async () => {
    const practice = await somebody();
    const all = async () => {
      await store.factors.setTotp(totp(practice), codes());
      await store.factors.addPasskey(passkey(practice), []);
    };
    await all();
    expect([await store.factors.clear(practice), await store.factors.clear(practice)]).toEqual([true, false]);
    expect(await store.factors.of(practice)).toEqual({ totp: null, passkeys: [], spares: 0 });
    await all();
    await store.practices.remove(practice, FREE, 1);
    expect(await store.factors.of(practice)).toEqual({ totp: null, passkeys: [], spares: 0 });
  });
});
