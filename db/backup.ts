/** A copy of a database that others are writing to, made by the database itself: whole, of one moment, and looked through before it
 * gets its name. */
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, linkSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { storeError } from "./errors.ts";
import { FileRefused, mustBeWhole, openFile, type Schema, schemaOf, sync } from "./file.ts";

/** `keyCheck` says with which key file it belongs. */
export type Backup = {
  readonly bytes: number;
  readonly schema: Schema;
  readonly keyCheck: Uint8Array | null;
};

/** Writes a copy of the database in `file` to `target`, which is nobody else's to read, and is there whole or not at all. Never
 * overwrites. Throws `FileRefused` and the errors of db/errors.ts. */
export async function backUp(file: string, target: string): Promise<Backup> {
  if (existsSync(target)) throw new FileRefused("taken");
  if (!existsSync(dirname(target))) throw new FileRefused("folder");
  const draft = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    await copy(file, draft);
    const { schema, keyCheck } = await mustBeWhole(draft);
    sync(draft);
    give(draft, target);
    return { bytes: statSync(target).size, schema, keyCheck };
  } catch (error) {
    throw storeError(error);
  } finally {
    for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(draft + end, { force: true });
  }
}

/** SQLite takes an empty file that is there, so the draft is ours alone from its first byte. */
async function copy(file: string, draft: string): Promise<void> {
  closeSync(openSync(draft, "wx", 0o600));
  const client = openFile(file);
  try {
    await schemaOf(client);
    await client.execute({ sql: "VACUUM INTO ?", args: [draft] });
  } finally {
    client.close();
  }
}

/** Never over another file, also one that came meanwhile. */
function give(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
    throw new FileRefused("taken");
  }
  sync(target);
}
