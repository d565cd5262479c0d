/** What a device has to tell the server: the difference between what it has and what the server had. Pure but for sealing. */
import type { ItemId, Rid } from "../../wire/ids.ts";
import { LINKS_PER_CLIENT_MAX } from "../../wire/signal.ts";
import type { Records } from "./merge.ts";
import { encodeRecord, type VaultRecord } from "./records.ts";
import type { SealedChange } from "./remote.ts";
import { type Opened, type Owner, sealContents, sealRecord } from "./seal.ts";

/** Higher: a commit is larger than the server takes (it bounds items and handles at 256, a client has up to four).
 * Lower: an import takes more turns. */
export const ITEMS_PER_COMMIT = 64;
/** Higher: long notes make a body that is larger than the server takes (4 MiB, of which sealing, base64 and the manifest take their
 * part). Lower: an import takes more turns. Bytes before sealing. */
export const BYTES_PER_COMMIT = 2 * 1024 * 1024;

/** A commit, and the records that the server has after it. */
export type Commit = { readonly change: SealedChange; readonly after: Records };

/** The next commit on the way from `base` to `records`; null where there is nothing (more) to tell. */
export function nextCommit(owner: Owner, base: Opened, records: Records): Commit | null {
  const changed = thatFit([...records].filter(([id, record]) => base.records.get(id) !== record));
  const drop = [...base.records.keys()].filter((id) => !records.has(id)).slice(0, ITEMS_PER_COMMIT);
  if (changed.length === 0 && drop.length === 0 && !base.rewrite) return null;
  const after = new Map([...base.records, ...changed]);
  const versions = new Map(base.versions);
  for (const [id] of changed) versions.set(id, (base.versions.get(id) ?? 0) + 1);
  for (const id of drop) after.delete(id);
  for (const id of drop) versions.delete(id);
  const change = {
    base: base.counter,
    manifest: sealContents(owner, base.counter + 1, versions),
    put: changed.map(([id, record]) => sealRecord(owner, id, versions.get(id) ?? 1, record)),
    drop,
    links: linkChange(base.records, after),
  };
  return { change, after };
}

/** As many as one commit takes, at least one. */
function thatFit(changed: readonly [ItemId, VaultRecord][]): [ItemId, VaultRecord][] {
  let bytes = 0;
  const few = changed.slice(0, ITEMS_PER_COMMIT);
  const end = few.findIndex(([, record]) => {
    bytes += encodeRecord(record).length;
    return bytes > BYTES_PER_COMMIT;
  });
  return end < 0 ? few : few.slice(0, Math.max(1, end));
}

/** What the server has once it took the commit, without asking it again. */
export function afterCommit(base: Opened, { change, after }: Commit): Opened {
  const versions = new Map(base.versions);
  for (const id of change.drop) versions.delete(id);
  for (const { id, version } of change.put) versions.set(id, version);
  return { ...base, counter: change.base + 1, records: after, versions, rewrite: false };
}

function linkChange(before: Records, after: Records): SealedChange["links"] {
  const [had, has] = [ridsOf(before), ridsOf(after)];
  return { add: [...has].filter((rid) => !had.has(rid)), drop: [...had].filter((rid) => !has.has(rid)) };
}

function ridsOf(records: Records): Set<Rid> {
  return new Set([...records.values()].flatMap(handlesOf));
}

/** The handles of a client that work: the earliest, as many as a room takes. */
export function handlesOf(record: VaultRecord): Rid[] {
  return record.t === "client" ? record.links.slice(0, LINKS_PER_CLIENT_MAX).map(({ rid }) => rid) : [];
}

/** The item of `records` that holds `rid`. */
export function itemOfRid(records: Records, rid: Rid): ItemId | undefined {
  for (const [id, record] of records)
    if (record.t === "client" && record.links.some((link) => link.rid === rid)) return id;
  return undefined;
}
