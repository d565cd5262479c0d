/** [e2ee 2.11] Pairing secrets on several devices: kept with the vault, forgotten with the token, never proved by anything else. */
import { beforeAll, beforeEach, expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import { ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ItemId, newId, type TokenId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { mergeRecords, unite } from "./merge.ts";
import { dropPairing, isPaired, keepPairing, newPairing } from "./pairings.ts";
import { decodeRecord, encodeRecord, type PairingRecord } from "./records.ts";
import { RemoteDouble } from "./remote.double.ts";
import { Refused } from "./remote.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { Witness } from "./witness.ts";

const account = "anna.berg" as UserName;
let remote: RemoteDouble;
let vaultKey: Bytes;
beforeAll(ready);
beforeEach(() => {
  remote = new RemoteDouble();
  vaultKey = newVaultKey();
});

const device = () =>
  Vault.load({ owner: { account, vaultKey }, remote, witness: new Witness(memoryShelf(), account) });
const records = (vault: Vault) => vault.state.get().records;
const pairing = (token = newId<TokenId>(), createdAt = 1): PairingRecord => ({
  t: "pairing",
  token,
  label: "Praxisprogramm",
  secret: newPairing(),
  createdAt,
});

test("kept on one device it opens on the other; dropped there it opens nowhere", async () => {
  const here = await device();
  const { t, ...one } = pairing();
  await keepPairing(here, one);
  const there = await device();
  expect(isPaired(records(there), one.secret)).toBe(true);
  await dropPairing(there, one.token);
  expect(isPaired(records(there), one.secret)).toBe(false);
  await here.refresh();
  expect(isPaired(records(here), one.secret)).toBe(false);
});

test("no secret, a near one, and the secret of another record prove nothing", async () => {
  const vault = await device();
  const { t, ...one } = pairing();
  await keepPairing(vault, one);
  const near = one.secret.slice();
  near[15] = (near[15] ?? 0) ^ 1;
  const identity = { t: "identity" as const, seed: new Uint8Array(32).fill(3), createdAt: 1 };
  await vault.change((all) => all.set(newId<ItemId>(), identity));
  for (const secret of [null, near, one.secret.slice(1), identity.seed, new Uint8Array(0)])
    expect(isPaired(records(vault), secret)).toBe(false);
});

test("what could not be saved is kept here and goes with the next save", async () => {
  const vault = await device();
  remote.failures.push("offline");
  const { t, ...one } = pairing();
  await expect(keepPairing(vault, one)).rejects.toBeInstanceOf(Refused);
  expect(isPaired(records(vault), one.secret)).toBe(true);
  await vault.save();
  expect(isPaired(records(await device()), one.secret)).toBe(true);
});

test("two tokens made at once on two devices both stay; one token is one pairing, the older, on both", async () => {
  const [a, b] = [pairing(), pairing()];
  const item = () => newId<ItemId>();
  const both = mergeRecords({
    base: new Map(),
    mine: new Map([[item(), a]]),
    theirs: new Map([[item(), b]]),
  });
  expect(both.size).toBe(2);
  const token = newId<TokenId>();
  const [old, young] = [pairing(token, 1), pairing(token, 2)];
  for (const order of [
    [old, young],
    [young, old],
  ]) {
    const united = unite(new Map(order.map((each) => [item(), each])));
    expect([...united.values()]).toEqual([old]);
  }
});

test("one that one side dropped is gone, though the other still has it", () => {
  const base = new Map([[newId<ItemId>(), pairing()]]);
  expect(mergeRecords({ base, mine: new Map(), theirs: base }).size).toBe(0);
  expect(mergeRecords({ base, mine: base, theirs: new Map() }).size).toBe(0);
});

test("bounded: a longer label, a shorter secret, a field more are none", () => {
  const one = pairing();
  expect(decodeRecord(encodeRecord(one))).toEqual(one);
  for (const odd of [{ label: "a".repeat(61) }, { secret: one.secret.slice(1) }, { token: "x" }, { more: 1 }])
    expect(decodeRecord(encode({ ...one, ...odd }))).toBeUndefined();
});
