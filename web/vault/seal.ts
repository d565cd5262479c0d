/** From the sealed vault of the server to records and back. What cannot be read is never thrown away: it is named as
 * trouble, and its items stay in the manifest until the therapist has seen it. */
import { openItem, openManifest, sealItem, sealManifest } from "../../wasm/item.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { ItemId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { decodeManifest, encodeManifest, type Manifest } from "./manifest.ts";
import { decodeRecord, encodeRecord, type VaultRecord } from "./records.ts";
import type { SealedItem, SealedVault } from "./remote.ts";

/** Whose vault it is and its key VK. */
export type Owner = { readonly account: UserName; readonly vaultKey: Bytes };

export type Opened = {
  readonly counter: number;
  readonly records: ReadonlyMap<ItemId, VaultRecord>;
  /** Versions of everything the manifest names, also of what is not in `records`. */
  readonly versions: Manifest;
  /** Items that open but hold a record of a later program: kept untouched. */
  readonly foreign: ReadonlySet<ItemId>;
  /** Items the manifest names that are missing, older than named, or do not open. */
  readonly lost: ReadonlySet<ItemId>;
  /** The manifest itself is missing or does not open. */
  readonly manifestLost: boolean;
  /** The manifest shall be written anew even where no record changed: the therapist has accepted a loss. */
  readonly rewrite: boolean;
};

/** Opens all that opens. Never throws on what the server says. */
export function openVault(owner: Owner, sealed: SealedVault): Opened {
  const manifest = manifestOf(owner, sealed);
  const given = new Map(sealed.items.map((item) => [item.id, item]));
  const versions = manifest ?? new Map(sealed.items.map(({ id, version }) => [id, version]));
  const records = new Map<ItemId, VaultRecord>();
  const foreign = new Set<ItemId>();
  const lost = new Set<ItemId>();
  for (const [id, version] of versions) {
    const plain = openOne(owner, given.get(id), version);
    const record = plain && decodeRecord(plain);
    if (record) records.set(id, record);
    else (plain ? foreign : lost).add(id);
  }
  const manifestLost = manifest === undefined;
  return { counter: sealed.counter, records, versions, foreign, lost, manifestLost, rewrite: false };
}

/** The manifest; of an untouched vault an empty one; `undefined` where it is lost. */
function manifestOf({ account, vaultKey }: Owner, sealed: SealedVault): Manifest | undefined {
  if (sealed.manifest === null)
    return sealed.counter === 0 && sealed.items.length === 0 ? new Map() : undefined;
  try {
    return decodeManifest(openManifest(vaultKey, { account, counter: sealed.counter }, sealed.manifest));
  } catch {
    return undefined;
  }
}

function openOne(
  { account, vaultKey }: Owner,
  item: SealedItem | undefined,
  version: number,
): Bytes | undefined {
  if (item?.version !== version) return undefined;
  try {
    return openItem(vaultKey, { account, id: item.id, version }, item.box);
  } catch {
    return undefined;
  }
}

/** A record as the server shall keep it. */
export function sealRecord(
  { account, vaultKey }: Owner,
  id: ItemId,
  version: number,
  record: VaultRecord,
): SealedItem {
  return { id, version, box: sealItem(vaultKey, { account, id, version }, encodeRecord(record)) };
}

/** The manifest of the commit that makes the vault's counter `counter`. */
export function sealContents({ account, vaultKey }: Owner, counter: number, versions: Manifest): Bytes {
  return sealManifest(vaultKey, { account, counter }, encodeManifest(versions));
}
