/** What the vault asks of a server: a port, so that tests answer from memory. `web/api/account.ts`, `vault.ts` is the real one. */
import type { KdfCost } from "../../wasm/password.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { ApiErrorCode } from "../../wire/errors.ts";
import type { ItemId, Rid } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import type { Asked, FactorAnswer } from "./second.ts";

/** `offline`: no answer, or none that is ours (a proxy's error page): nothing is known of what was stored. */
export type RefusedCode = ApiErrorCode | "offline";

/** An answer that is not 2xx, by its stable code. Carries nothing that must not be seen. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: RefusedCode;
  readonly retryAfterSeconds: number | undefined;
  /** Only with "room.client-open": the room that is open already. */
  readonly room: string | undefined;
  /** Only with "login.second-factor". */
  readonly second: Asked | undefined;

  constructor(code: RefusedCode, more: { retryAfterSeconds?: number; room?: string; second?: Asked } = {}) {
    super(code);
    this.code = code;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.room = more.room;
    this.second = more.second;
  }
}

/** What Argon2id needs besides the password; the salt has 16 B. */
export type Stretching = KdfCost & { readonly salt: Bytes };
/** The answer to whoever proved the password: the wrap of the vault key, and the server's half of the device seal. */
export type Admitted = { readonly user: UserName; readonly wrap: Bytes; readonly sessionHalf: Bytes };
/** The session of this browser; `sessionHalf` is null once it was locked or idle for 12 h. */
export type Session = Stretching & {
  readonly user: UserName;
  readonly email: string | null;
  /** The account is practice staff. */
  readonly staff: boolean;
  readonly wrap: Bytes;
  readonly sessionHalf: Bytes | null;
};
/** The password's half of an account. */
export type PasswordPart = { readonly salt: Bytes; readonly authKey: Bytes; readonly wrap: Bytes };
/** The recovery key's half. */
export type RecoveryPart = { readonly authR: Bytes; readonly wrapR: Bytes };
/** One session in the list; times are Unix milliseconds, `agent` is what the browser called itself. */
export type SessionRow = {
  readonly id: string;
  readonly current: boolean;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly agent: string;
};

/** Every function throws `Refused`. */
export type AccountRemote = {
  salt(user: UserName): Promise<Stretching>;
  register(
    account: {
      user: UserName;
      email: string | null;
      invitation: string | null;
      staff?: Bytes | undefined;
    } & PasswordPart &
      RecoveryPart,
  ): Promise<Admitted>;
  logIn(user: UserName, authKey: Bytes): Promise<Admitted>;
  /** The second step of `logIn`. */
  secondLogIn(ticket: string, answer: FactorAnswer): Promise<Admitted>;
  changePassword(authKey: Bytes, next: PasswordPart): Promise<{ sessionHalf: Bytes }>;
  recoveryWrap(user: UserName, authR: Bytes): Promise<{ wrapR: Bytes }>;
  /** The second step of `recoveryWrap`. */
  secondRecovery(ticket: string, answer: FactorAnswer): Promise<{ wrapR: Bytes }>;
  /** `ticket`: the one of the second step, where there was one. */
  recover(
    user: UserName,
    authR: Bytes,
    next: PasswordPart & RecoveryPart,
    ticket: string | undefined,
  ): Promise<Admitted>;
  deleteAccount(authKey: Bytes): Promise<void>;
  /** Null where nobody is logged in. */
  session(): Promise<Session | null>;
  lock(): Promise<void>;
  logOut(): Promise<void>;
};

/** One sealed record as the server keeps it; `version` from 1. */
export type SealedItem = { readonly id: ItemId; readonly version: number; readonly box: Bytes };
export type SealedVault = {
  readonly counter: number;
  readonly manifest: Bytes | null;
  readonly items: readonly SealedItem[];
};
/** A commit on top of `base`: stored whole as `base` + 1, or refused with "vault.conflict". */
export type SealedChange = {
  readonly base: number;
  readonly manifest: Bytes;
  readonly put: readonly SealedItem[];
  readonly drop: readonly ItemId[];
  readonly links: { readonly add: readonly Rid[]; readonly drop: readonly Rid[] };
};

/** Both throw `Refused`. */
export type VaultRemote = {
  readVault(): Promise<SealedVault>;
  writeVault(change: SealedChange): Promise<{ counter: number }>;
};
