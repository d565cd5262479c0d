/** What a therapist does with the account, wired to this browser: each act moves the page's phase. All throw what
 * `account.ts` throws. */

import type { Invitation } from "../../wasm/invitation.ts";
import { ready } from "../../wasm/sodium.ts";
import type { UserName } from "../../wire/names.ts";
import { accountApi } from "../api/account.ts";
import { factorsApi } from "../api/factors.ts";
import { invitationsApi, staffApi, workApi } from "../api/team.ts";
import { brandApi, vaultApi } from "../api/vault.ts";
import * as account from "./account.ts";
import { stretch } from "./argon.ts";
import { keepBrands } from "./brand-keeper.ts";
import { ensureIdentity } from "./clients.ts";
import { type KeptKey, KeyKeep } from "./device.ts";
import { find, openVault, phase, setPhase } from "./phase.ts";
import { Refused, type Session } from "./remote.ts";
import type { Owner } from "./seal.ts";
import type { AskSecond } from "./second.ts";
import { keepShared } from "./share-keeper.ts";
import { browserShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { attend } from "./watch.ts";
import { type Seen, Witness } from "./witness.ts";
import { keepWorkKey } from "./work.ts";

const parts: account.AccountParts = {
  remote: accountApi,
  stretch,
  keep: new KeyKeep(browserShelf<KeptKey>("device"), Date.now),
};
const seen = browserShelf<Seen>("seen");

/** Ends what watches over the vault that was open. */
let leave = () => {};

/** Other tabs of this browser: they open, lock and leave together. */
const tabs = new BroadcastChannel("therapsy account");
tabs.onmessage = ({ data }: MessageEvent<"opened" | "closed">) => {
  const { kind } = phase();
  const open = kind === "open" || kind === "staff";
  if (open !== (data === "opened")) void find(resumeSession);
};

async function enter(owner: Owner): Promise<void> {
  const loading = Vault.load({ owner, remote: vaultApi, witness: new Witness(seen, owner.account) });
  const [vault, session] = await Promise.all([loading, accountApi.session()]);
  if (session?.staff) return await enterWork(vault);
  // Unsaved, the identity stays in memory and goes with the next save; the pages say so.
  await ensureIdentity(vault, Date.now()).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
  const { origin } = location;
  watched([
    watchOver(vault),
    keepBrands({ vault, remote: brandApi, after }),
    keepShared({ vault, remote: staffApi, origin, after }),
  ]);
  setPhase({ kind: "open", vault });
}

/** The key of the invitation that this page was opened with, until it is kept. */
let brought: Uint8Array | null = null;

/** The vault of practice staff: no identity, no brands, nobody who could call. */
async function enterWork(vault: Vault): Promise<void> {
  watched([watchOver(vault)]);
  if (brought) await keepKey(vault, brought);
  brought = null;
  setPhase({ kind: "staff", vault });
}

/** Unsaved, the key stays in this page and is tried again; opening the invitation's link again brings it back as well. */
async function keepKey(vault: Vault, key: Uint8Array): Promise<void> {
  try {
    await keepWorkKey(vault, await workApi.work(), key, Date.now());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

function watched(stops: readonly (() => void)[]): void {
  leave();
  leave = () => {
    for (const stop of stops) stop();
  };
}

function watchOver(vault: Vault): () => void {
  return attend(vault, {
    touch: () => parts.keep.touch(),
    isIdle: () => parts.keep.isIdle(),
    lock,
    sessionEnded: out,
  });
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

async function entered(owner: Owner): Promise<void> {
  await enter(owner);
  tabs.postMessage("opened");
}

/** The session ended, here or elsewhere: nothing of the vault stays in this page. */
async function out(): Promise<void> {
  await parts.keep.forget();
  leave();
  setPhase({ kind: "out" });
  tabs.postMessage("closed");
}

/** Opens the vault of a live session without password where this browser still can. */
export async function resumeSession(session: Session): Promise<void> {
  await ready();
  const owner = await account.resume(parts, session);
  leave();
  if (owner) await enter(owner);
  else setPhase({ kind: "locked", session });
}

export async function registerAccount(registration: account.Registration): Promise<void> {
  await ready();
  await entered(await account.register(parts, registration));
}

/** Makes an account that works for the practice of an invitation. */
export async function registerStaff(
  registration: account.Registration,
  { key, token }: Invitation,
): Promise<void> {
  brought = key;
  try {
    await registerAccount({ ...registration, staff: token });
  } finally {
    brought = null;
  }
}

/** Makes the account that is logged in work for the practice of an invitation. The pages of a therapist are left. */
export async function acceptInvitation({ key, token }: Invitation): Promise<void> {
  const vault = openVault();
  await invitationsApi.accept(token);
  brought = key;
  await enterWork(vault);
  // other tabs look again and find that they are a therapist's no longer
  tabs.postMessage("closed");
}

/** Brings back the key of the practice this account works for already. */
export function bringKey(key: Uint8Array): Promise<void> {
  return keepKey(openVault(), key);
}

export async function logIn(user: UserName, password: string, ask: AskSecond): Promise<void> {
  await ready();
  await entered(await account.logIn(parts, user, password, ask));
}

export async function unlock(session: Session, password: string, ask: AskSecond): Promise<void> {
  await ready();
  await entered(await account.unlock(parts, session, password, ask));
}

export async function changePassword(
  owner: Owner,
  passwords: { current: string; next: string },
): Promise<void> {
  await account.changePassword(parts, owner, passwords);
}

export async function openByRecovery(
  user: UserName,
  typed: string,
  ask: AskSecond,
): Promise<account.Recovering> {
  await ready();
  return account.openByRecovery(parts, user, typed, ask);
}

/** The ticket by which second factors are changed. */
export async function proveForFactors(user: UserName, password: string, ask: AskSecond): Promise<string> {
  return account.proveForFactors(parts, factorsApi, { user, password, ask });
}

export async function recover(
  recovering: account.Recovering,
  next: { password: string; recovery: account.Registration["recovery"] },
): Promise<void> {
  await entered(await account.recover(parts, recovering, next));
}

export async function deleteAccount(user: UserName, password: string): Promise<void> {
  await account.deleteAccount(parts, user, password);
  await out();
}

/** "Sperren". The vault is gone from this page even where the server cannot be told. */
export async function lock(): Promise<void> {
  await account.lock(parts).catch(() => undefined);
  tabs.postMessage("closed");
  await find(resumeSession);
}

/** Throws `Refused` where the server cannot be told: the session would live on. The vault is gone from here all the same. */
export async function logOut(): Promise<void> {
  await account.logOut(parts);
  await out();
}
