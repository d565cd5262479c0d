/** The start deep link of practice software (PROTOCOL.md §8.3): behind the `#`, so no server ever sees it, stand the IDs of the clients and
 * the pairing secret, which only the program and the vault know. */
import { decode, encode } from "@msgpack/msgpack";
import { type Bytes, base64url, fromBase64url } from "./bytes.ts";
import { CLIENT_ID_MAX, normalClientId } from "./names.ts";
import { bin, exactly, list, map, type Shape, text } from "./shape.ts";
import { CLIENTS_PER_ROOM_MAX } from "./signal.ts";

/** The page that takes it. */
export const START_PATH = "/start";
/** Bytes of the pairing secret. */
export const PAIRING_BYTES = 16;
/** Eight IDs of the widest letters fit. Higher: a hostile link costs more time. Lower: a group of long IDs does not fit. */
const LINK_BYTES_MAX = 4096;
const LIMITS = {
  maxStrLength: LINK_BYTES_MAX,
  maxBinLength: PAIRING_BYTES,
  maxArrayLength: CLIENTS_PER_ROOM_MAX,
  maxMapLength: 4,
  maxExtLength: 0,
};

/** `ids` as typed; `pairing` null: whoever made the link does not prove to be the practice's own program. */
export type StartLink = { readonly ids: readonly string[]; readonly pairing: Bytes | null };

const clientId: Shape<string> = (value) => {
  const typed = text(2 * CLIENT_ID_MAX)(value);
  return typed !== undefined && normalClientId(typed) !== null ? typed : undefined;
};
/** One to eight different clients. */
const ids: Shape<string[]> = (value) => {
  const found = list(clientId, CLIENTS_PER_ROOM_MAX)(value);
  const different = new Set(found?.map(normalClientId)).size;
  return found !== undefined && found.length > 0 && different === found.length ? found : undefined;
};
const bare = map({ v: exactly(1), id: ids });
const paired = map({ v: exactly(1), id: ids, p: bin(PAIRING_BYTES) });

/** The address that a program opens. `origin` without a slash at its end. */
export function formatStartLink(origin: string, { ids: id, pairing }: StartLink): string {
  const bytes = encode(pairing === null ? { v: 1, id } : { v: 1, id, p: pairing });
  return `${origin}${START_PATH}#${base64url(bytes)}`;
}

/** What a link says; null where it is none, or of a later program. `hash` with or without its `#`. Never throws. */
export function parseStartLink(hash: string): StartLink | null {
  const chars = hash.replace(/^#/, "");
  if (chars.length > (LINK_BYTES_MAX * 4) / 3) return null;
  try {
    const value = decode(fromBase64url(chars), LIMITS);
    const full = paired(value) ?? bare(value);
    return full ? { ids: full.id, pairing: "p" in full ? (full.p as Bytes) : null } : null;
  } catch {
    return null;
  }
}
