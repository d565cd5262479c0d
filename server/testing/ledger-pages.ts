/** What a practice reads of its ledger on a real server. For tests. */
import type { RunningCall, Statement } from "../../wire/ledger.ts";
import { dayOf, dayText } from "../billing/day.ts";
import { ORIGIN, type Site } from "./rig.ts";

/** This month's statement, below `/api/ledger`. */
export const month = () => `/months/${dayText(dayOf(Date.now())).slice(0, 7)}`;

/** The answer to a look at `/api/ledger` and `path`. */
export function lookAt({ handle }: Site, cookie: string, path: string): Promise<Response> {
  return handle(new Request(`${ORIGIN}/api/ledger${path}`, { headers: { cookie, origin: ORIGIN } }));
}

export async function statementOf(site: Site, cookie: string): Promise<Statement> {
  return (await (await lookAt(site, cookie, month())).json()) as Statement;
}

/** The calls that are on. */
export async function nowOf(site: Site, cookie: string): Promise<RunningCall[]> {
  return ((await (await lookAt(site, cookie, "/now")).json()) as { calls: RunningCall[] }).calls;
}
