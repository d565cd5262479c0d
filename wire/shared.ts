/** What practice staff see of one client: the content of a shared box (e2ee.md §2.11). Nothing of note, code or calls is in it. */
import { decode, encode } from "@msgpack/msgpack";
import type { Bytes } from "./bytes.ts";
import type { ItemId } from "./ids.ts";
import { exactly, id, map, type Read, text } from "./shape.ts";

/** As long as a name in the Kartei may be. UTF-16 units. */
export const LABEL_MAX = 400;
/** Longer than any address of ours. */
const LINK_MAX = 400;
/** An opened box before it is decoded: two texts of letters that take three bytes. */
const PLAIN_BYTES_MAX = 3072;

/** `label` as the Kartei calls the client, `link` the permanent one; `client` is the same for all links of one client. */
export const sharedClient = map({
  v: exactly(1),
  client: id<ItemId>(),
  label: text(LABEL_MAX),
  link: text(LINK_MAX),
});

export type SharedClient = Read<typeof sharedClient>;

/** The bytes, before padding and sealing. */
export function encodeShared(content: SharedClient): Bytes {
  return encode(content) as Bytes;
}

/** The content of opened bytes, `undefined` where it is none of this version. Never throws. */
export function decodeShared(bytes: Uint8Array): SharedClient | undefined {
  if (bytes.length > PLAIN_BYTES_MAX) return undefined;
  try {
    return sharedClient(
      decode(bytes, {
        maxStrLength: 3 * LABEL_MAX,
        maxBinLength: 0,
        maxArrayLength: 0,
        maxMapLength: 8,
        maxExtLength: 0,
      }),
    );
  } catch {
    return undefined;
  }
}
