/** The open database: reads at once, writes one after the other inside a transaction, errors in our words. */
import { type Client, createClient } from "@libsql/client";
import { drizzle, type LibSQLDatabase } from "drizzle-orm/libsql";
import { StoreAway, StoreBusy, storeError } from "./errors.ts";
import { createMutex } from "./mutex.ts";

/** Where the database is: `file:` for the embedded one, `libsql:`, `http:` or `https:` for a remote one. */
export type DatabaseAddress = { url: string; token: string | null };

/** Where a write waits for another process's lock. The driver waits synchronously, so this is also how long the whole
 * process stands still. Higher: sockets miss their pings while somebody makes a backup. Lower: more turns of the retry. */
const LOCK_WAIT_MS = 100;
/** Higher: a person waits longer before "busy, try again". Lower: a backup of a large file makes writes fail. */
const BUSY_TOTAL_MS = 5000;
/** Pause between two tries, in which everything else of the process goes on. Higher: more latency after the lock is
 * free. Lower: more of the time is spent standing still. */
const BUSY_PAUSE_MS = 50;

/** What a query needs to read. */
export type Reader = Pick<LibSQLDatabase, "select" | "selectDistinct">;
/** What a query needs to write; exists only inside `write`. */
export type Writer = Reader & Pick<LibSQLDatabase, "insert" | "update" | "delete">;

/** Reads and writes of one database. Both throw only the errors of `db/errors.ts` and what the work itself throws. */
export type Database = {
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction that is stored whole or not at all. It may run again where the lock was taken, so
   * it must do nothing but write to the database. */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  /** How often a write found the lock taken. */
  busy(): number;
};

/** The clients of the driver. A file has one for all writes, with a single connection, since that connection must go
 * after every "busy" (`forget`); a remote database has one for everything. */
export type Clients = { readonly reader: Client; readonly writer: Client };

/** Opens the clients. Throws what the driver throws: a start that fails says so in main. */
export async function connect({ url, token }: DatabaseAddress): Promise<Clients> {
  const settings = { url, timeout: LOCK_WAIT_MS, ...(token === null ? {} : { authToken: token }) };
  const reader = createClient(settings);
  if (reader.protocol !== "file") return { reader, writer: settleQuietly(reader) };
  await reader.execute("PRAGMA journal_mode = WAL");
  return { reader, writer: settleQuietly(createClient({ ...settings, concurrency: 1 })) };
}

/** A statement that met a lock stays "in progress" on its connection until the garbage collector finds it, and no
 * transaction there can commit so long: the next write takes a new connection (measured: up to 7 s otherwise). */
export async function forget(writer: Client): Promise<void> {
  if (writer.protocol === "file") await writer.reconnect();
}

/** After a full disk SQLite has rolled back by itself and the driver's own rollback throws, which would hide the reason
 * of the failure; nothing is left to roll back then. */
function settleQuietly(client: Client): Client {
  const begin = client.transaction.bind(client);
  client.transaction = async () => {
    const transaction = await begin("write");
    const rollback = transaction.rollback.bind(transaction);
    transaction.rollback = () => rollback().catch(() => transaction.close());
    return transaction;
  };
  return client;
}

/** The database on open clients. */
export function createDatabase({ reader, writer }: Clients): Database {
  const readable = drizzle(reader);
  const writable = drizzle(writer);
  const alone = createMutex();
  let busy = 0;
  const attempt = <T>(work: (tx: Writer) => Promise<T>) => translated(() => writable.transaction(work));
  return {
    read: (work) => translated(() => work(readable)),
    write: (work) =>
      alone(() =>
        untilFree(
          () => attempt(work),
          () => {
            busy += 1;
            return forget(writer);
          },
        ),
      ),
    busy: () => busy,
  };
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error);
  }
}

/** Repeats work that found the lock taken: it did not begin, so nothing happens twice. `clear` runs after each "busy". */
async function untilFree<T>(work: () => Promise<T>, clear: () => Promise<void>): Promise<T> {
  const until = performance.now() + BUSY_TOTAL_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreBusy) || error instanceof StoreAway) throw error;
      await clear();
      if (performance.now() >= until) throw error;
      await Bun.sleep(BUSY_PAUSE_MS);
    }
  }
}
