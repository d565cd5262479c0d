/** The account from the browser's side (TP1 §2.10): passwords and the recovery key become keys here; the server gets
 * only what logs in, and sealed wraps of the vault key. All functions throw `Refused` and `TP1Error`. */

import { type AccountKeys, KDF_COST, type KdfCost } from "../../wasm/password.ts";
import { newRecoveryKey, parseRecovery, type RecoveryKeys, recoveryKeys } from "../../wasm/recovery.ts";
import { randomBytes } from "../../wasm/sodium.ts";
import { newVaultKey, unwrapKey, wrapKey } from "../../wasm/wrap.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { UserName } from "../../wire/names.ts";
import type { KeyKeep } from "./device.ts";
import type { AccountRemote, Admitted, PasswordPart, RecoveryPart, Session } from "./remote.ts";
import type { Owner } from "./seal.ts";
import { type AskSecond, askNobody, type FactorsRemote, withSecond } from "./second.ts";

/** Argon2id somewhere else than on the page: see `argon.ts`. */
export type Stretch = (password: string, user: UserName, salt: Bytes, cost: KdfCost) => Promise<AccountKeys>;

export type AccountParts = {
  readonly remote: AccountRemote;
  readonly stretch: Stretch;
  readonly keep: KeyKeep;
};

const SALT_BYTES = 16;

export type Registration = {
  readonly user: UserName;
  readonly email: string | null;
  readonly invitation: string | null;
  /** The token of an invitation that makes the account practice staff. */
  readonly staff?: Bytes;
  readonly password: string;
  /** Shown and confirmed before the account is made. */
  readonly recovery: Bytes;
};

/** Makes the account and logs in. Nothing exists at the server before; so a tab that closes earlier loses nothing. */
export async function register(parts: AccountParts, registration: Registration): Promise<Owner> {
  const { user, email, invitation, staff, password, recovery } = registration;
  const vaultKey = newVaultKey();
  const pass = await passwordPart(parts, user, password, vaultKey);
  const rest = recoveryPart(user, recovery, vaultKey);
  const { sessionHalf } = await parts.remote.register({ user, email, invitation, staff, ...pass, ...rest });
  await parts.keep.hold(user, vaultKey, sessionHalf);
  return { account: user, vaultKey };
}

/** Logs in. "login.wrong" for a wrong password and an unknown name alike. `ask` answers for the second factor where one is on. */
export async function logIn(
  parts: AccountParts,
  user: UserName,
  password: string,
  ask: AskSecond = askNobody,
): Promise<Owner> {
  const { remote } = parts;
  const { authKey, kek } = await stretched(parts, user, password);
  const admitted = await withSecond(remote.logIn(user, authKey), ask, (ticket, answer) =>
    remote.secondLogIn(ticket, answer),
  );
  return admit(parts, admitted, kek, "pw");
}

/** Opens a session that has lost its vault key. While the server still holds its half nothing is sent: the wrap itself
 * tells a wrong password (`TP1Error` "key"). Else this is a log-in, and a wrong password is "login.wrong". */
export async function unlock(
  parts: AccountParts,
  session: Session,
  password: string,
  ask: AskSecond = askNobody,
): Promise<Owner> {
  const { user, wrap, sessionHalf } = session;
  if (sessionHalf === null) return logIn(parts, user, password, ask);
  const { kek } = await parts.stretch(password, user, session.salt, session);
  return admit(parts, { user, wrap, sessionHalf }, kek, "pw");
}

/** The vault key without a password, where this browser still has it; else null. */
export async function resume(parts: AccountParts, session: Session): Promise<Owner | null> {
  const { user, sessionHalf } = session;
  const vaultKey = sessionHalf && (await parts.keep.open(user, sessionHalf));
  if (!vaultKey) await parts.keep.forget();
  return vaultKey ? { account: user, vaultKey } : null;
}

/** A new password; ends all other sessions. The vault key stays. "login.wrong" where `current` is not the password. */
export async function changePassword(
  parts: AccountParts,
  owner: Owner,
  passwords: { readonly current: string; readonly next: string },
): Promise<void> {
  const { authKey } = await stretched(parts, owner.account, passwords.current);
  const next = await passwordPart(parts, owner.account, passwords.next, owner.vaultKey);
  const { sessionHalf } = await parts.remote.changePassword(authKey, next);
  await parts.keep.hold(owner.account, owner.vaultKey, sessionHalf);
}

/** What a recovery key has opened; kept by the page until the new password and the new recovery key are there. */
export type Recovering = {
  readonly owner: Owner;
  readonly authR: Bytes;
  /** Says that the second factor was asked, where one is on. */
  readonly ticket: string | undefined;
};

/** First half of recovery. "login.wrong" where the key is not of this account; `TP1Error` "recovery" where it is no key. */
export async function openByRecovery(
  parts: AccountParts,
  user: UserName,
  typed: string,
  ask: AskSecond = askNobody,
): Promise<Recovering> {
  const { remote } = parts;
  const keys = keysOf(parseRecovery(typed));
  const first = remote.recoveryWrap(user, keys.authR).then(({ wrapR }) => ({ wrapR, ticket: undefined }));
  const opened = withSecond<{ wrapR: Bytes; ticket: string | undefined }>(
    first,
    ask,
    async (ticket, answer) => ({
      ...(await remote.secondRecovery(ticket, answer)),
      ticket,
    }),
  );
  const { wrapR, ticket } = await opened;
  const vaultKey = unwrapKey(wrapR, keys.kek, { account: user, kind: "rk" });
  return { owner: { account: user, vaultKey }, authR: keys.authR, ticket };
}

/** Second half: a new password and a new recovery key; logs in and ends all other sessions. */
export async function recover(
  parts: AccountParts,
  { owner, authR, ticket }: Recovering,
  next: { readonly password: string; readonly recovery: Bytes },
): Promise<Owner> {
  const pass = await passwordPart(parts, owner.account, next.password, owner.vaultKey);
  const rest = recoveryPart(owner.account, next.recovery, owner.vaultKey);
  const { sessionHalf } = await parts.remote.recover(owner.account, authR, { ...pass, ...rest }, ticket);
  await parts.keep.hold(owner.account, owner.vaultKey, sessionHalf);
  return owner;
}

/** The ticket by which the second factors of an account can be changed. "login.wrong" where `password` is not the password. */
export async function proveForFactors(
  parts: Pick<AccountParts, "remote" | "stretch">,
  factors: FactorsRemote,
  about: { readonly user: UserName; readonly password: string; readonly ask: AskSecond },
): Promise<string> {
  const { authKey } = await stretched(parts, about.user, about.password);
  const { ticket } = await withSecond(factors.prove(authKey), about.ask, (asked, answer) =>
    factors.secondProof(asked, answer),
  );
  return ticket;
}

/** Deletes the account for good. "login.wrong" where `password` is not the password. */
export async function deleteAccount(parts: AccountParts, user: UserName, password: string): Promise<void> {
  const { authKey } = await stretched(parts, user, password);
  await parts.remote.deleteAccount(authKey);
  await parts.keep.forget();
}

/** "Sperren": the session stays, the vault key goes; first here, so that it is gone even where the server is down. */
export async function lock(parts: AccountParts): Promise<void> {
  await parts.keep.forget();
  await parts.remote.lock();
}

export async function logOut(parts: AccountParts): Promise<void> {
  await parts.keep.forget();
  await parts.remote.logOut();
}

/** A new recovery key to show. */
export function makeRecovery(): Bytes {
  return newRecoveryKey();
}

async function stretched(
  parts: Pick<AccountParts, "remote" | "stretch">,
  user: UserName,
  password: string,
): Promise<AccountKeys> {
  const stretching = await parts.remote.salt(user);
  return parts.stretch(password, user, stretching.salt, stretching);
}

async function admit(
  parts: AccountParts,
  { user, wrap, sessionHalf }: Admitted,
  kek: Bytes,
  kind: "pw" | "rk",
): Promise<Owner> {
  const vaultKey = unwrapKey(wrap, kek, { account: user, kind });
  await parts.keep.hold(user, vaultKey, sessionHalf);
  return { account: user, vaultKey };
}

async function passwordPart(
  { stretch }: AccountParts,
  user: UserName,
  password: string,
  vaultKey: Bytes,
): Promise<PasswordPart> {
  const salt = randomBytes(SALT_BYTES);
  const { authKey, kek } = await stretch(password, user, salt, KDF_COST);
  return { salt, authKey, wrap: wrapKey(vaultKey, kek, { account: user, kind: "pw" }) };
}

function recoveryPart(user: UserName, recovery: Bytes, vaultKey: Bytes): RecoveryPart {
  const { authR, kek } = keysOf(recovery);
  return { authR, wrapR: wrapKey(vaultKey, kek, { account: user, kind: "rk" }) };
}

function keysOf(recovery: Bytes): RecoveryKeys {
  return recoveryKeys(recovery);
}
