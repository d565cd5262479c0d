/** What a therapist does with the account, wired to this browser: each act moves the page's phase. All throw what
 * `account.ts` throws. */
import { ready } from "../../wasm/sodium.ts";
import type { UserName } from "../../wire/names.ts";
import { accountApi, brandApi, factorsApi, vaultApi } from "../api.ts";
import * as account from "./account.ts";
import { stretch } from "./argon.ts";
import { keepBrands } from "./brand-keeper.ts";
import { ensureIdentity } from "./clients.ts";
import { type KeptKey, KeyKeep } from "./device.ts";
import { find, phase, setPhase } from "./phase.ts";
import { Refused, type Session } from "./remote.ts";
import type { Owner } from "./seal.ts";
import type { AskSecond } from "./second.ts";
import { browserShelf } from "./shelf.ts";
import { Vault } from "./vault.ts";
import { attend } from "./watch.ts";
import { type Seen, Witness } from "./witness.ts";

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
  const open = phase().kind === "open";
  if (open !== (data === "opened")) void find(resumeSession);
};

async function enter(owner: Owner): Promise<void> {
  const vault = await Vault.load({ owner, remote: vaultApi, witness: new Witness(seen, owner.account) });
  // Unsaved, the identity stays in memory and goes with the next save; the pages say so.
  await ensureIdentity(vault, Date.now()).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
  leave();
  const stops = [
    attend(vault, {
      touch: () => parts.keep.touch(),
      isIdle: () => parts.keep.isIdle(),
      lock,
      sessionEnded: out,
    }),
    keepBrands({ vault, remote: brandApi, after }),
  ];
  leave = () => {
    for (const stop of stops) stop();
  };
  setPhase({ kind: "open", vault });
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
