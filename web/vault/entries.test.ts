/** The Kartei on several devices: one name for one client, links that are taken away at once, and no typed text lost. */
import { beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ItemId, newId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { clientOfRid, findClient } from "./clients.ts";
import { codeOf, generateCode } from "./codes.ts";
import {
  addClient,
  addGroup,
  editClient,
  editGroup,
  faultOfId,
  forgetDevices,
  groupsOf,
  membersOf,
  removeEntry,
  renewLink,
} from "./entries.ts";
import { type ClientRecord, NOTE_MAX, NOTE_TYPED_MAX, REVOKED_MAX } from "./records.ts";
import { RemoteDouble } from "./remote.double.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { Witness } from "./witness.ts";

const account = "anna.berg" as UserName;
const NOW = 1_700_000_000_000;
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

function clientIn(vault: Vault, item: ItemId): ClientRecord {
  const record = records(vault).get(item);
  if (record?.t !== "client") throw new Error("no entry");
  return record;
}

function groupIn(vault: Vault, item: ItemId) {
  const record = records(vault).get(item);
  if (record?.t !== "group") throw new Error("no group");
  return record;
}

describe("an ID", () => {
  test("[bad input] of another client, in any spelling, and another client's code are refused", async () => {
    const vault = await device();
    const [one, two] = [await addClient(vault, "K-1", null, NOW), await addClient(vault, "K-2", null, NOW)];
    await generateCode(vault, two);
    const code = codeOf(clientIn(vault, two));
    const fault = (typed: string, item: ItemId | null) => faultOfId(records(vault), typed, item);
    expect(fault(" k 2 ", one)).toMatchObject({ why: "taken", by: { item: two } });
    expect(fault("k2", null)).toMatchObject({ why: "taken", by: { item: two } });
    expect(fault("k2", two)).toBeNull();
    expect(fault(code, one)).toEqual({ why: "code" });
    expect(fault("", one)).toEqual({ why: "missing" });
    expect(fault("x".repeat(65), one)).toEqual({ why: "long" });
    expect(fault("K-3", one)).toBeNull();
  });

  test("that changes keeps the links", async () => {
    const vault = await device();
    const item = await addClient(vault, "K-1", "Anna", NOW);
    const before = clientIn(vault, item);
    await editClient(vault, item, before, { id: "Mittwoch 14 Uhr" });
    expect(clientIn(vault, item)).toEqual({ ...before, id: "Mittwoch 14 Uhr" });
    expect(findClient(records(await device()), "mittwoch 14uhr")?.record.links).toEqual(before.links);
    expect(remote.links.size).toBe(1);
  });

  test("that two devices give to two clients makes one entry with both links, and groups follow", async () => {
    const [first, second] = [await device(), await device()];
    const item = await addClient(first, "K-1", "Anna", NOW);
    const other = await addClient(first, "K-9", null, NOW);
    await second.refresh();
    remote.meanwhile = async () => {
      const late = await addClient(second, "K-2", "Berta", NOW + 1);
      await addGroup(second, "Mittwoch", [late, other], NOW + 1);
    };
    await editClient(first, item, clientIn(first, item), { id: "k 2" });
    await second.refresh();
    for (const vault of [first, second]) {
      const found = findClient(records(vault), "K-2");
      expect(found?.record.links.length).toBe(2);
      expect(found?.record.name).toBe("Anna / Berta");
      expect(groupsOf(records(vault), found?.item ?? item).map(({ record }) => record.name)).toEqual([
        "Mittwoch",
      ]);
    }
  });
});

describe("[bad input] two devices edit one entry", () => {
  test("both notes are there on both", async () => {
    const [first, second] = [await device(), await device()];
    const item = await addClient(first, "K-1", null, NOW);
    await second.refresh();
    const [here, there] = [clientIn(first, item), clientIn(second, item)];
    await editClient(first, item, here, { note: "vom Laptop" });
    await editClient(second, item, there, { note: "vom Telefon", name: "Anna" });
    await first.refresh();
    for (const vault of [first, second]) {
      expect(clientIn(vault, item).name).toBe("Anna");
      for (const text of ["vom Laptop", "vom Telefon"]) expect(clientIn(vault, item).note).toContain(text);
    }
  });

  test("what came in while somebody typed on this page stays too", async () => {
    const vault = await device();
    const item = await addClient(vault, "K-1", null, NOW);
    const shown = clientIn(vault, item);
    await editClient(vault, item, shown, { note: "aus einem anderen Tab" });
    await editClient(vault, item, shown, { note: "von hier" });
    for (const text of ["aus einem anderen Tab", "von hier"])
      expect(clientIn(vault, item).note).toContain(text);
  });

  test("the longest notes that may be typed both fit", async () => {
    const vault = await device();
    const item = await addClient(vault, "K-1", null, NOW);
    const shown = clientIn(vault, item);
    const [a, b] = ["ä".repeat(NOTE_TYPED_MAX), "ö".repeat(NOTE_TYPED_MAX)];
    await editClient(vault, item, shown, { note: a });
    await editClient(vault, item, shown, { note: b });
    expect(clientIn(vault, item).note.length).toBeLessThanOrEqual(NOTE_MAX);
    for (const text of [a, b]) expect(clientIn(vault, item).note).toContain(text);
  });

  test("one deletes it while the other writes: it is there, with its link", async () => {
    const [first, second] = [await device(), await device()];
    const item = await addClient(first, "K-1", null, NOW);
    await second.refresh();
    const shown = clientIn(second, item);
    await removeEntry(first, item);
    expect(remote.links.size).toBe(0);
    await second.refresh();
    await editClient(second, item, shown, { note: "doch noch wichtig" });
    expect(clientIn(second, item).note).toBe("doch noch wichtig");
    expect([...remote.links]).toEqual(shown.links.map(({ rid }) => rid));
  });
});

describe("[TP1 2.2] a new link", () => {
  test("takes the old ones from the server in the same write", async () => {
    const vault = await device();
    const item = await addClient(vault, "K-1", null, NOW);
    const [old] = clientIn(vault, item).links;
    const writes = remote.writes;
    await renewLink(vault, item, NOW + 1);
    const [link, ...more] = clientIn(vault, item).links;
    expect(more).toEqual([]);
    expect(link?.rid).not.toBe(old?.rid as never);
    expect([...remote.links]).toEqual([link?.rid as never]);
    expect(remote.writes).toBe(writes + 1);
    expect(clientOfRid(records(vault), old?.rid as never)).toBeUndefined();
    expect(clientIn(await device(), item).revoked).toEqual([old?.rid as never]);
  });

  test("stays new where the other device writes at once", async () => {
    const [first, second] = [await device(), await device()];
    const item = await addClient(first, "K-1", null, NOW);
    await second.refresh();
    remote.meanwhile = () => editClient(second, item, clientIn(second, item), { note: "neu" });
    await renewLink(first, item, NOW + 1);
    await second.refresh();
    expect(clientIn(second, item).links).toEqual(clientIn(first, item).links);
    expect([clientIn(first, item).note, remote.links.size]).toEqual(["neu", 1]);
  });

  test("taken many times keeps the newest handles that are gone", async () => {
    const vault = await device();
    const item = await addClient(vault, "K-1", null, NOW);
    for (let n = 0; n <= REVOKED_MAX; n++) await renewLink(vault, item, NOW + n);
    expect(clientIn(await device(), item).revoked.length).toBe(REVOKED_MAX);
  });
});

test("forgotten devices are gone", async () => {
  const vault = await device();
  const item = await addClient(vault, "K-1", null, NOW);
  const devices = [{ secret: new Uint8Array(32), since: NOW, compared: true }];
  await vault.change((all) => all.set(item, { ...clientIn(vault, item), devices }));
  await forgetDevices(vault, item);
  expect(clientIn(await device(), item).devices).toEqual([]);
});

describe("a group", () => {
  test("knows its clients, and a client its groups", async () => {
    const vault = await device();
    const [one, two] = [await addClient(vault, "K-1", null, NOW), await addClient(vault, "K-2", null, NOW)];
    const group = await addGroup(vault, "Mittwoch", [two, one, newId<ItemId>()], NOW);
    expect(membersOf(records(vault), groupIn(vault, group)).map(({ item }) => item)).toEqual([two, one]);
    expect(groupsOf(records(vault), one).map(({ item }) => item)).toEqual([group]);
    await removeEntry(vault, one);
    expect(groupIn(await device(), group).clients).not.toContain(one);
    await removeEntry(vault, group);
    expect(clientIn(vault, two).id).toBe("K-2");
  });

  test("edited twice from one page's view keeps what came in between", async () => {
    const vault = await device();
    const group = await addGroup(vault, "Mittwoch", [], NOW);
    const shown = groupIn(vault, group);
    await editGroup(vault, group, shown, { note: "aus einem anderen Tab" });
    await editGroup(vault, group, shown, { name: "Donnerstag" });
    const { name, note } = groupIn(vault, group);
    expect([name, note]).toEqual(["Donnerstag", "aus einem anderen Tab"]);
  });

  test("edited on two devices has the texts and the clients of both", async () => {
    const [first, second] = [await device(), await device()];
    const all: ItemId[] = [];
    for (const id of ["A", "B", "C", "D"]) all.push(await addClient(first, id, null, NOW));
    const group = await addGroup(first, "Mittwoch", all.slice(0, 2), NOW);
    await second.refresh();
    const [here, there] = [groupIn(first, group), groupIn(second, group)];
    await editGroup(first, group, here, { note: "eins", clients: all.slice(0, 3) });
    await editGroup(second, group, there, { note: "zwei", clients: [...all.slice(1, 2), ...all.slice(3)] });
    await first.refresh();
    for (const vault of [first, second]) {
      expect(new Set(groupIn(vault, group).clients)).toEqual(new Set(all.slice(1)));
      for (const text of ["eins", "zwei"]) expect(groupIn(vault, group).note).toContain(text);
    }
  });
});
