/** How often codes were guessed (A4), kept in the vault and in this browser. The worse of both holds: an older vault given by
 * the server forgets no failure, and neither does a reload or a new device. */
import {
  afterFailure,
  afterSuccess,
  type ChosenCodes,
  chosenCodes,
  FRESH,
  type GuardState,
  reenabled,
  worse,
} from "../../wasm/guard.ts";
import { openPage, sealPage } from "../../wasm/item.ts";
import { base64url, fromBase64url } from "../../wire/bytes.ts";
import { type ItemId, newId } from "../../wire/ids.ts";
import type { TextStore } from "../call/device-secrets.ts";
import { decodeRecord, encodeRecord } from "./records.ts";
import type { Vault } from "./vault.ts";

const KEY = "tpc.guard";

/** Two failures at one moment would count as one where copies are put together; some browsers round their clock to 100 ms. */
function freeMoment({ failures }: GuardState, now: number): number {
  let at = now;
  while (failures.includes(at)) at += 1;
  return at;
}

export class CodeGuard {
  readonly #vault: Vault;
  readonly #store: TextStore | null;
  readonly #now: () => number;

  /** `store` is the browser's `localStorage`, null where it has none; `now` in Unix milliseconds. */
  constructor(vault: Vault, store: TextStore | null, now: () => number) {
    this.#vault = vault;
    this.#store = store;
    this.#now = now;
  }

  /** Whether chosen codes let anybody in now. */
  chosen(): ChosenCodes {
    return chosenCodes(this.#state(), this.#now());
  }

  /** A proof fitted none of the codes, chosen ones among them. */
  failed(): void {
    const state = this.#state();
    this.#keep(afterFailure(state, freeMoment(state, this.#now())));
  }

  /** Somebody came in by code. */
  succeeded(): void {
    const state = this.#state();
    if (state.failures.length > 0) this.#keep(afterSuccess(state, this.#now()));
  }

  /** "Wieder einschalten". */
  reenable(): void {
    this.#keep(reenabled(this.#state(), this.#now()));
  }

  #state(): GuardState {
    return worse(this.#inVault(), this.#inBrowser());
  }

  #inVault(): GuardState {
    for (const record of this.#vault.state.get().records.values())
      if (record.t === "guard") return record.state;
    return FRESH;
  }

  #inBrowser(): GuardState {
    const { account, vaultKey } = this.#vault.owner;
    try {
      const kept = this.#store?.getItem(KEY);
      const record = kept ? decodeRecord(openPage(vaultKey, account, fromBase64url(kept))) : undefined;
      return record?.t === "guard" ? record.state : FRESH;
    } catch {
      return FRESH;
    }
  }

  #keep(state: GuardState): void {
    const { account, vaultKey } = this.#vault.owner;
    try {
      this.#store?.setItem(KEY, base64url(sealPage(vaultKey, account, encodeRecord({ t: "guard", state }))));
    } catch {
      // a full or forbidden store: the vault has it
    }
    const saved = this.#vault.change((records) => {
      const old = [...records].find(([, record]) => record.t === "guard");
      records.set(old?.[0] ?? newId<ItemId>(), { t: "guard", state });
    });
    // what could not be saved holds on this page and goes with the next save
    saved.catch(() => undefined);
  }
}
