/** The therapist's side of the code form: which codes are answered for, how often, and when guessing makes it pause (TP1 §2.3, A4). */
import { CodeAnswer, type OpenCode } from "../../wasm/code-answer.ts";
import type { Identity } from "../../wasm/identity.ts";
import type { ItemId } from "../../wire/ids.ts";
import type { NormalId, UserName } from "../../wire/names.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import { BY_CODE, HandshakeBudget } from "./budget.ts";
import type { Clock } from "./clock.ts";

/** The code of a client. A chosen one may be short, a generated one never is. */
export type ClientCode = {
  readonly record: ItemId;
  readonly code: NormalId;
  readonly isGenerated: boolean;
};

/** What the vault says for the code form. */
export interface CodeKeys {
  readonly user: UserName;
  /** Those of the clients of these rooms, of those whose planned call is near, and of others who may be early: all different, at most 16. */
  of(rooms: readonly OpenRoom[]): readonly ClientCode[];
  /** When the next call with this client is planned, Unix milliseconds; null: none is near. */
  plannedAt(record: ItemId): number | null;
  /** False while too many guesses have failed lately. */
  mayAnswerChosen(): boolean;
  /** A proof came that fitted no code. */
  failed(): void;
  /** Somebody came in by code. */
  succeeded(): void;
}

export type CodeEntryOptions = {
  readonly identity: Identity;
  readonly keys: CodeKeys;
  readonly rooms: () => readonly OpenRoom[];
  readonly clock: Clock;
};

export class CodeEntry {
  readonly #options: CodeEntryOptions;
  /** Its own, so that a stranger with the user name takes nothing from those with a link. */
  readonly #budget = new HandshakeBudget(BY_CODE);

  constructor(options: CodeEntryOptions) {
    this.#options = options;
  }

  /** An answer to one knock; null where the minute has none left. */
  newAnswer(): CodeAnswer<ItemId> | null {
    const { identity, keys, clock } = this.#options;
    if (!this.#budget.take(clock.now())) return null;
    return new CodeAnswer({ identity, user: keys.user, codes: this.#codes() });
  }

  /** A proof fitted none. While chosen codes are not answered for, there is nothing left to protect by counting. */
  failed(): void {
    if (this.#options.keys.mayAnswerChosen()) this.#options.keys.failed();
  }

  /** A proof was right. */
  succeeded(): void {
    this.#options.keys.succeeded();
  }

  /** What an early client is told, sealed (A4). */
  plannedAt(record: ItemId): number | null {
    return this.#options.keys.plannedAt(record);
  }

  #codes(): OpenCode<ItemId>[] {
    const { keys, rooms } = this.#options;
    const mayChosen = keys.mayAnswerChosen();
    const answered = keys.of(rooms()).filter(({ isGenerated }) => isGenerated || mayChosen);
    return answered.map(({ code, record }) => ({ code, ref: record }));
  }
}
