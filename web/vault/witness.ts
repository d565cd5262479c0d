/** What this browser remembers of a vault it has seen, so that an older or another one given by the server is noticed
 * (TP1 §2.10). Survives log-out; holds no name: the key is a hash of it. */
import { type Bytes, hex, sameBytes, utf8 } from "../../wire/bytes.ts";
import type { UserName } from "../../wire/names.ts";
import type { SealedVault } from "./remote.ts";
import type { Shelf } from "./shelf.ts";

/** The highest counter seen, and a digest of the manifest that came with it. */
export type Seen = { readonly counter: number; readonly digest: Bytes };

export class Witness {
  readonly #shelf: Shelf<Seen>;
  readonly #account: UserName;

  constructor(shelf: Shelf<Seen>, account: UserName) {
    this.#shelf = shelf;
    this.#account = account;
  }

  /** What was seen so far; read it BEFORE asking the server, else another tab's newer commit looks like a rollback. */
  async seen(): Promise<Seen | undefined> {
    return this.#shelf.get(await keyOf(this.#account));
  }

  /** True where `sealed` is older than `seen`, or another vault with the same counter. */
  async rolledBack(seen: Seen | undefined, sealed: SealedVault): Promise<boolean> {
    if (!seen || sealed.counter > seen.counter) return false;
    // No two manifests are alike, so a lower counter shows here as well.
    return !sameBytes(seen.digest, await digestOf(sealed.manifest));
  }

  /** Remembers a commit or a read; never steps back unless `force` (the therapist has seen the warning and goes on). */
  async note(counter: number, manifest: Bytes | null, force = false): Promise<void> {
    const seen = await this.seen();
    if (!force && seen && seen.counter >= counter) return;
    await this.#shelf.put(await keyOf(this.#account), { counter, digest: await digestOf(manifest) });
  }
}

async function digestOf(manifest: Bytes | null): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", manifest ?? new Uint8Array()));
}

async function keyOf(account: UserName): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", utf8(`therapsy seen ${account}`));
  return hex(new Uint8Array(digest).subarray(0, 16));
}
