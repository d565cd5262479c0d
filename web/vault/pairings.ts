/** Pairing secrets of practice programs (e2ee.md §2.11): made with a token, kept here and by the program, unknown to every server. */
import { equal, randomBytes } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ItemId, newId, type TokenId } from "../../wire/ids.ts";
import { PAIRING_BYTES } from "../../wire/start-link.ts";
import type { Records } from "./merge.ts";
import type { PairingRecord } from "./records.ts";
import type { Vault } from "./vault.ts";

/** A pairing secret that nobody has yet. */
export function newPairing(): Bytes {
  return randomBytes(PAIRING_BYTES);
}

/** Keeps the pairing of a new token. Throws `Refused` where it could not be saved: it then stays on this device and goes with the next
 * save. */
export async function keepPairing(vault: Vault, pairing: Omit<PairingRecord, "t">): Promise<void> {
  await vault.change((records) => records.set(newId<ItemId>(), { t: "pairing", ...pairing }));
}

/** Forgets the pairing of a token that is revoked. Throws `Refused`; it is forgotten here all the same. */
export async function dropPairing(vault: Vault, token: TokenId): Promise<void> {
  await vault.change((records) => {
    for (const [item, record] of records)
      if (record.t === "pairing" && record.token === token) records.delete(item);
  });
}

/** True where a program of this practice may know `secret`. */
export function isPaired(records: Records, secret: Bytes | null): boolean {
  if (secret === null) return false;
  return [...records.values()].some((record) => record.t === "pairing" && equal(record.secret, secret));
}
