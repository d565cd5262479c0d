/** The therapist's records on this device: changed at once, told to the server under one optimistic counter, merged when
 * another device was first. What could not be saved stays here, is said, and is tried again. */
import type { ItemId } from "../../wire/ids.ts";
import { type Readable, Value } from "../call/value.ts";
import { afterCommit, type Commit, nextCommit } from "./change.ts";
import { mergeRecords, type Records, same } from "./merge.ts";
import type { VaultRecord } from "./records.ts";
import { Refused, type RefusedCode, type SealedVault, type VaultRemote } from "./remote.ts";
import { type Opened, type Owner, openVault } from "./seal.ts";
import type { Witness } from "./witness.ts";

/** Each round is lost only to another device's write in between. Higher: two busy devices chase each other longer before
 * "unsaved" is said. Lower: it is said for nothing. */
export const ROUNDS_MAX = 5;

/** `unsaved`: kept here, not at the server, with the reason. */
export type Saving =
  | { readonly state: "saved" }
  | { readonly state: "saving" }
  | { readonly state: "unsaved"; readonly why: RefusedCode };

/** `older`: the server gave a vault older than this browser has seen. `lost`: items named in it are missing or do not open. */
export type Trouble = { readonly older: boolean; readonly lost: number };

export type VaultState = {
  readonly records: Records;
  readonly saving: Saving;
  readonly trouble: Trouble | null;
};

export type VaultParts = { readonly owner: Owner; readonly remote: VaultRemote; readonly witness: Witness };

export class Vault {
  readonly #parts: VaultParts;
  readonly #state: Value<VaultState>;
  #base: Opened;
  #sealed: SealedVault;
  #last: Promise<void> = Promise.resolve();

  private constructor(parts: VaultParts, read: Reading) {
    this.#parts = parts;
    this.#base = read.opened;
    this.#sealed = read.sealed;
    const trouble = troubleOf(read);
    this.#state = new Value<VaultState>({
      records: read.opened.records,
      saving: { state: "saved" },
      trouble,
    });
  }

  /** Loads the vault. Throws `Refused`. */
  static async load(parts: VaultParts): Promise<Vault> {
    return new Vault(parts, await read(parts));
  }

  get state(): Readable<VaultState> {
    return this.#state;
  }

  /** Whose vault it is; its key derives seats. */
  get owner(): Owner {
    return this.#parts.owner;
  }

  /** True where the server has never held anything: the first device makes the identity key. */
  get untouched(): boolean {
    return this.#base.counter === 0 && this.#state.get().trouble === null;
  }

  /** Changes records here and now, and tells the server. Resolves when saved; throws `Refused` where it could not be:
   * the change stays and goes with the next attempt. */
  async change(edit: (records: Map<ItemId, VaultRecord>) => void): Promise<void> {
    const records = new Map(this.#state.get().records);
    edit(records);
    this.#set({ records });
    await this.save();
  }

  /** Tells the server what it does not have yet. Throws `Refused`. */
  save(): Promise<void> {
    return this.#inTurn(() => this.#push());
  }

  /** Fetches what other devices wrote. Throws `Refused`. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#pull());
  }

  /** The therapist has read of the trouble and goes on with what is there. Throws `Refused` where that cannot be saved. */
  async accept(): Promise<void> {
    const { lost } = this.#base;
    const versions = new Map([...this.#base.versions].filter(([id]) => !lost.has(id)));
    this.#base = { ...this.#base, versions, lost: new Set(), manifestLost: false, rewrite: true };
    await this.#parts.witness.note(this.#base.counter, this.#sealed.manifest, true);
    this.#set({ trouble: null });
    await this.save();
  }

  /** One talk with the server at a time; a change made meanwhile is not part of it and gets its own turn. */
  #inTurn(talk: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(talk, talk);
    this.#last = turn;
    return turn;
  }

  async #push(): Promise<void> {
    this.#set({ saving: { state: "saving" } });
    try {
      await this.#rounds();
      this.#set({ saving: { state: "saved" } });
    } catch (error) {
      const why = error instanceof Refused ? error.code : "server.bug";
      this.#set({ saving: { state: "unsaved", why } });
      throw error;
    }
  }

  async #rounds(): Promise<void> {
    let round = 1;
    for (;;) {
      const commit = nextCommit(this.#parts.owner, this.#base, this.#state.get().records);
      if (!commit) return;
      try {
        await this.#send(commit);
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== "vault.conflict" || round === ROUNDS_MAX)
          throw error;
        round += 1;
        await this.#pull();
      }
    }
  }

  async #send(commit: Commit): Promise<void> {
    const { manifest } = commit.change;
    await this.#parts.remote.writeVault(commit.change);
    this.#base = afterCommit(this.#base, commit);
    this.#sealed = { counter: this.#base.counter, manifest, items: [] };
    await this.#parts.witness.note(this.#base.counter, manifest);
  }

  async #pull(): Promise<void> {
    const reading = await read(this.#parts);
    const { opened } = reading;
    if (opened.counter === this.#base.counter && !reading.older) return;
    const trouble = troubleOf(reading);
    // An item that the server lost is not one that another device dropped.
    const lostHere = [...opened.lost].filter((id) => this.#base.records.has(id));
    const base = new Map(this.#base.records);
    const mine = new Map(this.#state.get().records);
    for (const id of trouble?.older ? base.keys() : lostHere) base.delete(id);
    const merged = mergeRecords({ base, mine, theirs: opened.records });
    this.#base = opened;
    this.#sealed = reading.sealed;
    this.#set({ records: shared(merged, opened.records), trouble: trouble ?? this.#state.get().trouble });
  }

  #set(change: Partial<VaultState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}

type Reading = { readonly sealed: SealedVault; readonly opened: Opened; readonly older: boolean };

async function read({ owner, remote, witness }: VaultParts): Promise<Reading> {
  const seen = await witness.seen();
  const sealed = await remote.readVault();
  const older = await witness.rolledBack(seen, sealed);
  if (!older) await witness.note(sealed.counter, sealed.manifest);
  return { sealed, opened: openVault(owner, sealed), older };
}

function troubleOf({ opened, older }: Reading): Trouble | null {
  if (!older && opened.lost.size === 0 && !opened.manifestLost) return null;
  return { older: older || opened.manifestLost, lost: opened.lost.size };
}

/** `merged` with the server's own objects where the content is the same: what is unchanged is not written again. */
function shared(merged: Records, theirs: Records): Records {
  return new Map(
    [...merged].map(([id, record]) => [
      id,
      same(record, theirs.get(id)) ? (theirs.get(id) ?? record) : record,
    ]),
  );
}
