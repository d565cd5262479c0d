/** The store: every area of queries on one open database. The contract in db/store.test.ts and db/rooms.test.ts holds for
 * each way to open it. */
import { createBrands } from "./brands.ts";
import { createCalls } from "./calls.ts";
import { type Clients, connect, createDatabase, type DatabaseAddress } from "./database.ts";
import { createDeliveries } from "./deliveries.ts";
import { storeError } from "./errors.ts";
import { createFactors } from "./factors.ts";
import { createFeeds } from "./feeds.ts";
import { createHolds } from "./holds.ts";
import { createInvitations } from "./invitations.ts";
import { createLedger } from "./ledger.ts";
import { createLocks } from "./locks.ts";
import { migrate } from "./migrate.ts";
import { createOverview } from "./overview.ts";
import { createPlanned } from "./planned.ts";
import { createPractices } from "./practices.ts";
import { createProbe } from "./probe.ts";
import { createReports } from "./reports.ts";
import { createRetention } from "./retention.ts";
import { createRooms } from "./rooms.ts";
import { createSessions } from "./sessions.ts";
import { createShared } from "./shared.ts";
import { createStaff } from "./staff.ts";
import { createTokens } from "./tokens.ts";
import { createVaults } from "./vault.ts";
import { createVouchers } from "./vouchers.ts";
import { createWebhooks } from "./webhooks.ts";

/** Opens the database, brings its tables up to date and hands out its queries. Throws the errors of `db/errors.ts`. */
export async function openStore(address: DatabaseAddress) {
  try {
    const clients = await connect(address);
    await migrate(clients.writer);
    return storeOn(clients);
  } catch (error) {
    throw storeError(error);
  }
}

/** Everything the server may ask of the database, and how to close it. */
export type Store = Awaited<ReturnType<typeof openStore>>;

function storeOn(clients: Clients) {
  const db = createDatabase(clients);
  return {
    practices: createPractices(db),
    sessions: createSessions(db),
    locks: createLocks(db),
    factors: createFactors(db),
    vaults: createVaults(db),
    brands: createBrands(db),
    rooms: createRooms(db),
    planned: createPlanned(db),
    feeds: createFeeds(db),
    calls: createCalls(db),
    holds: createHolds(db),
    ledger: createLedger(db),
    vouchers: createVouchers(db),
    tokens: createTokens(db),
    webhooks: createWebhooks(db),
    deliveries: createDeliveries(db),
    staff: createStaff(db),
    invitations: createInvitations(db),
    shared: createShared(db),
    reports: createReports(db),
    retention: createRetention(db),
    overview: createOverview(db),
    probe: createProbe(db),
    busy: db.busy,
    close: once(() => close(clients)),
  };
}

/** Folds the write-ahead log into the file, so that what is left is one file. A reader elsewhere may hold it up; then
 * the next start does it. */
async function close({ reader, writer }: Clients): Promise<void> {
  if (reader.protocol === "file") await writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").catch(() => {});
  writer.close();
  reader.close();
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
