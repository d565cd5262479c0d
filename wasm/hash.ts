/** H and KDF of TP1 §2.0: the two functions every value of the protocol is derived by. */
import { type Bytes, lv } from "../wire/bytes.ts";
import { sodium } from "./sodium.ts";

/** Every label and context of TP1. One label per use, so that a hash made for one place is worthless in another. */
export type Label =
  | "tp1 id"
  | "tp1 link"
  | "tp1 commit"
  | "tp1 sid"
  | "tp1 psk code"
  | "tp1 th"
  | "tp1 ms"
  | "tp1 pid"
  | "tp1 macC"
  | "tp1 macT"
  | "tp1 sas"
  | "tp1 known"
  | "tp1 seat"
  | "tp1 sender"
  | "tp1 file"
  | "tp1 salt"
  | "tp1 kc"
  | "tp1 recovery"
  | "tp1 dev";

/** Contexts of the KDF, eight bytes each. */
export type Context = "tp1_link" | "tp1_chan" | "tp1_acct" | "tp1_vlt_" | "tp1_staf";

/** `H(length, key, label, …fields)` = BLAKE2b of `lv(label, …fields)`, 16 to 64 bytes (TP1 §2.0). */
export function hash(
  length: number,
  key: Uint8Array | null,
  label: Label,
  ...fields: readonly (string | Uint8Array)[]
): Bytes {
  return sodium.crypto_generichash(length, lv(label, ...fields), key);
}

/** `KDF(key, id, context)`: subkey `id` of a 32 B key (TP1 §2.0), 32 B unless said otherwise. */
export function subkey(key: Uint8Array, id: number, context: Context, length = 32): Bytes {
  return sodium.crypto_kdf_derive_from_key(length, id, context, key);
}
