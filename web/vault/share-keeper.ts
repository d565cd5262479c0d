/** Keeps the boxes of practice staff as the vault wants them: whoever chose the clients and on whichever device, with the links that hold now.
 * Asks the server only where the vault knows of staff at all. */

import type { InvitationId, Rid } from "../../wire/ids.ts";
import { SHARED_PER_PUT } from "../../wire/staff.ts";
import { type After, Keeper } from "./keeper.ts";
import { Refused } from "./remote.ts";
import { changeFor, type Shares, sealShares, sharesOf, toldBy } from "./shares.ts";
import { type StaffRemote, staffOf } from "./team.ts";
import type { Vault } from "./vault.ts";
import { retryAfter } from "./watch.ts";

/** Higher: whoever has just accepted sees nothing for longer. Lower: more looks for nothing while an invitation waits. */
export const LOOK_MS = 60_000;

export type ShareKeeping = {
  readonly vault: Vault;
  readonly remote: StaffRemote;
  /** Where links lead; without a slash at its end. */
  readonly origin: string;
  readonly after: After;
};

/** Begins; the returned function ends it. */
export function keepShared(keeping: ShareKeeping): () => void {
  const keeper = new ShareKeeper(keeping);
  return () => keeper.close();
}

class ShareKeeper {
  readonly #keeping: ShareKeeping;
  /** What the server has for each person, by what is in the boxes; null: not asked yet. */
  #told: Map<InvitationId, Map<Rid, string>> | null = null;
  /** Invitations that nobody had accepted when the server was asked. */
  #waiting = new Set<InvitationId>();
  #tries = 0;
  readonly #keeper: Keeper;

  constructor(keeping: ShareKeeping) {
    this.#keeping = keeping;
    const { vault, after } = keeping;
    this.#keeper = new Keeper({
      vault,
      after,
      isDone: () => this.#isDone(),
      run: () => this.#run(),
      // who waited may have come
      again: () => this.#waiting.clear(),
    });
  }

  close(): void {
    this.#keeper.close();
  }

  /** Resolves with when to look again; null: when the vault changes. */
  async #run(): Promise<number | null> {
    try {
      if (this.#asks()) await this.#ask();
      for (const [invitation, told] of this.#told ?? []) await this.#tell(invitation, told);
      this.#tries = 0;
      if (!this.#isDone()) return 0;
      return this.#waiting.size > 0 ? LOOK_MS : null;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "session.required" || error.code === "staff.forbidden") return null;
      // another device took a link or somebody's access away
      this.#told = null;
      return retryAfter(this.#tries++);
    }
  }

  #shares(): Shares {
    return sharesOf(this.#keeping.vault.state.get().records, this.#keeping.origin);
  }

  /** Is there somebody of whom we do not know what the server has? */
  #asks(): boolean {
    const unknown = (invitation: InvitationId) =>
      !this.#told?.has(invitation) && !this.#waiting.has(invitation);
    return [...this.#shares().keys()].some(unknown);
  }

  #isDone(): boolean {
    if (this.#asks()) return false;
    const shares = this.#shares();
    return [...(this.#told ?? [])].every(([invitation, told]) => {
      const wanted = shares.get(invitation);
      return wanted === undefined || changeFor(wanted, told) === null;
    });
  }

  /** First the server, then the vault: whatever another device shared meanwhile stands in the vault that we then have. */
  async #ask(): Promise<void> {
    const { vault, remote } = this.#keeping;
    const { people } = await remote.team();
    await vault.refresh();
    const { records } = vault.state.get();
    this.#told = new Map(people.map((person) => [person.invitation, toldBy(records, person)]));
    this.#waiting = new Set([...this.#shares().keys()].filter((invitation) => !this.#told?.has(invitation)));
  }

  async #tell(invitation: InvitationId, told: Map<Rid, string>): Promise<void> {
    for (;;) {
      const { records } = this.#keeping.vault.state.get();
      const wanted = this.#shares().get(invitation);
      const change = wanted && changeFor(wanted, told);
      const record = staffOf(records, invitation)?.record;
      if (!change || !record || this.#keeper.isClosed) return;
      const put = change.put.slice(0, SHARED_PER_PUT);
      const drop = change.drop.slice(0, SHARED_PER_PUT);
      await this.#keeping.remote.share(invitation, { put: sealShares(record, put), drop });
      for (const rid of drop) told.delete(rid);
      for (const { rid, word } of put) told.set(rid, word);
    }
  }
}
