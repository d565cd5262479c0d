/** Where the parts of the file come from: the server, each asked when its turn comes. */

import { readAccountFacts, sessionsApi } from "../api/account.ts";
import { feedApi, plannedApi } from "../api/calls.ts";
import { factorsApi } from "../api/factors.ts";
import { ledgerApi } from "../api/ledger.ts";
import { tokensApi } from "../api/software.ts";
import { staffApi } from "../api/team.ts";
import { clientOfRid } from "../vault/clients.ts";
import type { Records } from "../vault/merge.ts";
import type { ExportSources } from "./contents.ts";

/** The sources of a therapist's account; `records` name the clients of planned calls. */
export function exportSources(records: Records): ExportSources {
  return {
    facts: readAccountFacts,
    lists: [
      ["sessions", () => sessionsApi.list()],
      ["secondFactors", () => factorsApi.list()],
      ["plannedCalls", () => plannedCalls(records)],
      ["calendar", async () => ({ since: await feedApi.since() })],
      ["tokens", () => tokensApi.list()],
      ["staff", staff],
    ],
    ledger: () => ledgerApi.account(),
    statement: (month) => ledgerApi.statement(month),
  };
}

async function plannedCalls(records: Records) {
  const planned = await plannedApi.list();
  return planned.map(({ clients, ...call }) => ({
    ...call,
    clients: clients.map((rids) => {
      const known = rids.map((rid) => clientOfRid(records, rid)).find((client) => client !== undefined);
      return known?.record.id ?? null;
    }),
  }));
}

/** What is shared is in the vault already; here it is enough with whom. */
async function staff() {
  const { people, invitations } = await staffApi.team();
  const shown = people.map(({ user, since, shared }) => ({ user, since, links: shared.length }));
  return { people: shown, invitations: invitations.map(({ createdAt }) => ({ createdAt })) };
}
