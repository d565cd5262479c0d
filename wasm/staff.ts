/** What a therapist shares with practice staff (e2ee.md §2.11): one box for each link, under a key that both vaults hold and the server never
 * sees. */
import { type Bytes, lv } from "../wire/bytes.ts";
import type { InvitationId, Rid } from "../wire/ids.ts";
import { decodeShared, encodeShared, type SharedClient } from "../wire/shared.ts";
import { openBox, sealBox } from "./box.ts";
import { TP1Error } from "./error.ts";
import { subkey } from "./hash.ts";
import { type Random, randomBytes, sodium, wipe } from "./sodium.ts";

/** Bytes of the shared key SK. */
export const STAFF_KEY_BYTES = 32;
/** Higher: boxes take more room. Lower: their size tells how long a name is. */
const BLOCK_BYTES = 256;

/** Where a box belongs: the person's invitation and the link; sealed with it, so it opens nowhere else. */
export type SharedPlace = { readonly invitation: InvitationId; readonly rid: Rid };

/** A new key for one person, 32 random bytes. */
export function newStaffKey(random: Random = randomBytes): Bytes {
  return random(STAFF_KEY_BYTES);
}

/** The box of one link for one person. */
export function sealShared(
  staffKey: Uint8Array,
  place: SharedPlace,
  content: SharedClient,
  random: Random = randomBytes,
): Bytes {
  return withKey(staffKey, (key) =>
    sealBox(key, placeOf(place), sodium.pad(encodeShared(content), BLOCK_BYTES), random),
  );
}

/** What `sealShared` sealed. Throws `TP1Error` "sealed" where key, place or any byte differs, "format" where the content is of a later
 * program. */
export function openShared(staffKey: Uint8Array, place: SharedPlace, box: Uint8Array): SharedClient {
  const padded = withKey(staffKey, (key) => openBox(key, placeOf(place), box));
  const content = decodeShared(unpadded(padded));
  if (!content) throw new TP1Error("format");
  return content;
}

function placeOf({ invitation, rid }: SharedPlace): Bytes {
  return lv("tp1 staff", invitation, rid);
}

function withKey<T>(staffKey: Uint8Array, use: (key: Bytes) => T): T {
  const key = subkey(staffKey, 1, "tp1_staf");
  try {
    return use(key);
  } finally {
    wipe(key);
  }
}

function unpadded(padded: Bytes): Bytes {
  try {
    return sodium.unpad(padded, BLOCK_BYTES);
  } catch {
    throw new TP1Error("format");
  }
}
