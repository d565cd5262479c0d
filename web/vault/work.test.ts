/** What practice staff can open: what is shared with them, and nothing else. */
import { beforeAll, expect, test } from "bun:test";
import { formatLink } from "../../wasm/link.ts";
import { randomBytes, ready } from "../../wasm/sodium.ts";
import { newStaffKey, sealShared } from "../../wasm/staff.ts";
import { newVaultKey } from "../../wasm/wrap.ts";
import { type InvitationId, type ItemId, newId, type Rid } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { RemoteDouble } from "./remote.double.ts";
import { memoryShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { Witness } from "./witness.ts";
import { entriesOf, hasWorkKey, keepWorkKey } from "./work.ts";

const ORIGIN = "https://praxis.example";
const account = "bert" as UserName;
beforeAll(ready);

const vaultOf = (remote = new RemoteDouble(), vaultKey = newVaultKey()) =>
  Vault.load({ owner: { account, vaultKey }, remote, witness: new Witness(memoryShelf(), account) });

const link = (origin = ORIGIN) => formatLink(origin, randomBytes(16), randomBytes(16));

function share(
  key: Uint8Array,
  invitation: InvitationId,
  label: string,
  to = link(),
  client = newId<ItemId>(),
) {
  const rid = newId<Rid>();
  return { rid, box: sealShared(key, { invitation, rid }, { v: 1, client, label, link: to }) };
}

test("the key of the invitation opens what is shared, on every device of the account, by name", async () => {
  const [remote, vaultKey] = [new RemoteDouble(), newVaultKey()];
  const vault = await vaultOf(remote, vaultKey);
  const [key, invitation] = [newStaffKey(), newId<InvitationId>()];
  const work = { practice: "anna", invitation, shared: [] };
  await keepWorkKey(vault, work, key, 1);
  await keepWorkKey(vault, work, newStaffKey(), 2);
  const other = await vaultOf(remote, vaultKey);
  const shared = ["K-10", "K-2", "Ärmel", "Arm"].map((label) => share(key, invitation, label));
  const entries = entriesOf(other.state.get().records, { ...work, shared }, ORIGIN);
  expect(entries.map(({ label }) => label)).toEqual(["Arm", "Ärmel", "K-2", "K-10"]);
});

test("links of one client are one entry, with all the handles that calls are planned for", async () => {
  const vault = await vaultOf();
  const [key, invitation, client] = [newStaffKey(), newId<InvitationId>(), newId<ItemId>()];
  await keepWorkKey(vault, { practice: "anna", invitation, shared: [] }, key, 1);
  const to = link();
  const shared = [share(key, invitation, "K-1", to, client), share(key, invitation, "K-1", to, client)];
  const entries = entriesOf(vault.state.get().records, { practice: "anna", invitation, shared }, ORIGIN);
  expect(entries).toEqual([{ client, label: "K-1", link: to, rids: shared.map(({ rid }) => rid) }]);
});

test("a box under another key, one moved to another link, and a link to another place are left out", async () => {
  const vault = await vaultOf();
  const [key, invitation] = [newStaffKey(), newId<InvitationId>()];
  await keepWorkKey(vault, { practice: "anna", invitation, shared: [] }, key, 1);
  const good = share(key, invitation, "K-1");
  const shared = [
    good,
    { rid: newId<Rid>(), box: good.box },
    share(newStaffKey(), invitation, "K-2"),
    share(key, invitation, "K-3", link("https://elsewhere.example")),
    share(key, invitation, "K-4", link(`${ORIGIN}.elsewhere.example`)),
  ];
  const work = { practice: "anna", invitation, shared };
  const { records } = vault.state.get();
  expect(entriesOf(records, work, ORIGIN).map(({ label }) => label)).toEqual(["K-1"]);
  expect(entriesOf(records, { ...work, invitation: newId<InvitationId>() }, ORIGIN)).toEqual([]);
  expect(entriesOf(new Map(), work, ORIGIN)).toEqual([]);
});

test("a key of another invitation is not kept where something is shared: the right one still can be", async () => {
  const vault = await vaultOf();
  const [key, invitation] = [newStaffKey(), newId<InvitationId>()];
  const work = { practice: "anna", invitation, shared: [share(key, invitation, "K-1")] };
  await keepWorkKey(vault, work, newStaffKey(), 1);
  expect(hasWorkKey(vault.state.get().records, invitation)).toBe(false);
  await keepWorkKey(vault, work, key, 2);
  expect(entriesOf(vault.state.get().records, work, ORIGIN).map(({ label }) => label)).toEqual(["K-1"]);
});
