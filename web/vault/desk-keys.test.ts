/** What a call leaves in the vault: known devices, and who was in a call a moment ago (TP1 §2.5, A5). */
import { beforeAll, beforeEach, expect, test } from "bun:test";
import { ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ItemId, newId, type PlanId, type Rid, type RoomId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import type { PlannedCall } from "../../wire/planned.ts";
import { READMIT_MS } from "../call/admitted.ts";
import type { DeskKeys } from "../call/desk-types.ts";
import type { TextStore } from "../call/device-secrets.ts";
import { clientFor, ensureIdentity } from "./clients.ts";
import { deskKeysOf } from "./desk-keys.ts";
import { RemoteDouble } from "./remote.double.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { type Seen, Witness } from "./witness.ts";

const account = "anna.berg" as UserName;
const room = newId<RoomId>();
const secret = (n: number) => new Uint8Array(32).fill(n);
let remote: RemoteDouble;
let vaultKey: Bytes;
let now = 0;
let planned: PlannedCall[] = [];

beforeAll(ready);
beforeEach(() => {
  remote = new RemoteDouble();
  vaultKey = newVaultKey();
  now = 1_700_000_000_000;
  planned = [];
});

function device(): Promise<Vault> {
  const witness = new Witness(memoryShelf<Seen>(), account);
  return Vault.load({ owner: { account, vaultKey }, remote, witness });
}

function textStore(kept = new Map<string, string>()): TextStore & { readonly kept: Map<string, string> } {
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

function keysOf(vault: Vault, tab: TextStore | null = null): DeskKeys {
  const keys = deskKeysOf(
    vault,
    () => now,
    { tab, browser: null },
    () => planned,
  );
  if (!keys) throw new Error("no identity");
  return keys;
}

/** A practice with one client, the keys of its desk, and the client as they know it. */
async function practice() {
  const vault = await device();
  await ensureIdentity(vault, now);
  const { item, record } = await clientFor(vault, "K-1", now);
  const rid = record.links[0]?.rid ?? ("" as never);
  const known = async (keys: DeskKeys) => {
    await vault.save();
    return keys.clientOf(rid)?.devices.map(({ secret: [first], compared }) => [first, compared]);
  };
  return { vault, item, known, keys: keysOf(vault) };
}

test("[TP1 2.5] a device is known, on the therapist's other device too; compared, its fresh secret takes the old one's place", async () => {
  const { item, keys, known } = await practice();
  keys.rememberDevice(item, { secret: secret(1), compared: false });
  keys.rememberDevice(item, { secret: secret(2), compared: false });
  expect(await known(keys)).toEqual([
    [1, false],
    [2, false],
  ]);
  keys.rememberDevice(item, { secret: secret(3), compared: true }, secret(1));
  const expected = [
    [2, false],
    [3, true],
  ];
  expect(await known(keys)).toEqual(expected);
  expect(await known(keysOf(await device()))).toEqual(expected);
});

test("[TP1 2.5] a device whose words differed is forgotten, and no other", async () => {
  const { item, keys, known } = await practice();
  keys.rememberDevice(item, { secret: secret(1), compared: false });
  keys.rememberDevice(item, { secret: secret(2), compared: false });
  keys.forgetDevice(item, secret(1));
  expect(await known(keys)).toEqual([[2, false]]);
});

test("[A5] after a reload the tab knows who was inside; what it keeps names nobody and opens under no other key", async () => {
  const { vault, item } = await practice();
  const tab = textStore();
  keysOf(vault, tab).admitted.note(room, [item]);
  remote.items.clear();
  const [kept] = [...tab.kept.values()];
  expect(kept).not.toContain(item);
  const lone = await Vault.load({
    owner: { account, vaultKey },
    remote: new RemoteDouble(),
    witness: new Witness(memoryShelf<Seen>(), account),
  });
  await ensureIdentity(lone, now);
  expect(keysOf(lone, tab).admitted.isRecent(room, item)).toBe(true);
  vaultKey = newVaultKey();
  const foreign = await Vault.load({
    owner: { account, vaultKey },
    remote: new RemoteDouble(),
    witness: new Witness(memoryShelf<Seen>(), account),
  });
  await ensureIdentity(foreign, now);
  expect(keysOf(foreign, tab).admitted.isRecent(room, item)).toBe(false);
});

test("[A5] the therapist's other device knows it from the vault, for ten minutes", async () => {
  const { vault, item, keys } = await practice();
  keys.admitted.note(room, [item]);
  await vault.save();
  const { admitted } = keysOf(await device());
  expect(admitted.isRecent(room, item)).toBe(true);
  now += READMIT_MS + 1;
  expect(admitted.isRecent(room, item)).toBe(false);
});

test("an hour of a call writes the list to the vault every four minutes, not every minute", async () => {
  const { vault, item, keys } = await practice();
  const before = remote.writes;
  for (let minute = 0; minute < 60; minute++) {
    keys.admitted.note(room, [item as ItemId]);
    await vault.save();
    now += 60_000;
  }
  expect(remote.writes - before).toBe(15);
});

test("a browser that keeps nothing still has the vault's list", async () => {
  const { vault, item } = await practice();
  const broken: TextStore = {
    getItem: () => {
      throw new Error("forbidden");
    },
    setItem: () => {
      throw new Error("forbidden");
    },
  };
  const { admitted } = keysOf(vault, broken);
  admitted.note(room, [item]);
  expect(admitted.isRecent(room, item)).toBe(true);
});

const HOUR = 3_600_000;
const plan = (startsAt: number, rid: Rid): PlannedCall => ({
  plan: newId<PlanId>(),
  startsAt,
  series: null,
  clients: [[rid]],
});

test("[A4] the code of a client whose call is planned within twelve hours is answered for before those who were here last", async () => {
  const { vault, keys } = await practice();
  const first = await clientFor(vault, "K-2", now - HOUR);
  for (let n = 3; n < 22; n++) await clientFor(vault, `K-${n}`, now);
  const rid = first.record.links[0]?.rid ?? ("" as never);
  const has = () => keys.codes.of([]).some(({ record }) => record === first.item);
  expect(has()).toBe(false);
  planned = [plan(now + 12 * HOUR + 1, rid)];
  expect(has()).toBe(false);
  planned = [plan(now + 12 * HOUR, rid)];
  expect(has()).toBe(true);
  expect(keys.codes.of([])).toHaveLength(16);
});

test("[A4] who came by code is told the nearest planned time of its own, not of others and not one that is over", async () => {
  const { vault, item, keys } = await practice();
  const other = await clientFor(vault, "K-2", now);
  const ridOf = (of: ItemId) => {
    const record = vault.state.get().records.get(of);
    return record?.t === "client" ? (record.links[0]?.rid ?? ("" as never)) : ("" as never);
  };
  planned = [
    plan(now + 5 * HOUR, ridOf(item)),
    plan(now + 2 * HOUR, ridOf(item)),
    plan(now + HOUR, ridOf(other.item)),
  ];
  expect(keys.codes.plannedAt(item)).toBe(now + 2 * HOUR);
  planned = [plan(now - 2 * HOUR, ridOf(item))];
  expect(keys.codes.plannedAt(item)).toBeNull();
});
