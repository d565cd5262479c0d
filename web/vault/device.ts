/** How the vault key survives tabs: sealed in this browser under two halves, one here, one given by the server to a live
 * session only (TP1 §2.5). Removed at log-out, "Sperren", session end, and after 12 h without use. */
import { type DeviceLock, deviceOpen, deviceSeal, newDeviceHalf } from "../../wasm/device.ts";
import { TP1Error } from "../../wasm/error.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { UserName } from "../../wire/names.ts";
import type { Shelf } from "./shelf.ts";

/** Higher: a laptop left open in the practice stays open longer. Lower: the password is asked within a working day. */
export const IDLE_MS = 12 * 60 * 60 * 1000;
/** Higher: the last use is known less exactly. Lower: more writes to disk. */
export const TOUCH_MS = 5 * 60 * 1000;

/** What lies in the browser's storage. */
export type KeptKey = { readonly half: Bytes; readonly box: Bytes; readonly usedAt: number };

const KEY = "vault-key";

export class KeyKeep {
  readonly #shelf: Shelf<KeptKey>;
  readonly #now: () => number;
  /** When this page last wrote that the key is in use: a press must not cost a look into the store. */
  #touchedAt = Number.NEGATIVE_INFINITY;

  /** `now` in Unix milliseconds. */
  constructor(shelf: Shelf<KeptKey>, now: () => number) {
    this.#shelf = shelf;
    this.#now = now;
  }

  /** Keeps the vault key for the next tab. */
  async hold(account: UserName, vaultKey: Bytes, sessionHalf: Bytes): Promise<void> {
    const half = newDeviceHalf();
    const box = deviceSeal(vaultKey, { account, sessionHalf, deviceHalf: half });
    await this.#shelf.put(KEY, { half, box, usedAt: this.#now() });
    this.#touchedAt = this.#now();
  }

  /** The vault key, or null where the password must be asked: nothing kept, too long idle, another session. */
  async open(account: UserName, sessionHalf: Bytes): Promise<Bytes | null> {
    const kept = await this.#shelf.get(KEY);
    if (!kept) return null;
    const key = this.#now() - kept.usedAt < IDLE_MS ? openKept(kept, account, sessionHalf) : null;
    if (key === null) await this.forget();
    else await this.touch();
    return key;
  }

  /** Says that the key is in use; cheap to call at every press. */
  async touch(): Promise<void> {
    const now = this.#now();
    if (now - this.#touchedAt < TOUCH_MS) return;
    this.#touchedAt = now;
    const kept = await this.#shelf.get(KEY);
    if (kept && now - kept.usedAt < IDLE_MS) await this.#shelf.put(KEY, { ...kept, usedAt: now });
  }

  /** True where nobody has used the key for 12 h, in any tab: the open page must lock. */
  async isIdle(): Promise<boolean> {
    const kept = await this.#shelf.get(KEY);
    return kept !== undefined && this.#now() - kept.usedAt >= IDLE_MS;
  }

  async forget(): Promise<void> {
    await this.#shelf.remove(KEY);
  }
}

function openKept(kept: KeptKey, account: UserName, sessionHalf: Bytes): Bytes | null {
  const lock: DeviceLock = { account, sessionHalf, deviceHalf: kept.half };
  try {
    return deviceOpen(kept.box, lock);
  } catch (error) {
    if (error instanceof TP1Error) return null;
    throw error;
  }
}
