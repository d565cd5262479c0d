/** Puts a backup in the place of a database that nobody has open. Whoever is killed in the middle leaves the old one or the new one, whole. */
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { StoreBroken, StoreBusy, storeError } from "./errors.ts";
import { FileRefused, mustBeWhole, openFile, type Schema, sync } from "./file.ts";

/** `key` is the check value of the key file beside the database; `stamp` goes into the name that the old database gets. */
export type Restoring = { readonly backup: string; readonly key: Uint8Array; readonly stamp: string };
/** `kept`: where the old database is now, null where there was none. */
export type Restored = { readonly kept: string | null; readonly schema: Schema };

/** Throws `FileRefused` and the errors of db/errors.ts; then the old database is where it was. */
export async function restore(file: string, { backup, key, stamp }: Restoring): Promise<Restored> {
  mustBeBackup(backup);
  if (!existsSync(dirname(file))) throw new FileRefused("folder");
  const draft = `${file}.${randomBytes(4).toString("hex")}.part`;
  try {
    bring(backup, draft);
    const { schema, keyCheck } = await mustBeWhole(draft);
    if (keyCheck !== null && !Buffer.from(keyCheck).equals(key)) throw new FileRefused("other-key");
    sync(draft);
    return { kept: await exchange(file, draft, stamp), schema };
  } catch (error) {
    throw storeError(error);
  } finally {
    for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(draft + end, { force: true });
  }
}

/** A log beside it means that somebody copied a database in use: what the log holds would be missing. */
function mustBeBackup(backup: string): void {
  if (!existsSync(backup) || !statSync(backup).isFile()) throw new FileRefused("missing");
  if (existsSync(`${backup}-wal`) && statSync(`${backup}-wal`).size > 0) throw new FileRefused("copy");
}

/** A copy in the database's own folder, owned like it: the command may be root's, the server never is. */
function bring(backup: string, draft: string): void {
  copyFileSync(backup, draft, constants.COPYFILE_EXCL);
  chmodSync(draft, 0o600);
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(draft));
  chownSync(draft, uid, gid);
}

/** The old one is there under two names before its first is given away in one step. */
async function exchange(file: string, draft: string, stamp: string): Promise<string | null> {
  const kept = existsSync(file) ? `${file}.${stamp}` : null;
  const release = kept === null ? null : await alone(file);
  try {
    // a log that SQLite could not fold in would be read into the new database
    for (const end of ["-wal", "-shm"])
      if (existsSync(file + end)) renameSync(file + end, `${file}.${stamp}${end}`);
    if (kept !== null) keep(file, kept);
    renameSync(draft, file);
    sync(file);
    return kept;
  } finally {
    release?.();
  }
}

function keep(file: string, kept: string): void {
  try {
    linkSync(file, kept);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
    throw new FileRefused("taken");
  }
}

/** Folds the log into the file, which SQLite does only for whoever has it to himself, and holds it against a server that starts
 * meanwhile. A server holds its database from its first moment to its last, however little it does. What is no database any more
 * cannot be held, nor used. */
async function alone(file: string): Promise<() => void> {
  const client = openFile(file);
  try {
    await client.execute("PRAGMA locking_mode = EXCLUSIVE");
    await client.execute("PRAGMA journal_mode = DELETE");
    await client.transaction("write");
  } catch (error) {
    client.close();
    const said = storeError(error);
    if (said instanceof StoreBusy) throw new FileRefused("in-use");
    if (!(said instanceof StoreBroken)) throw said;
  }
  return () => client.close();
}
