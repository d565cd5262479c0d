/** Where this page stands between nobody and an open vault: the one store that Solid's pages read. Light on purpose, so
 * that the start page loads no cryptography. */
import { createSignal } from "solid-js";
import { accountApi } from "../api/account.ts";
import { Refused, type RefusedCode, type Session } from "./remote.ts";
import type { Vault } from "./vault.ts";

export type Phase =
  | { readonly kind: "loading" }
  | { readonly kind: "out" }
  /** Logged in, but the vault key is gone from this browser: the password, once. */
  | { readonly kind: "locked"; readonly session: Session }
  | { readonly kind: "open"; readonly vault: Vault }
  /** Open, and the account is practice staff: no page of a therapist is shown, and no line to signaling is opened. */
  | { readonly kind: "staff"; readonly vault: Vault }
  /** The server does not answer; the pages offer to try again. */
  | { readonly kind: "unreachable"; readonly why: RefusedCode };

const [phase, setPhase] = createSignal<Phase>({ kind: "loading" });

/** Reactive. */
export { phase, setPhase };

/** Finds out where this page stands; a live session is handed to `resume`, which sets the phase itself. */
export async function find(resume: (session: Session) => Promise<void>): Promise<void> {
  try {
    const session = await accountApi.session();
    if (session) await resume(session);
    else setPhase({ kind: "out" });
  } catch (error) {
    setPhase({ kind: "unreachable", why: error instanceof Refused ? error.code : "server.bug" });
  }
}

/** The open vault. Throws where there is none: only pages behind `Private` ask. */
export function openVault(): Vault {
  const now = phase();
  if (now.kind !== "open" && now.kind !== "staff") throw new Error("the vault is not open");
  return now.vault;
}
