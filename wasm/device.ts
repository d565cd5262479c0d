/** How the vault key survives tabs (TP1 §2.5): sealed in this browser under two halves, of which the server keeps one
 * and gives it to a live session only. Neither the browser's storage nor the server alone opens it. */
import { type Bytes, lv } from "../wire/bytes.ts";
import type { UserName } from "../wire/names.ts";
import { openBox, sealBox } from "./box.ts";
import { hash } from "./hash.ts";
import { type Random, randomBytes, wipe } from "./sodium.ts";

/** Bytes of `sessionHalf` and of `deviceHalf`. */
export const HALF_BYTES = 32;

/** Both halves, and whose vault key it is. */
export type DeviceLock = {
  readonly account: UserName;
  readonly sessionHalf: Uint8Array;
  readonly deviceHalf: Uint8Array;
};

/** A new half for this browser's storage. */
export function newDeviceHalf(random: Random = randomBytes): Bytes {
  return random(HALF_BYTES);
}

/** The vault key, sealed for this browser's storage (72 B). */
export function deviceSeal(vaultKey: Uint8Array, lock: DeviceLock, random: Random = randomBytes): Bytes {
  const key = keyOf(lock);
  const box = sealBox(key, placeOf(lock), vaultKey, random);
  wipe(key);
  return box;
}

/** The vault key again. Throws `TP1Error` "sealed" where a half, the account or any byte differs: ask for the password. */
export function deviceOpen(box: Uint8Array, lock: DeviceLock): Bytes {
  const key = keyOf(lock);
  try {
    return openBox(key, placeOf(lock), box);
  } finally {
    wipe(key);
  }
}

function keyOf({ sessionHalf, deviceHalf }: DeviceLock): Bytes {
  return hash(32, sessionHalf, "tp1 dev", deviceHalf);
}

function placeOf({ account }: DeviceLock): Bytes {
  return lv("tp1 dev", account);
}
