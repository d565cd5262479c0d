/** The Kartei into a sealed file and out of it: the passphrase is stretched as an account's is, in the worker. */
import {
  FILE_USER,
  newFileHead,
  openFile,
  readFileHead,
  saltOf,
  sealFile,
} from "../../../wasm/kartei-file.ts";
import { KDF_COST } from "../../../wasm/password.ts";
import type { Bytes } from "../../../wire/bytes.ts";
import type { Stretch } from "../account.ts";
import { decodeContents, encodeContents, type FileContents } from "./contents.ts";

/** The bytes of the file. Throws `StretchFailed`, `TP1Error` "size". */
export async function sealContents(
  contents: FileContents,
  passphrase: string,
  stretch: Stretch,
): Promise<Bytes> {
  const head = newFileHead();
  const { kek } = await stretch(passphrase, FILE_USER, saltOf(head), KDF_COST);
  return sealFile(kek, head, encodeContents(contents));
}

/** What lies in it; `undefined` where it opens but a later program wrote it. Throws `StretchFailed`, `TP1Error` "key" on another passphrase,
 * "format", "version", "size", "sealed" on another file than we make. */
export async function openContents(
  bytes: Uint8Array,
  passphrase: string,
  stretch: Stretch,
): Promise<FileContents | undefined> {
  const salt = saltOf(readFileHead(bytes));
  const { kek } = await stretch(passphrase, FILE_USER, salt, KDF_COST);
  return decodeContents(openFile(kek, bytes));
}
