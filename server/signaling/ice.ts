/** The servers that help two browsers to find each other: our own STUN, and the operator's TURN if there is one. Nobody
 * else is ever named (rule R12). */
import { createHmac } from "node:crypto";
import type { IceServer } from "../../wire/signal.ts";
import type { Moment } from "./events.ts";

/** Higher: credentials that leaked are of use for longer. Lower: a call that changes its network late has no relay. */
export const TURN_SECONDS = 6 * 60 * 60;

export type IceConfig = {
  /** Host and UDP port of our STUN responder as browsers reach it; null where it is off. */
  readonly stun: { readonly host: string; readonly port: number } | null;
  /** The operator's TURN server and the secret it shares with us ("TURN REST API", coturn `use-auth-secret`). */
  readonly turn: { readonly url: string; readonly secret: string } | null;
  /** A fresh name for each credential: so that TURN cannot tell whose they are. */
  readonly newUser: () => string;
};

/** Gives the list for one peer, with credentials of its own that end after `TURN_SECONDS`. */
export function createIce({ stun, turn, newUser }: IceConfig): (now: Moment) => IceServer[] {
  return (now) => {
    const own = stun ? [{ urls: `stun:${hostInUrl(stun.host)}:${stun.port}` }] : [];
    if (!turn) return own;
    const username = `${Math.floor(now.wall / 1000) + TURN_SECONDS}:${newUser()}`;
    const credential = createHmac("sha1", turn.secret).update(username).digest("base64");
    return [...own, { urls: turn.url, username, credential }];
  };
}

function hostInUrl(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
