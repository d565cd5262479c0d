/** The sealed file of the Kartei (PROTOCOL.md 3.8): what leaves the vault on a disk or a stick opens only with the passphrase it was
 * sealed under, on any account. */
import { type Bytes, concat, lv, sameBytes, utf8 } from "../wire/bytes.ts";
import type { UserName } from "../wire/names.ts";
import { BOX_BYTES, openBox, sealBox } from "./box.ts";
import { TP1Error } from "./error.ts";
import { hash } from "./hash.ts";
import { equal, type Random, randomBytes } from "./sodium.ts";

/** Stands in the salt where an account's user name stands else; no account can have a name with a space. */
export const FILE_USER = "client file" as UserName;
/** Higher: a hostile file costs more memory. Lower: a full vault (8 MiB) no longer fits. */
export const FILE_BYTES_MAX = 16 * 1024 * 1024;

const MAGIC = utf8("TPCfile\n");
const VERSION = 1;
const SALT_BYTES = 16;
const COMMITMENT_BYTES = 32;
/** magic 8 ‖ version 1 ‖ salt 16. */
const HEAD_BYTES = MAGIC.length + 1 + SALT_BYTES;
const LEAST_BYTES = HEAD_BYTES + COMMITMENT_BYTES + BOX_BYTES;

/** The head of a new file, with a salt of its own. */
export function newFileHead(random: Random = randomBytes): Bytes {
  return concat(MAGIC, Uint8Array.of(VERSION), random(SALT_BYTES));
}

/** The salt in a head. */
export function saltOf(head: Uint8Array): Bytes {
  return head.slice(MAGIC.length + 1, HEAD_BYTES);
}

/** True where the bytes begin as a sealed file does, of whatever version. */
export function isSealedFile(bytes: Uint8Array): boolean {
  return sameBytes(bytes.subarray(0, MAGIC.length), MAGIC);
}

/** The head of a file. Throws `TP1Error` "format" where it is none of ours, or cut, "version" where a later program wrote it, "size". */
export function readFileHead(bytes: Uint8Array): Bytes {
  if (bytes.length > FILE_BYTES_MAX) throw new TP1Error("size");
  if (!isSealedFile(bytes) || bytes.length < LEAST_BYTES) throw new TP1Error("format");
  if (bytes[MAGIC.length] !== VERSION) throw new TP1Error("version");
  return bytes.slice(0, HEAD_BYTES);
}

/** The whole file: head ‖ commitment ‖ box. `key` is the `kek` of the passphrase with the head's salt. Throws `TP1Error` "size". */
export function sealFile(
  key: Uint8Array,
  head: Uint8Array,
  plain: Uint8Array,
  random: Random = randomBytes,
): Bytes {
  if (LEAST_BYTES + plain.length > FILE_BYTES_MAX) throw new TP1Error("size");
  return concat(head, commitmentOf(key), sealBox(key, placeOf(head), plain, random));
}

/** What `sealFile` sealed. Throws as `readFileHead`, `TP1Error` "key" on another passphrase, "sealed" on a changed byte. */
export function openFile(key: Uint8Array, bytes: Uint8Array): Bytes {
  const head = readFileHead(bytes);
  const sealed = bytes.subarray(HEAD_BYTES);
  // Before the AEAD opens, as with the wraps: it does not commit to its key.
  if (!equal(sealed.subarray(0, COMMITMENT_BYTES), commitmentOf(key))) throw new TP1Error("key");
  return openBox(key, placeOf(head), sealed.subarray(COMMITMENT_BYTES));
}

function commitmentOf(key: Uint8Array): Bytes {
  return hash(COMMITMENT_BYTES, key, "tp1 kc");
}

function placeOf(head: Uint8Array): Bytes {
  return lv("tp1 file of clients", head);
}
