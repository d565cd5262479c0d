/** Whether a database is sound: its pages, its references, and what the rules of the ledger promise. Only reads, all of it in one moment. */
import type { Client } from "@libsql/client";
import type { Bytes } from "../wire/bytes.ts";
import type { CallId } from "../wire/ids.ts";
import { faultsOf } from "./file.ts";

/** What was looked at, and how many findings there are. */
export type Finding = { readonly about: string; readonly faults: number };

type Asking = Pick<Client, "execute">;

const APPEND_ONLY = ["entries", "tariffs"].flatMap((table) =>
  ["update", "delete", "replace"].map((what) => `'${table}_no_${what}'`),
);

/** Each counts what must not be. */
const COUNTED: readonly [string, string][] = [
  ["references", "SELECT count(*) AS n FROM pragma_foreign_key_check"],
  [
    "ledger: nothing can be changed (LG1)",
    `SELECT ${APPEND_ONLY.length} - count(*) AS n FROM sqlite_master WHERE type = 'trigger' AND name IN (${APPEND_ONLY.join(", ")})`,
  ],
  [
    "ledger: corrections take back one entry each, exactly (LG1)",
    `SELECT (SELECT count(*) FROM entries c LEFT JOIN entries e ON e.id = c.corrects WHERE c.corrects IS NOT NULL
        AND (e.id IS NULL OR e.corrects IS NOT NULL OR e.number <> c.number OR e.account <> c.account
          OR e.amount + c.amount <> 0 OR e.minutes + c.minutes <> 0 OR e.waived + c.waived <> 0))
      + (SELECT count(*) FROM (SELECT 1 FROM entries WHERE corrects IS NOT NULL GROUP BY corrects HAVING count(*) > 1)) AS n`,
  ],
  [
    "ledger: used minutes were granted to the same practice (LG2)",
    `SELECT count(*) AS n FROM entries u LEFT JOIN entries g ON g.id = u.grant_entry
      WHERE u.grant_entry IS NOT NULL AND (g.id IS NULL OR g.number <> u.number OR g.account <> u.account)`,
  ],
  [
    "ledger: no more minutes used than granted (LG2)",
    `SELECT count(*) AS n FROM (SELECT coalesce(grant_entry, id) AS g FROM entries WHERE account IN ('trial', 'package')
      GROUP BY g HAVING sum(amount) < 0 AND NOT EXISTS (SELECT 1 FROM entries c WHERE c.corrects = g))`,
  ],
  [
    "ledger: every account has its number (LG6)",
    "SELECT count(*) AS n FROM practices WHERE id NOT IN (SELECT practice FROM ledger_numbers)",
  ],
];

/** `keyOf` is how a call's entries are found. Throws what the driver throws. */
export async function findingsOf(client: Client, keyOf: (call: CallId) => Bytes): Promise<Finding[]> {
  const moment = await client.transaction("deferred");
  try {
    return await all(moment, keyOf);
  } finally {
    moment.close();
  }
}

async function all(client: Asking, keyOf: (call: CallId) => Bytes): Promise<Finding[]> {
  const findings: Finding[] = [{ about: "pages and indexes", faults: await faultsOf(client) }];
  for (const [about, sql] of COUNTED) {
    const [row] = (await client.execute(sql)).rows;
    findings.push({ about, faults: Number(row?.n) });
  }
  return [
    ...findings,
    {
      about: "ledger: settled calls are booked, others are not (LG4)",
      faults: await unbooked(client, keyOf),
    },
  ];
}

/** Settled calls of some length without entries, and open ones with. */
async function unbooked(client: Asking, keyOf: (call: CallId) => Bytes): Promise<number> {
  const { rows } = await client.execute(
    `SELECT id, settled_at IS NOT NULL AS settled FROM calls
      WHERE settled_at IS NULL OR EXISTS (SELECT 1 FROM intervals WHERE call = calls.id AND length_ms > 0)`,
  );
  let faults = 0;
  for (const { id, settled } of rows) {
    const args = [keyOf(String(id) as CallId)];
    const found = await client.execute({ sql: "SELECT 1 FROM entries WHERE key = ? LIMIT 1", args });
    if (found.rows.length !== Number(settled)) faults += 1;
  }
  return faults;
}
