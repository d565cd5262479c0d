/** Which links the vault wants shared with whom, and how that differs from what the server has. Pure but for sealing. */
import { Identity } from "../../wasm/identity.ts";
import { openShared, sealShared } from "../../wasm/staff.ts";
import { hex } from "../../wire/bytes.ts";
import type { InvitationId, Rid } from "../../wire/ids.ts";
import { encodeShared, LABEL_MAX, type SharedClient } from "../../wire/shared.ts";
import { handlesOf } from "./change.ts";
import { type Client, identityOf, linkOfClient } from "./clients.ts";
import type { Records } from "./merge.ts";
import type { StaffRecord } from "./records.ts";
import { titleOf } from "./search.ts";
import { clientsIn } from "./staff-record.ts";
import { type Person, type SharedBox, staffOf } from "./team.ts";

/** What is in a link's box; two with the same `word` are the same. */
export type Share = { readonly rid: Rid; readonly content: SharedClient; readonly word: string };
/** For each person or invitation that the vault knows: the links that are to be shared. */
export type Shares = ReadonlyMap<InvitationId, ReadonlyMap<Rid, Share>>;
/** The way from what the server has to what is wanted. */
export type ShareChange = { readonly put: readonly Share[]; readonly drop: readonly Rid[] };

/** What the vault wants. A client that was deleted is shared with nobody; each link of a merged client has its box. */
export function sharesOf(records: Records, origin: string): Shares {
  const record = identityOf(records);
  const identity = record ? new Identity(record.seed) : null;
  const shares = new Map<InvitationId, Map<Rid, Share>>();
  const known = new Map<Client["item"], readonly Share[]>();
  const of = (item: Client["item"]) => {
    const found = known.get(item) ?? (identity ? sharesOfClient(records, item, identity, origin) : []);
    known.set(item, found);
    return found;
  };
  for (const staff of records.values())
    if (staff.t === "staff")
      shares.set(
        staff.invitation,
        new Map(
          clientsIn(staff)
            .flatMap(of)
            .map((share) => [share.rid, share]),
        ),
      );
  return shares;
}

function sharesOfClient(
  records: Records,
  item: Client["item"],
  identity: Identity,
  origin: string,
): readonly Share[] {
  const record = records.get(item);
  if (record?.t !== "client" || record.links.length === 0) return [];
  const label = titleOf(record).slice(0, LABEL_MAX);
  const link = linkOfClient({ item, record }, identity, origin);
  const content: SharedClient = { v: 1, client: item, label, link };
  const word = hex(encodeShared(content));
  return handlesOf(record).map((rid) => ({ rid, content, word }));
}

/** The next change; null where nothing differs. */
export function changeFor(
  wanted: ReadonlyMap<Rid, Share>,
  told: ReadonlyMap<Rid, string>,
): ShareChange | null {
  const put = [...wanted.values()].filter(({ rid, word }) => told.get(rid) !== word);
  const drop = [...told.keys()].filter((rid) => !wanted.has(rid));
  return put.length + drop.length === 0 ? null : { put, drop };
}

/** What the server has for a person; a box that does not open is one that is not wanted. */
export function toldBy(records: Records, { invitation, shared }: Person): Map<Rid, string> {
  const secret = staffOf(records, invitation)?.record.secret;
  const word = (one: SharedBox) => {
    const content = secret && openedShare(secret, invitation, one);
    return content ? hex(encodeShared(content)) : "";
  };
  return new Map(shared.map((one) => [one.rid, word(one)]));
}

/** The boxes of these links for a person. */
export function sealShares({ secret, invitation }: StaffRecord, put: readonly Share[]): SharedBox[] {
  return put.map(({ rid, content }) => ({ rid, box: sealShared(secret, { invitation, rid }, content) }));
}

/** What is in a box; null where it does not open with this key. */
export function openedShare(
  secret: Uint8Array,
  invitation: InvitationId,
  { rid, box }: SharedBox,
): SharedClient | null {
  try {
    return openShared(secret, { invitation, rid }, box);
  } catch {
    return null;
  }
}
