/** When the server is looked at and told anew, so that it has what the vault wants: whenever the vault changes and is saved, one run at a
 * time, and again after a while where a run failed or says so. What is compared and told, its user knows. */
import type { Vault } from "./vault.ts";

/** Runs something later; the answer cancels it. */
export type After = (ms: number, run: () => void) => () => void;

export type Kept = {
  readonly vault: Vault;
  readonly after: After;
  /** Nothing is to be told, as far as is known. */
  readonly isDone: () => boolean;
  /** Resolves with when to look again, in ms; null: when the vault changes. */
  readonly run: () => Promise<number | null>;
  /** Comes before a look that was waited for. */
  readonly again?: () => void;
};

export class Keeper {
  readonly #kept: Kept;
  readonly #unwatch: () => void;
  #isBusy = false;
  #isClosed = false;
  #cancel: () => void = () => undefined;

  constructor(kept: Kept) {
    this.#kept = kept;
    this.#unwatch = kept.vault.state.watch(() => this.#look());
    this.#look();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#unwatch();
  }

  /** A link that is not saved is not known to the server. */
  #look(): void {
    const { vault, isDone, run, after } = this.#kept;
    const { saving } = vault.state.get();
    if (this.#isBusy || this.#isClosed || saving.state !== "saved" || isDone()) return;
    this.#isBusy = true;
    this.#cancel();
    void run().then((again) => {
      this.#isBusy = false;
      if (again !== null && !this.#isClosed) this.#cancel = after(again, () => this.#again());
    });
  }

  #again(): void {
    this.#kept.again?.();
    this.#look();
  }
}
