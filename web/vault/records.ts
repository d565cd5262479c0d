/** What lies inside the vault's items, and its bounded codec. A record is never changed in place: a changed one is a new
 * object, so "is it the same object" means "is it unchanged". */
import { decode, encode } from "@msgpack/msgpack";
import { guardState } from "../../wasm/guard.ts";
import { LABEL_MAX } from "../../wire/api.ts";
import { CONSENT_TEXT_MAX, CONSENT_VERSION_MAX, consentAnswer } from "../../wire/asked.ts";
import { BRAND_NAME_MAX, brand } from "../../wire/brand.ts";
import type { Bytes } from "../../wire/bytes.ts";
import {
  ID_BYTES,
  type InvitationId,
  type ItemId,
  type Rid,
  type RoomId,
  type TokenId,
} from "../../wire/ids.ts";
import { CLIENT_ID_MAX, type NormalId, normalClientId } from "../../wire/names.ts";
import { REACH_MAX } from "../../wire/sealed.ts";
import {
  bin,
  exactly,
  flag,
  id,
  list,
  map,
  nullable,
  oneOf,
  type Read,
  type Shape,
  text,
  uint,
} from "../../wire/shape.ts";
import { PAIRING_BYTES } from "../../wire/start-link.ts";
import { ADMITTED_MAX } from "../call/admitted.ts";

/** Higher: a note of wide letters is more than the server takes for one item (64 KiB). Lower: two long notes written at
 * once would not both fit. UTF-16 units. */
export const NOTE_MAX = 16_000;
/** Higher: the list of calls gets unreadable. Lower: two long names merged would not both fit. UTF-16 units. */
export const NAME_MAX = 400;
/** Higher: a hostile item costs more time. Lower: a client merged from many devices would lose a link. */
export const LINKS_MAX = 16;
/** What a person may type, so that two names and two notes written at once both fit into one entry; a longer one that was merged may be
 * kept or shortened. UTF-16 units. */
export const NAME_TYPED_MAX = 190;
export const NOTE_TYPED_MAX = 7_900;
/** Higher: every knock is compared with more devices. Lower: a client with many browsers is "new" again and again. */
export const DEVICES_MAX = 16;

/** Higher: the list of calls outgrows a page. Lower: a client who comes every week loses half a year. */
export const CALLS_MAX = 20;
/** Higher: a hostile item costs more time. Lower: the answer to an old text is no longer there to be shown. */
export const CONSENTS_MAX = 16;
/** Higher: a hostile item costs more time. Lower: an old file brings a link back that was taken away long ago. */
export const REVOKED_MAX = 32;
/** Two groups of eight that were changed at once; a room takes eight of them. */
export const MEMBERS_MAX = 16;

/** Clients shared with one person. Higher: the item of a whole clinic outgrows what the server takes. Lower: a clinic's office does not
 * see everybody. */
export const SHARED_CLIENTS_MAX = 2000;

/** Generated ones have 9 characters. Higher: nothing more fits a person's patience. Lower: longer ones could not come later. */
const CODE_MAX = 16;

const moment = uint(Number.MAX_SAFE_INTEGER);

/** The value with the fields that an earlier program did not write. */
export const withMissing = (value: unknown, missing: object): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...missing, ...value } : value;

/** The normal form is made from the ID here, so that no stored one can differ from it. */
const clientId: Shape<string> = (value) => {
  const typed = text(2 * CLIENT_ID_MAX)(value);
  return typed !== undefined && normalClientId(typed) !== null ? typed : undefined;
};

/** Ids of items, one after the other. */
const itemIds: Shape<Bytes> = (value) => {
  const ids = bin(0, ID_BYTES * SHARED_CLIENTS_MAX)(value);
  return ids && ids.length % ID_BYTES === 0 ? ids : undefined;
};

/** A permanent link: its secret L, its handle, when it was made. */
const link = map({ secret: bin(16), rid: id<Rid>(), createdAt: moment });
/** A device of the client that was in a call: its secret `ds` (TP1 §2.5), since when, and whether the four words were
 * compared on it. */
const device = map({ secret: bin(32), since: moment, compared: flag });

/** The way picture and sound went; `sound`: without pictures. */
const medium = oneOf("direct", "relay", "sound");
const callOfNow = map({
  at: moment,
  minutes: uint(10_000),
  group: flag,
  medium: nullable(medium),
  breaks: uint(10_000),
  lost: uint(1_000_000),
});
/** A call of the client: when it began, started minutes, with others or alone, how often the line was interrupted and how many seconds
 * altogether. Earlier ones knew only the first three. */
const call: Shape<Read<typeof callOfNow>> = (value) =>
  callOfNow(withMissing(value, { medium: null, breaks: 0, lost: 0 }));

/** A generated code in its normal form. */
const code: Shape<NormalId> = (value) => {
  const given = text(CODE_MAX)(value);
  const normal = given === undefined ? null : normalClientId(given);
  return normal !== null && normal === given ? normal : undefined;
};

const clientOfNow = map({
  t: exactly("client"),
  id: clientId,
  code: nullable(code),
  name: nullable(text(NAME_MAX)),
  note: text(NOTE_MAX),
  createdAt: moment,
  links: list(link, LINKS_MAX),
  devices: list(device, DEVICES_MAX),
  calls: list(call, CALLS_MAX),
  revoked: list(id<Rid>(), REVOKED_MAX),
  consents: list(consentAnswer, CONSENTS_MAX),
});
/** A client in the Kartei. `id` as typed; `code` replaces it in the code form, null: the ID is the code; `name` and `note` never leave
 * the vault. Links: the earliest first; `revoked`: handles of links that were taken away, the newest first, so that no file brings them
 * back. Calls, and answers to the consent text: the newest first. Earlier entries knew none of the three. */
export const clientShape: Shape<Read<typeof clientOfNow>> = (value) =>
  clientOfNow(withMissing(value, { calls: [], revoked: [], consents: [] }));
/** Clients who meet in one room. An item that is no client any more is left out where the group is read. */
export const groupShape = map({
  t: exactly("group"),
  name: text(NAME_MAX),
  clients: list(id<ItemId>(), MEMBERS_MAX),
  note: text(NOTE_MAX),
  createdAt: moment,
});
/** The seed of the identity key: one per practice, named by every link. */
const identity = map({ t: exactly("identity"), seed: bin(32), createdAt: moment });
/** Who was in a call a moment ago: over a reload and on the next device they are not asked for again (A5). */
const admitted = map({
  t: exactly("admitted"),
  entries: list(map({ room: id<RoomId>(), record: id<ItemId>(), at: moment }), ADMITTED_MAX),
});
/** Failed guesses at codes (A4); the worse of this and of what the device keeps holds. */
const guard = map({ t: exactly("guard"), state: guardState });
/** What clients see of the practice, its logo's key among it; null: nothing (any more). */
const brandShape = map({ t: exactly("brand"), shown: nullable(brand), changedAt: moment });
/** What a practice program proves itself with when it opens the start link (e2ee.md §2.11), made with its token; never changed, only dropped. */
const pairing = map({
  t: exactly("pairing"),
  token: id<TokenId>(),
  label: text(LABEL_MAX),
  secret: bin(PAIRING_BYTES),
  createdAt: moment,
});
/** Somebody who works for the practice, or is invited to: the key of what is shared with them (TP1 §2.11) and the clients that are, 16 B
 * each. `name` is the therapist's own word. In that person's vault it is the key they were given; `clients` is then empty. */
const staffShape = map({
  t: exactly("staff"),
  invitation: id<InvitationId>(),
  secret: bin(32),
  name: text(NAME_MAX),
  clients: itemIds,
  createdAt: moment,
});
/** Higher: the lines outgrow `IMPRINT_MAX`. Lower: an address of a clinic is cut. UTF-16 units; together with what joins them they fit. */
export const PRACTICE_MAX = { name: BRAND_NAME_MAX, address: 200, phone: 40, email: 80, more: 150 } as const;
/** Who the practice is, as its therapist typed it; empty where nothing was. */
const practiceShape = map({
  name: text(PRACTICE_MAX.name),
  address: text(PRACTICE_MAX.address),
  phone: text(PRACTICE_MAX.phone),
  email: text(PRACTICE_MAX.email),
  more: text(PRACTICE_MAX.more),
});
export type PracticeDetails = Read<typeof practiceShape>;
export const NO_DETAILS: PracticeDetails = { name: "", address: "", phone: "", email: "", more: "" };

/** What is asked before a call: the real name, the safety card, and whether nobody comes in without consent to `text`. Empty text: none. */
const before = map({
  name: flag,
  card: flag,
  must: flag,
  text: text(CONSENT_TEXT_MAX),
  version: uint(CONSENT_VERSION_MAX),
  since: moment,
});
export type BeforeCall = Read<typeof before>;
export const NOTHING_BEFORE: BeforeCall = {
  name: false,
  card: false,
  must: false,
  text: "",
  version: 0,
  since: 0,
};

/** One text that consent was asked to; an answer names it by its hash. Never changed. `createdAt`: since when it holds. */
export const consentTextShape = map({
  t: exactly("consent"),
  text: text(CONSENT_TEXT_MAX),
  createdAt: moment,
});

/** A session is this long until the therapist says otherwise. */
export const SESSION_MINUTES = 50;
const MINUTES_MAX = 600;

const settingsOfNow = map({
  t: exactly("settings"),
  oneByOne: flag,
  relayOnly: flag,
  newCodes: flag,
  practice: practiceShape,
  before,
  reach: text(REACH_MAX),
  minutes: uint(MINUTES_MAX),
  changedAt: moment,
});
/** Settings of the practice; `oneByOne` is "einzeln einlassen", `relayOnly` hides addresses, `newCodes` gives each new client a generated
 * code, `practice` says who it is, `before` what is asked before a call, `reach` how it is reached where a line
 * stays away, `minutes` how long a session is. Earlier ones knew only the first. */
const settings: Shape<Read<typeof settingsOfNow>> = (value) =>
  settingsOfNow(
    withMissing(value, {
      relayOnly: false,
      newCodes: false,
      practice: NO_DETAILS,
      before: NOTHING_BEFORE,
      reach: "",
      minutes: SESSION_MINUTES,
    }),
  );

export type ClientLink = Read<typeof link>;
export type ClientDevice = Read<typeof device>;
export type ClientCall = Read<typeof call>;
export type Medium = Read<typeof medium>;
export type ClientRecord = Read<typeof clientOfNow>;
export type GroupRecord = Read<typeof groupShape>;
export type IdentityRecord = Read<typeof identity>;
export type SettingsRecord = Read<typeof settings>;
export type AdmittedRecord = Read<typeof admitted>;
export type GuardRecord = Read<typeof guard>;
export type BrandRecord = Read<typeof brandShape>;
export type PairingRecord = Read<typeof pairing>;
export type StaffRecord = Read<typeof staffShape>;
export type ConsentTextRecord = Read<typeof consentTextShape>;
export type VaultRecord =
  | ClientRecord
  | GroupRecord
  | IdentityRecord
  | SettingsRecord
  | AdmittedRecord
  | GuardRecord
  | BrandRecord
  | PairingRecord
  | StaffRecord
  | ConsentTextRecord;

const SHAPES: readonly Shape<VaultRecord>[] = [
  clientShape,
  groupShape,
  identity,
  settings,
  admitted,
  guard,
  brandShape,
  pairing,
  staffShape,
  consentTextShape,
];
const LIMITS = {
  maxStrLength: 3 * NOTE_MAX,
  maxBinLength: ID_BYTES * SHARED_CLIENTS_MAX,
  maxArrayLength: 32,
  maxMapLength: 16,
  maxExtLength: 0,
};

/** The bytes of a record, before sealing. */
export function encodeRecord(record: VaultRecord): Bytes {
  return encode(record) as Bytes;
}

/** The record in opened bytes; `undefined` where it is of a kind or form this program does not know. Never throws. */
export function decodeRecord(bytes: Uint8Array): VaultRecord | undefined {
  try {
    const value = decode(bytes, LIMITS);
    // one after the other: most records are of the first kind
    for (const shape of SHAPES) {
      const record = shape(value);
      if (record !== undefined) return record;
    }
    return undefined;
  } catch {
    return undefined;
  }
}

/** The normal form of a record's ID; a record cannot be without one. */
export function normalOf(record: ClientRecord): NormalId {
  const normal = normalClientId(record.id);
  if (normal === null) throw new RangeError("a client record without an ID");
  return normal;
}
