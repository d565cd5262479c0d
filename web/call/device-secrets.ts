/** The client's memory of having been here: one secret per link, given by the therapist at the first admission (TP1 §2.5). */
import { type Bytes, base64url, fromBase64url } from "../../wire/bytes.ts";
import type { Rid } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";

/** Where a browser keeps small texts; `localStorage` fits. */
export type TextStore = Pick<Storage, "getItem" | "setItem">;

/** By link its handle, by code the user name of the practice. */
type DeviceName = Rid | `user.${UserName}`;
const keyOf = (name: DeviceName) => `tpc.device.${name}`;

export class DeviceSecrets {
  readonly #store: TextStore | null;

  /** `null` where the browser keeps nothing: then every visit is a new device. */
  constructor(store: TextStore | null) {
    this.#store = store;
  }

  /** The secret of an earlier call, 32 B, or `null`. */
  get(name: DeviceName): Bytes | null {
    try {
      const kept = this.#store?.getItem(keyOf(name));
      const secret = kept ? fromBase64url(kept) : null;
      return secret?.length === 32 ? secret : null;
    } catch {
      return null;
    }
  }

  /** Keeps it; a browser that refuses keeps nothing, and the next visit is a new device. */
  put(name: DeviceName, secret: Uint8Array): void {
    try {
      this.#store?.setItem(keyOf(name), base64url(secret));
    } catch {
      // a full or forbidden store
    }
  }
}
