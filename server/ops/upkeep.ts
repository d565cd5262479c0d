/** What the operator does with the database as a file: a backup, a backup put back, a look through. Sentences are made here. */
import { existsSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type Backup, backUp } from "../../db/backup.ts";
import { FileRefused, keyCheckOf, openFile, type Refusal, type Schema, schemaOf } from "../../db/file.ts";
import { restore } from "../../db/restore.ts";
import { findingsOf } from "../../db/soundness.ts";
import { keyOfCall } from "../billing/pricing.ts";
import type { Config } from "../config.ts";
import { KeyFileError, type Keys, readKeys } from "../keys.ts";
import type { Outcome } from "./carry-out.ts";
import type { Upkeep } from "./command.ts";
import { UsageError } from "./usage.ts";

/** `sound` false: something that was looked at is not ok. */
export type UpkeepOutcome = Outcome & { readonly sound: boolean };
type Place = Pick<Config, "data" | "database">;

const REFUSALS: Readonly<Record<Refusal, string>> = {
  taken: "There is a file of that name already: nothing is overwritten.",
  missing: "There is no such file.",
  folder: "There is no such folder.",
  foreign: "This is no database of TheraPsy Connect.",
  broken: "This file is damaged: it was not used.",
  newer: "This database is from a newer version of the server than this one: update first.",
  "other-key":
    "This backup belongs to another server.key than the one in TPC_DATA: put the right one there first.",
  copy: "There is a -wal file beside it, so it was copied while in use and is not whole: use a backup made by this command.",
  "in-use": "A server is using the database: stop it first. Nothing was done.",
};

/** Throws `UsageError` with a sentence, and the errors of db/errors.ts. */
export async function keepUp(place: Place, command: Upkeep, now: Date): Promise<UpkeepOutcome> {
  const file = fileOf(place);
  try {
    if (command.do === "backup") return await backup(place, file, command.path);
    if (command.do === "restore") return await putBack(place, file, { path: command.path, now });
    return await check(place, file);
  } catch (error) {
    if (error instanceof FileRefused) throw new UsageError(REFUSALS[error.reason]);
    if (error instanceof KeyFileError) throw new UsageError(error.message);
    throw error;
  }
}

function fileOf({ database }: Place): string {
  if (database.url.startsWith("file:")) return database.url.slice("file:".length);
  throw new UsageError(
    "The database is on a libSQL server of its own: back up, restore and check it there (sqld keeps it as a file, or your provider does).",
  );
}

async function backup(place: Place, file: string, path: string): Promise<UpkeepOutcome> {
  mustBeThere(place.database);
  const made = await backUp(file, path);
  const size = `${Math.ceil(made.bytes / 1024)} KiB, ${schemaText(made.schema)}`;
  return {
    out: `${path}\n`,
    note: `Written and looked through: ${size}. ${keySentence(place, made)}`,
    sound: true,
  };
}

function keySentence({ data }: Place, { keyCheck }: Backup): string {
  const key = fingerprint(keyCheck);
  const here = keysOrNull(data);
  const belongs = here === null || keyCheck === null || Buffer.from(keyCheck).equals(here.check);
  if (!belongs) return `It belongs to a server.key with the mark ${key}, which is NOT the one in TPC_DATA.`;
  return `server.key (mark ${key}) is not inside: keep it too, in another place.`;
}

/** Enough to tell key files apart, and nothing that helps to find one. */
function fingerprint(check: Uint8Array | null): string {
  return check === null ? "none" : Buffer.from(check).toString("hex").slice(0, 8);
}

async function putBack(
  { data }: Place,
  file: string,
  { path, now }: { path: string; now: Date },
): Promise<UpkeepOutcome> {
  const { check: key } = readKeys(data);
  const stamp = `before-${now.toISOString().slice(0, -1).replace(/[:.]/g, "-")}`;
  const { kept, schema } = await restore(file, { backup: path, key, stamp });
  const old = kept === null ? "" : ` The database from before is ${kept}; delete it once all is well.`;
  return {
    out: `${file}\n`,
    note: `Put back: ${schemaText(schema)}.${old} Start the server now.`,
    sound: true,
  };
}

function schemaText({ has, known }: Schema): string {
  return `version ${has} of ${known}${has < known ? ", brought up to date at the next start" : ""}`;
}

async function check(place: Place, file: string): Promise<UpkeepOutcome> {
  mustBeThere(place.database);
  const client = openFile(file);
  try {
    const schema = await schemaOf(client);
    const found = await findingsOf(client, keyOfCall);
    const lines = [
      line(!schema.newer, "schema", schema.newer ? "newer than this server" : schemaText(schema)),
      ...found.map(({ about, faults }) => line(faults === 0, about, faults === 0 ? "" : `${faults} found`)),
      keyLine(place, await keyCheckOf(client)),
      spaceLine(file),
    ];
    return {
      out: `${lines.map(({ text }) => text).join("\n")}\n`,
      note: "",
      sound: lines.every(({ ok }) => ok),
    };
  } finally {
    client.close();
  }
}

type Line = { readonly ok: boolean; readonly text: string };

function line(ok: boolean, about: string, more: string): Line {
  return { ok, text: `${ok ? "ok    " : "not ok"}  ${about}${more === "" ? "" : `: ${more}`}` };
}

function keyLine({ data }: Place, check: Uint8Array | null): Line {
  const here = keysOrNull(data);
  if (here === null) return line(false, "server.key", "not in TPC_DATA, or not one");
  const belongs = check === null || Buffer.from(check).equals(here.check);
  return line(
    belongs,
    "server.key",
    belongs ? `mark ${fingerprint(here.check)}` : "belongs to another database",
  );
}

/** Room for a backup beside it and for days of growth. Higher: small servers are always "not ok". Lower: the warning comes too late. */
const SPARE_BYTES = 256 * 1024 * 1024;

function spaceLine(file: string): Line {
  const { bavail, bsize } = statfsSync(dirname(file));
  const free = bavail * bsize;
  const needed = statSync(file).size + SPARE_BYTES;
  return line(free >= needed, "free space", `${Math.floor(free / 1024 / 1024)} MiB`);
}

function keysOrNull(folder: string): Keys | null {
  try {
    return readKeys(folder);
  } catch (error) {
    if (error instanceof KeyFileError) return null;
    throw error;
  }
}

/** Throws a sentence where there is no file: opening would make one, and everything would seem to be gone. */
export function mustBeThere({ url }: Place["database"]): void {
  if (url.startsWith("file:") && !existsSync(url.slice("file:".length)))
    throw new UsageError(
      "There is no database yet: see TPC_DATA and TPC_DATABASE_URL, and start the server once.",
    );
}
