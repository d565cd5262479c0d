/** Practice staff from the therapist's side, with several devices and a server that fails: exactly the chosen clients are shared, with the links
 * that hold now, under a key that is nowhere but in two vaults (e2ee.md §2.11). */
import { beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { parseInvitation } from "../../wasm/invitation.ts";
import { ready } from "../../wasm/sodium.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import { type Bytes, hex } from "../../wire/bytes.ts";
import { type InvitationId, type ItemId, newId, type Rid } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { SHARED_PER_PUT } from "../../wire/staff.ts";
import { clientFor, ensureIdentity, findClient, newClient } from "./clients.ts";
import { editClient, removeEntry, renewLink } from "./entries.ts";
import { RemoteDouble } from "./remote.double.ts";
import { Refused, type RefusedCode } from "./remote.ts";
import { keepShared } from "./share-keeper.ts";
import { openedShare } from "./shares.ts";
import { memoryShelf } from "./shelf.ts";
import { clientsIn } from "./staff-record.ts";
import { dismiss, invite, type SharedBox, type StaffRemote, shareWith, staffOf, type Team } from "./team.ts";
import { Vault } from "./vault.ts";
import { Witness } from "./witness.ts";

const account = "anna.berg" as UserName;
const ORIGIN = "https://praxis.example";

/** Keeps the rules of the real one that the keeper relies on. */
class StaffDouble implements StaffRemote {
  readonly server: RemoteDouble;
  readonly hashes = new Map<InvitationId, Bytes>();
  readonly people = new Map<InvitationId, Map<Rid, Bytes>>();
  readonly failures: RefusedCode[] = [];
  looks = 0;
  writes = 0;

  constructor(server: RemoteDouble) {
    this.server = server;
  }
  accept(invitation: InvitationId) {
    this.hashes.delete(invitation);
    this.people.set(invitation, new Map());
  }
  async team(): Promise<Team> {
    this.#fail();
    this.looks += 1;
    const known = ([rid]: [Rid, Bytes]) => this.server.links.has(rid);
    return {
      people: [...this.people].map(([invitation, boxes]) => ({
        invitation,
        user: "bert",
        since: 1,
        shared: [...boxes].filter(known).map(([rid, box]) => ({ rid, box })),
      })),
      invitations: [...this.hashes.keys()].map((invitation) => ({ invitation, createdAt: 1 })),
    };
  }
  async invite(invitation: InvitationId, hash: Bytes) {
    this.#fail();
    this.hashes.set(invitation, hash);
  }
  async end(invitation: InvitationId) {
    this.#fail();
    if (!this.hashes.delete(invitation) && !this.people.delete(invitation))
      throw new Refused("staff.unknown");
  }
  async share(invitation: InvitationId, { put, drop }: { put: readonly SharedBox[]; drop: readonly Rid[] }) {
    this.#fail();
    const boxes = this.people.get(invitation);
    if (!boxes) throw new Refused("staff.unknown");
    if (put.length > SHARED_PER_PUT || drop.length > SHARED_PER_PUT) throw new Refused("request.invalid");
    if (put.some(({ rid }) => !this.server.links.has(rid))) throw new Refused("link.unknown");
    this.writes += 1;
    for (const rid of drop) boxes.delete(rid);
    for (const { rid, box } of put) boxes.set(rid, box);
  }
  #fail() {
    const code = this.failures.shift();
    if (code) throw new Refused(code);
  }
}

let server: RemoteDouble;
let remote: StaffDouble;
let vaultKey: Bytes;
let later: (() => void)[];

beforeAll(ready);
beforeEach(() => {
  server = new RemoteDouble();
  remote = new StaffDouble(server);
  vaultKey = newVaultKey();
  later = [];
});

async function device(): Promise<Vault> {
  const witness = new Witness(memoryShelf(), account);
  const vault = await Vault.load({ owner: { account, vaultKey }, remote: server, witness });
  await ensureIdentity(vault, 1);
  return vault;
}
function keep(vault: Vault): () => void {
  const after = (_: number, run: () => void) => {
    later.push(run);
    return () => {
      later = later.filter((other) => other !== run);
    };
  };
  return keepShared({ vault, remote, origin: ORIGIN, after });
}
/** Long enough for the hashes that the vault compares in between, on a busy machine too. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Bun.sleep(2);
}
async function settle(times = 3): Promise<void> {
  for (let round = 0; round < times; round++) {
    await turns();
    for (const run of later.splice(0)) run();
  }
  await turns();
}

const records = (vault: Vault) => vault.state.get().records;
const itemOf = (vault: Vault, id: string) => findClient(records(vault), id)?.item ?? newId<ItemId>();

/** Invites somebody who accepts, and makes clients. */
async function team(vault: Vault, ...ids: string[]): Promise<{ invitation: InvitationId; key: Bytes }> {
  for (const id of ids) await clientFor(vault, id, 2);
  const link = await invite(vault, remote, { name: "Bert", origin: ORIGIN, now: 3 });
  const parts = parseInvitation(link);
  if (typeof parts === "string") throw new Error(parts);
  const [invitation] = [...remote.hashes.keys()].slice(-1);
  if (!invitation) throw new Error("not told");
  remote.accept(invitation);
  return { invitation, key: parts.key };
}

/** What that person sees, by label. */
function seenBy({ invitation, key }: { invitation: InvitationId; key: Bytes }): Map<string, string> {
  const boxes = [...(remote.people.get(invitation) ?? [])];
  return new Map(
    boxes.flatMap(([rid, box]) => {
      const content = server.links.has(rid) ? openedShare(key, invitation, { rid, box }) : null;
      return content ? [[content.label, content.link]] : [];
    }),
  );
}
const labels = (person: { invitation: InvitationId; key: Bytes }) => [...seenBy(person).keys()].sort();

describe("[TP1 2.11] an invitation", () => {
  test("its key lies in the vault before the server hears of it, and the server hears a hash alone", async () => {
    const vault = await device();
    const link = await invite(vault, remote, { name: "Bert", origin: ORIGIN, now: 3 });
    const parts = parseInvitation(link);
    if (typeof parts === "string") throw new Error(parts);
    const [[invitation, hash] = []] = [...remote.hashes];
    const other = await device();
    expect(invitation && staffOf(records(other), invitation)?.record).toMatchObject({
      secret: parts.key,
      name: "Bert",
    });
    expect(hash && hex(hash)).not.toContain(hex(parts.token));
  });

  test("one that the server refuses leaves nothing behind", async () => {
    const vault = await device();
    remote.failures.push("staff.too-many");
    await expect(invite(vault, remote, { name: "", origin: ORIGIN, now: 3 })).rejects.toThrow(
      "staff.too-many",
    );
    expect([...records(vault).values()].some(({ t }) => t === "staff")).toBe(false);
  });

  test("clients chosen before it is accepted are shared once it is, without a press", async () => {
    const vault = await device();
    keep(vault);
    await clientFor(vault, "K-1", 1);
    await invite(vault, remote, { name: "", origin: ORIGIN, now: 3 });
    const [invitation] = [...remote.hashes.keys()];
    if (!invitation) throw new Error("not told");
    await shareWith(vault, invitation, [itemOf(vault, "K-1")]);
    await settle();
    expect(remote.writes).toBe(0);
    remote.accept(invitation);
    await settle();
    expect(remote.people.get(invitation)?.size).toBe(1);
    expect(later).toEqual([]);
  });
});

describe("[TP1 2.11] sharing", () => {
  test("exactly the chosen clients, each with the name and the link of the Kartei", async () => {
    const vault = await device();
    const person = await team(vault, "K-1", "K-2", "K-3");
    keep(vault);
    await shareWith(vault, person.invitation, [itemOf(vault, "K-1"), itemOf(vault, "K-3")]);
    await settle();
    expect(labels(person)).toEqual(["K-1", "K-3"]);
    for (const link of seenBy(person).values())
      expect(link).toMatch(/^https:\/\/praxis\.example\/j#1[\w-]{43}$/);
    await shareWith(vault, person.invitation, [itemOf(vault, "K-3")]);
    await settle();
    expect(labels(person)).toEqual(["K-3"]);
  });

  test("somebody else's key opens none of it", async () => {
    const vault = await device();
    const [one, other] = [await team(vault, "K-1"), await team(vault)];
    keep(vault);
    await shareWith(vault, one.invitation, [itemOf(vault, "K-1")]);
    await settle();
    expect(labels(one)).toEqual(["K-1"]);
    expect(labels({ invitation: one.invitation, key: other.key })).toEqual([]);
  });

  test("a new name and a new link follow by themselves; a deleted client goes", async () => {
    const vault = await device();
    const person = await team(vault, "K-1", "K-2");
    keep(vault);
    const [a, b] = [itemOf(vault, "K-1"), itemOf(vault, "K-2")];
    await shareWith(vault, person.invitation, [a, b]);
    await settle();
    const before = seenBy(person).get("K-1");
    const record = records(vault).get(a);
    if (record?.t !== "client") throw new Error("no client");
    await editClient(vault, a, record, { name: "Anna" });
    await settle();
    expect(labels(person)).toEqual(["Anna", "K-2"]);
    expect(seenBy(person).get("Anna")).toBe(before);
    await renewLink(vault, a, 9);
    await settle();
    expect(labels(person)).toEqual(["Anna", "K-2"]);
    expect(seenBy(person).get("Anna")).not.toBe(before);
    await removeEntry(vault, b);
    await settle();
    expect(labels(person)).toEqual(["Anna"]);
  });

  test("five hundred clients take as many writes as they must, and the next page none", async () => {
    const vault = await device();
    const person = await team(vault);
    const ids = Array.from({ length: 500 }, (_, n) => `K-${n}`);
    await vault.change((all) => {
      for (const id of ids) all.set(newId<ItemId>(), newClient(all, id, 1));
    });
    const stop = keep(vault);
    await shareWith(
      vault,
      person.invitation,
      ids.map((id) => itemOf(vault, id)),
    );
    await settle();
    expect(labels(person).length).toBe(500);
    expect(remote.writes).toBe(2);
    stop();
    keep(await device());
    await settle();
    expect(remote.writes).toBe(2);
  });

  test("a device that comes late takes nothing back that another one shared", async () => {
    const [here, there] = [await device(), await device()];
    const person = await team(here, "K-1", "K-2");
    await there.refresh();
    keep(there);
    keep(here);
    await shareWith(here, person.invitation, [itemOf(here, "K-1")]);
    await settle();
    await there.refresh();
    const second = await team(there);
    await shareWith(here, person.invitation, [itemOf(here, "K-1"), itemOf(here, "K-2")]);
    await settle();
    await shareWith(there, second.invitation, [itemOf(there, "K-1")]);
    await settle();
    expect(labels(person)).toEqual(["K-1", "K-2"]);
    expect(labels(second)).toEqual(["K-1"]);
  });

  test("a device whose vault is older than the boxes reads it anew before it compares", async () => {
    const [here, there] = [await device(), await device()];
    const person = await team(here, "K-1", "K-2");
    await there.refresh();
    keep(here);
    await shareWith(here, person.invitation, [itemOf(here, "K-1"), itemOf(here, "K-2")]);
    await settle();
    // `there` still knows the person without anything shared
    keep(there);
    await settle();
    expect(labels(person)).toEqual(["K-1", "K-2"]);
  });

  test("both devices choose at once: who was taken out is out, who was put in is in", async () => {
    const [here, there] = [await device(), await device()];
    const person = await team(here, "K-1", "K-2", "K-3");
    const items = ["K-1", "K-2", "K-3"].map((id) => itemOf(here, id)) as [ItemId, ItemId, ItemId];
    await shareWith(here, person.invitation, items.slice(0, 2));
    await there.refresh();
    await shareWith(here, person.invitation, [items[1]]);
    await shareWith(there, person.invitation, items);
    await here.refresh();
    for (const vault of [here, there]) {
      const record = staffOf(records(vault), person.invitation)?.record;
      expect(record && clientsIn(record)).toEqual([items[1], items[2]].sort());
    }
  });

  test("a server that fails is asked again until it has all", async () => {
    const vault = await device();
    const person = await team(vault, "K-1");
    remote.failures.push("store.busy", "offline", "link.unknown", "staff.unknown");
    keep(vault);
    await shareWith(vault, person.invitation, [itemOf(vault, "K-1")]);
    await settle(8);
    expect(labels(person)).toEqual(["K-1"]);
  });

  test("access taken away: the key is gone from the vault, and nothing is asked any more", async () => {
    const vault = await device();
    const person = await team(vault, "K-1");
    keep(vault);
    await shareWith(vault, person.invitation, [itemOf(vault, "K-1")]);
    await settle();
    await dismiss(vault, remote, person.invitation);
    await settle();
    expect(staffOf(records(vault), person.invitation)).toBeUndefined();
    expect(labels(person)).toEqual([]);
    const { looks } = remote;
    await clientFor(vault, "K-9", 5);
    await settle();
    expect(remote.looks).toBe(looks);
    await dismiss(vault, remote, person.invitation);
  });

  test("a practice without staff never asks", async () => {
    const vault = await device();
    keep(vault);
    await clientFor(vault, "K-1", 1);
    await settle();
    expect(remote.looks).toBe(0);
  });
});
