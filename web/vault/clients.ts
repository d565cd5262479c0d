/** A client ID becomes an entry with its one permanent link; the same ID (in its normal form) always gives the same. */
import { type Identity, newIdentitySeed } from "../../wasm/identity.ts";
import { formatLink, linkKeys, newLinkSecret } from "../../wasm/link.ts";
import { type ItemId, newId, type Rid } from "../../wire/ids.ts";
import { normalClientId } from "../../wire/names.ts";
import { handlesOf, itemOfRid } from "./change.ts";
import { freeCode, isTaken } from "./codes.ts";
import type { Records } from "./merge.ts";
import {
  type ClientLink,
  type ClientRecord,
  type IdentityRecord,
  NO_DETAILS,
  NOTHING_BEFORE,
  normalOf,
  SESSION_MINUTES,
  type SettingsRecord,
  type VaultRecord,
} from "./records.ts";
import type { Vault } from "./vault.ts";

/** An entry and the item it lies in. */
export type Client = { readonly item: ItemId; readonly record: ClientRecord };

/** The entry for what somebody typed as an ID, if there is one. */
export function findClient(records: Records, typed: string): Client | undefined {
  const normal = normalClientId(typed);
  if (normal === null) return undefined;
  for (const [item, record] of records)
    if (record.t === "client" && normalOf(record) === normal) return { item, record };
  return undefined;
}

/** The entry whose link has this handle. */
export function clientOfRid(records: Records, rid: Rid): Client | undefined {
  const item = itemOfRid(records, rid);
  const record = item && records.get(item);
  return item && record?.t === "client" ? { item, record } : undefined;
}

/** The entry for `typed`, made with a new link where there is none; saved and its handle known to the server when this
 * resolves. `now` in Unix milliseconds. Throws `RangeError` on a text that is no ID, `Refused` where saving failed: the
 * entry then stays on this device, and the next call goes on with it. */
export async function clientFor(vault: Vault, typed: string, now: number): Promise<Client> {
  if (normalClientId(typed) === null) throw new RangeError("not a client ID");
  if (findClient(vault.state.get().records, typed)) await vault.save();
  else await vault.change((records) => records.set(newId<ItemId>(), newClient(records, typed, now)));
  const found = findClient(vault.state.get().records, typed);
  if (!found) throw new RangeError("the entry was deleted on another device");
  return found;
}

/** The entry for an ID that has none. It gets a generated code where the practice wants that for all, or where the ID is another client's
 * code already: no two codes are the same. */
export function newClient(records: Records, typed: string, now: number): ClientRecord {
  const id = typed.normalize("NFKC").trim();
  const normal = normalClientId(id);
  const isForeign = normal !== null && isTaken(records, normal);
  const code = isForeign || settingsOf(records).newCodes ? freeCode(records) : null;
  const links = [newLink(now)];
  // in the order of the shape, so that it is the same bytes when it is read again
  return {
    t: "client",
    id,
    code,
    name: null,
    note: "",
    createdAt: now,
    links,
    devices: [],
    calls: [],
    revoked: [],
    consents: [],
  };
}

/** A new link: nobody has it yet, not even the server. */
export function newLink(now: number): ClientLink {
  const secret = newLinkSecret();
  return { secret, rid: linkKeys(secret).rid, createdAt: now };
}

/** The handles under which a room is opened for this client. */
export function handlesOfClient(client: Client): Rid[] {
  return handlesOf(client.record);
}

/** The permanent link to show and send; of a merged entry the earliest. Throws `RangeError` on an entry without a link. */
export function linkOfClient(client: Client, identity: Identity, origin: string): string {
  const [first] = client.record.links;
  if (!first) throw new RangeError("an entry without a link");
  return formatLink(origin, first.secret, identity.fingerprint);
}

/** The record of the identity key. */
export function identityOf(records: Records): IdentityRecord | undefined {
  for (const record of records.values()) if (record.t === "identity") return record;
  return undefined;
}

/** Makes the identity key where the vault is new. A vault with trouble gets none: links that were sent name the old one,
 * and the therapist decides first. Throws `Refused`; the key then stays on this device until it can be saved. */
export async function ensureIdentity(vault: Vault, now: number): Promise<void> {
  const { records, trouble } = vault.state.get();
  if (identityOf(records) || trouble) return;
  const seed = newIdentitySeed();
  await vault.change((all) => all.set(newId<ItemId>(), { t: "identity", seed, createdAt: now }));
}

const DEFAULTS: Omit<SettingsRecord, "changedAt"> = {
  t: "settings",
  oneByOne: false,
  relayOnly: false,
  newCodes: false,
  practice: NO_DETAILS,
  before: NOTHING_BEFORE,
  reach: "",
  minutes: SESSION_MINUTES,
};

/** The settings of the practice; the defaults where nothing was ever changed. */
export function settingsOf(records: Records): SettingsRecord {
  for (const record of records.values()) if (record.t === "settings") return record;
  return { ...DEFAULTS, changedAt: 0 };
}

type SettingsChange = Partial<
  Pick<SettingsRecord, "oneByOne" | "relayOnly" | "newCodes" | "before" | "reach" | "minutes">
>;

/** Changes settings. Throws `Refused` where saving failed; the change stays and is tried again. */
export async function changeSettings(vault: Vault, change: SettingsChange, now: number): Promise<void> {
  await vault.change((records) => setSettings(records, change, now));
}

/** Puts changed settings in the place of those that are there. */
export function setSettings(records: Map<ItemId, VaultRecord>, change: SettingsChange, now: number): void {
  const old = [...records].find(([, record]) => record.t === "settings");
  records.set(old?.[0] ?? newId<ItemId>(), { ...settingsOf(records), ...change, changedAt: now });
}
