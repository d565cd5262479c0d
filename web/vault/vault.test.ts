/** The vault of several devices on one server: saved, merged, and everything a dishonest server takes away is noticed. */
import { beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { BODY_BYTES_MAX } from "../../server/http/bodies.ts";
import { Identity } from "../../wasm/identity.ts";
import { parseLink } from "../../wasm/link.ts";
import { ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ItemId, newId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { ITEMS_PER_COMMIT } from "./change.ts";
import { clientFor, clientOfRid, ensureIdentity, findClient, identityOf, linkOfClient } from "./clients.ts";
import { NO_DETAILS, NOTE_MAX, NOTHING_BEFORE } from "./records.ts";
import { RemoteDouble } from "./remote.double.ts";
import { Refused } from "./remote.ts";
import { memoryShelf, type Shelf } from "./shelf.ts";
import { ROUNDS_MAX, Vault } from "./vault.ts";
import { type Seen, Witness } from "./witness.ts";

const account = "anna.berg" as UserName;
const NOW = 1_700_000_000_000;
let remote: RemoteDouble;
let vaultKey: Bytes;

beforeAll(ready);
beforeEach(() => {
  remote = new RemoteDouble();
  vaultKey = newVaultKey();
});

function device(shelf: Shelf<Seen> = memoryShelf()): Promise<Vault> {
  return Vault.load({ owner: { account, vaultKey }, remote, witness: new Witness(shelf, account) });
}

const linkOn = async (vault: Vault, id: string, now = NOW) => {
  const client = await clientFor(vault, id, now);
  const seed = identityOf(vault.state.get().records)?.seed ?? new Uint8Array(32);
  return linkOfClient(client, new Identity(seed), "https://praxis.example");
};

describe("[product 3] same ID, same link", () => {
  test("on one device, however it is typed", async () => {
    const vault = await device();
    await ensureIdentity(vault, NOW);
    const link = await linkOn(vault, "K-1042");
    expect(await linkOn(vault, " k 1o42 ")).toBe(link);
    expect(typeof parseLink(link)).toBe("object");
    expect(remote.links.size).toBe(1);
  });

  test("on a second device of the account", async () => {
    const first = await device();
    await ensureIdentity(first, NOW);
    const link = await linkOn(first, "K-1042");
    expect(await linkOn(await device(), "K-1042")).toBe(link);
    expect(remote.writes).toBe(2);
  });

  test("made on two devices at once: both links stay, both devices show the earliest", async () => {
    const [first, second] = [await device(), await device()];
    await ensureIdentity(first, NOW);
    await second.refresh();
    remote.meanwhile = async () => void (await clientFor(second, "K-1042", NOW + 1));
    await clientFor(first, "K-1042", NOW + 2);
    await second.refresh();
    const [here, there] = [await linkOn(first, "K-1042"), await linkOn(second, "K-1042")];
    expect(here).toBe(there);
    const links = findClient(first.state.get().records, "K-1042")?.record.links ?? [];
    expect(links.map(({ createdAt }) => createdAt)).toEqual([NOW + 1, NOW + 2]);
    expect(new Set(links.map(({ rid }) => rid))).toEqual(remote.links);
    for (const { rid } of links)
      expect(clientOfRid(second.state.get().records, rid)?.record.id).toBe("K-1042");
  });

  test("a text that is no ID is refused", async () => {
    await expect(clientFor(await device(), " - ", NOW)).rejects.toThrow(RangeError);
  });
});

describe("saving", () => {
  test("two devices that each write something else: both find both", async () => {
    const [first, second] = [await device(), await device()];
    await clientFor(first, "A", NOW);
    await clientFor(second, "B", NOW);
    await first.refresh();
    for (const vault of [first, second, await device()])
      for (const id of ["A", "B"]) expect(findClient(vault.state.get().records, id)).toBeDefined();
  });

  test("[2 bad input] a failed save keeps what was entered, says why, and goes with the next one", async () => {
    const vault = await device();
    remote.failures.push("store.full");
    await expect(clientFor(vault, "K-7", NOW)).rejects.toThrow(Refused);
    await Promise.resolve();
    await vault.save();
    expect(vault.state.get().saving).toEqual({ state: "saved" });
    expect(findClient((await device()).state.get().records, "K-7")).toBeDefined();
  });

  test("says the reason while unsaved", async () => {
    const vault = await device();
    remote.failures.push("offline");
    await clientFor(vault, "K-7", NOW).catch(() => undefined);
    expect(vault.state.get().saving).toEqual({ state: "unsaved", why: "offline" });
    expect(findClient(vault.state.get().records, "K-7")).toBeDefined();
  });

  test("an answer that was lost on the way is not written twice", async () => {
    const vault = await device();
    remote.loseAnswer = true;
    await clientFor(vault, "K-7", NOW).catch(() => undefined);
    await clientFor(vault, "K-7", NOW);
    expect([remote.writes, remote.links.size]).toEqual([1, 1]);
    expect(vault.state.get().saving.state).toBe("saved");
  });

  test("gives up after the largest number of rounds, one fewer is merged", async () => {
    const [first, second] = [await device(), await device()];
    const busy = (times: number) => {
      remote.meanwhile = async () => {
        await clientFor(second, `X${times}-${Math.random()}`, NOW);
        if (times > 1) busy(times - 1);
      };
    };
    // The other device's own write takes the hook away first, so it must not see its own.
    busy(ROUNDS_MAX - 1);
    await clientFor(first, "A", NOW);
    expect(first.state.get().saving.state).toBe("saved");
    busy(ROUNDS_MAX);
    await clientFor(first, "B", NOW).catch(() => undefined);
    expect(first.state.get().saving).toEqual({ state: "unsaved", why: "vault.conflict" });
    remote.meanwhile = null;
    await first.save();
    expect(findClient((await device()).state.get().records, "B")).toBeDefined();
  });

  test("more than fits in one commit goes in several", async () => {
    const vault = await device();
    await vault.change((records) => {
      for (let n = 0; n <= ITEMS_PER_COMMIT; n++)
        records.set(newId<ItemId>(), {
          t: "settings",
          oneByOne: false,
          relayOnly: false,
          newCodes: false,
          practice: NO_DETAILS,
          before: NOTHING_BEFORE,
          reach: "",
          minutes: 50,
          changedAt: n,
        });
    });
    expect([remote.writes, remote.items.size]).toEqual([2, ITEMS_PER_COMMIT + 1]);
  });

  test("many long notes go in commits that the server's bound on a body takes", async () => {
    const vault = await device();
    const before = remote.writes;
    await vault.change((records) => {
      for (let n = 0; n < ITEMS_PER_COMMIT; n++)
        records.set(newId<ItemId>(), {
          t: "group",
          name: `G${n}`,
          clients: [],
          note: "ﾊ".repeat(NOTE_MAX),
          createdAt: NOW,
        });
    });
    expect([remote.writes - before, remote.items.size]).toEqual([2, ITEMS_PER_COMMIT]);
    expect(Math.max(...remote.bodies)).toBeLessThan(BODY_BYTES_MAX);
  });

  test("changes made while a save is on its way are saved too", async () => {
    const vault = await device();
    await Promise.all(["A", "B", "C"].map((id) => clientFor(vault, id, NOW)));
    const records = (await device()).state.get().records;
    for (const id of ["A", "B", "C"]) expect(findClient(records, id)).toBeDefined();
  });
});

describe("[e2ee 3.3] a server that takes away", () => {
  const full = async (shelf: Shelf<Seen>) => {
    const vault = await device(shelf);
    await ensureIdentity(vault, NOW);
    for (const id of ["A", "B"]) await clientFor(vault, id, NOW);
    return vault;
  };
  const snapshot = () => ({
    counter: remote.counter,
    manifest: remote.manifest,
    items: [...remote.items.values()],
  });
  const restore = (kept: ReturnType<typeof snapshot>) => {
    remote.counter = kept.counter;
    remote.manifest = kept.manifest;
    remote.items.clear();
    for (const item of kept.items) remote.items.set(item.id, item);
  };

  test("an older vault is noticed on a device that saw the newer one", async () => {
    const shelf = memoryShelf<Seen>();
    const vault = await full(shelf);
    const old = snapshot();
    await clientFor(vault, "C", NOW);
    restore(old);
    expect((await device(shelf)).state.get().trouble).toEqual({ older: true, lost: 0 });
    expect((await device()).state.get().trouble).toBeNull();
  });

  test("another vault with the same counter is noticed", async () => {
    const shelf = memoryShelf<Seen>();
    const vault = await full(shelf);
    const old = snapshot();
    await clientFor(vault, "C", NOW);
    restore(old);
    await clientFor(await device(), "D", NOW);
    expect((await device(shelf)).state.get().trouble?.older).toBe(true);
  });

  test("a device that still has the records puts them back", async () => {
    const shelf = memoryShelf<Seen>();
    const vault = await full(shelf);
    const old = snapshot();
    await clientFor(vault, "C", NOW);
    restore(old);
    await vault.refresh();
    await vault.save();
    expect(vault.state.get().trouble?.older).toBe(true);
    expect(findClient((await device()).state.get().records, "C")).toBeDefined();
  });

  test("a missing item, one with a changed byte and an old version are noticed by any device", async () => {
    await full(memoryShelf());
    const [one] = [...remote.items.values()].slice(1);
    if (!one) throw new Error("no item");
    remote.items.delete(one.id);
    expect((await device()).state.get().trouble).toEqual({ older: false, lost: 1 });
    const box = Uint8Array.from(one.box);
    box[30] = (box[30] ?? 0) ^ 1;
    remote.items.set(one.id, { ...one, box });
    expect((await device()).state.get().trouble).toEqual({ older: false, lost: 1 });
    remote.items.set(one.id, { ...one, version: one.version + 1 });
    expect((await device()).state.get().trouble).toEqual({ older: false, lost: 1 });
    remote.items.set(one.id, one);
    expect((await device()).state.get().trouble).toBeNull();
  });

  test("an older box of an item is noticed even under its own, older version", async () => {
    const vault = await full(memoryShelf());
    const client = findClient(vault.state.get().records, "A");
    const old = client && remote.items.get(client.item);
    if (!client || !old) throw new Error("no item");
    await vault.change((records) => records.set(client.item, { ...client.record, note: "neu" }));
    remote.items.set(client.item, old);
    expect((await device()).state.get().trouble).toEqual({ older: false, lost: 1 });
  });

  test("an item beside the manifest is not taken in", async () => {
    await full(memoryShelf());
    const [one] = remote.items.values();
    if (!one) throw new Error("no item");
    const kept = snapshot();
    remote.items.set("ee".repeat(16) as never, { ...one, id: "ee".repeat(16) as never });
    expect((await device()).state.get().records.size).toBe(kept.items.length);
  });

  test("a lost item stays in the manifest through later saves, until the therapist accepts", async () => {
    await full(memoryShelf());
    const [, one] = remote.items.values();
    if (one) remote.items.delete(one.id);
    await clientFor(await device(), "C", NOW);
    const later = await device();
    expect(later.state.get().trouble?.lost).toBe(1);
    await later.accept();
    expect((await device()).state.get().trouble).toBeNull();
  });

  test("after a rollback was accepted it is not said again", async () => {
    const shelf = memoryShelf<Seen>();
    const vault = await full(shelf);
    const old = snapshot();
    await clientFor(vault, "C", NOW);
    restore(old);
    await (await device(shelf)).accept();
    expect((await device(shelf)).state.get().trouble).toBeNull();
  });

  test("an emptied vault gets no second identity before the therapist has seen it", async () => {
    const shelf = memoryShelf<Seen>();
    await full(shelf);
    restore({ counter: 0, manifest: null, items: [] });
    const vault = await device(shelf);
    await ensureIdentity(vault, NOW);
    expect(identityOf(vault.state.get().records)).toBeUndefined();
    expect(vault.state.get().trouble?.older).toBe(true);
  });

  test("a vault of another key shows nothing and loses nothing", async () => {
    await full(memoryShelf());
    const before = snapshot();
    vaultKey = newVaultKey();
    const vault = await device();
    expect(vault.state.get().trouble?.older).toBe(true);
    expect(snapshot()).toEqual(before);
  });
});
