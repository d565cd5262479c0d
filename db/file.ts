/** A database as a file in somebody's hands: what it is, from which version, and whether it is whole. Nothing here brings it up to date. */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { type Client, createClient } from "@libsql/client";
import { StoreBroken, storeError } from "./errors.ts";
import { knownMigrations } from "./migrate.ts";

/** Why a file was refused; the sentence for it is the command line's. */
export type Refusal =
  | "taken"
  | "missing"
  | "folder"
  | "foreign"
  | "broken"
  | "newer"
  | "other-key"
  | "copy"
  | "in-use";

/** A file cannot be used for this; nothing was changed. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  readonly reason: Refusal;
  constructor(reason: Refusal) {
    super(reason);
    this.reason = reason;
  }
}

/** Migrations that a database has, how many this version knows, and whether it has one that this version does not. */
export type Schema = { readonly has: number; readonly known: number; readonly newer: boolean };

/** One connection of its own to a file, for statements that the store has no words for. */
export function openFile(path: string): Client {
  return createClient({ url: `file:${path}`, timeout: 100, concurrency: 1 });
}

/** Throws `FileRefused` "foreign" where this is none of our databases. */
export async function schemaOf(client: Client): Promise<Schema> {
  const rows = await asked(client, "SELECT created_at FROM __drizzle_migrations");
  const known = new Set(knownMigrations());
  if (rows === null || rows.length === 0) throw new FileRefused("foreign");
  const newer = rows.some(({ created_at: at }) => !known.has(Number(at)));
  return { has: rows.length, known: known.size, newer };
}

/** Rows, null where the table is not there. */
async function asked(client: Client, sql: string) {
  try {
    return (await client.execute(sql)).rows;
  } catch (error) {
    const said = storeError(error);
    if (said instanceof StoreBroken && said.code === "SQLITE_ERROR") return null;
    throw error;
  }
}

/** What SQLite finds wrong with pages and indexes, as a number of findings. */
export async function faultsOf(client: Pick<Client, "execute">): Promise<number> {
  const { rows } = await client.execute("PRAGMA integrity_check");
  return rows[0]?.integrity_check === "ok" ? 0 : Math.max(1, rows.length);
}

/** The key check value that a database was bound to at its first start; null where it never was. */
export async function keyCheckOf(client: Client): Promise<Uint8Array | null> {
  const [row] = (await client.execute("SELECT key_check FROM installation")).rows;
  return row?.key_check instanceof ArrayBuffer ? new Uint8Array(row.key_check) : null;
}

/** Whole, one of ours, and of a version that we know. Throws `FileRefused` otherwise. */
export async function mustBeWhole(path: string): Promise<{ schema: Schema; keyCheck: Uint8Array | null }> {
  const client = openFile(path);
  try {
    const schema = await schemaOf(client);
    if (schema.newer) throw new FileRefused("newer");
    if ((await faultsOf(client)) > 0) throw new FileRefused("broken");
    return { schema, keyCheck: await keyCheckOf(client) };
  } catch (error) {
    const said = storeError(error);
    if (!(said instanceof StoreBroken)) throw said;
    throw new FileRefused(said.code === "SQLITE_NOTADB" ? "foreign" : "broken");
  } finally {
    client.close();
  }
}

/** On the disk, also after the power fails; with the name it has in its folder. */
export function sync(path: string): void {
  for (const one of [path, dirname(path)]) {
    const file = openSync(one, "r");
    fsyncSync(file);
    closeSync(file);
  }
}
