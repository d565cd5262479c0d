/** Keeps the server's brands as the vault wants them: one box for each link, whoever made the link and on whichever device.
 * Compares with what the server has when the vault opens and whenever the brand changes, so nothing stays forgotten. */
import type { Rid } from "../../wire/ids.ts";
import { type BrandRemote, brandOf } from "./brand.ts";
import { type Link, linksOf, nameOf, ridsWith, sealedFor } from "./brand-boxes.ts";
import { type After, Keeper } from "./keeper.ts";
import type { Records } from "./merge.ts";
import { Refused } from "./remote.ts";
import type { Vault } from "./vault.ts";
import { retryAfter } from "./watch.ts";

/** The server's bound for one write. */
export const BRANDS_PER_PUT = 256;

export type BrandKeeping = {
  readonly vault: Vault;
  readonly remote: BrandRemote;
  readonly after: After;
};

/** Begins; the returned function ends it. */
export function keepBrands(keeping: BrandKeeping): () => void {
  const keeper = new BrandKeeper(keeping);
  return () => keeper.close();
}

/** Links that have the brand `of`, as far as we know. */
type Told = { readonly of: string; readonly rids: Set<Rid> };

class BrandKeeper {
  readonly #keeping: BrandKeeping;
  #told: Told | null = null;
  #tries = 0;
  readonly #keeper: Keeper;

  constructor(keeping: BrandKeeping) {
    this.#keeping = keeping;
    const { vault, after } = keeping;
    this.#keeper = new Keeper({ vault, after, isDone: () => this.#isDone(), run: () => this.#run() });
  }

  close(): void {
    this.#keeper.close();
  }

  /** Resolves with when to look again; null: when the vault changes. */
  async #run(): Promise<number | null> {
    try {
      await this.#compare();
      await this.#tell();
      this.#tries = 0;
      return this.#isDone() ? null : 0;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "session.required") return null;
      // another device took a link away
      if (error.code === "link.unknown") await this.#keeping.vault.refresh().catch(() => undefined);
      return retryAfter(this.#tries++);
    }
  }

  #isDone(): boolean {
    const { records } = this.#keeping.vault.state.get();
    const wanted = brandOf(records);
    if (this.#told?.of !== nameOf(wanted)) return false;
    return wanted === null || this.#missing(records).length === 0;
  }

  #missing(records: Records): Link[] {
    return linksOf(records).filter(({ rid }) => !this.#told?.rids.has(rid));
  }

  /** Asks the server what it has, where we do not know, or another brand is wanted than before. */
  async #compare(): Promise<void> {
    const { vault, remote } = this.#keeping;
    const wanted = brandOf(vault.state.get().records);
    if (this.#told?.of === nameOf(wanted)) return;
    const { logo, brands } = await remote.readBrands();
    const isShown = logo !== null || brands.length > 0;
    if (wanted === null && isShown) {
      // another device may be about to show a new one
      await vault.refresh();
      if (brandOf(vault.state.get().records) !== null) return;
      await remote.removeLogo(logo);
    }
    this.#told = { of: nameOf(wanted), rids: ridsWith(wanted, vault.state.get().records, brands) };
  }

  async #tell(): Promise<void> {
    const { records } = this.#keeping.vault.state.get();
    const wanted = brandOf(records);
    if (wanted === null || this.#told?.of !== nameOf(wanted)) return;
    const missing = this.#missing(records);
    for (let at = 0; at < missing.length && !this.#keeper.isClosed; at += BRANDS_PER_PUT) {
      const part = missing.slice(at, at + BRANDS_PER_PUT);
      await this.#keeping.remote.putBrands(part.map((link) => sealedFor(link, wanted)));
      for (const { rid } of part) this.#told?.rids.add(rid);
    }
  }
}
