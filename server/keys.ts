/** The server's own secret: one file beside the database, made at first start, readable by its owner only, and not part
 * of a database backup (e2ee.md §2.10 "Pepper"). Every use has a key of its own derived from it. */
import { createHmac, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Bytes } from "../wire/bytes.ts";

const FILE = "server.key";
const FILE_BYTES = 32;

/** Keys of 32 bytes, one per use. */
export type Keys = {
  /** For log-in and recovery hashes, salts of unknown names, and used names. */
  pepper: Bytes;
  /** For resume tokens of signaling, so that they outlive a restart. */
  resume: Bytes;
  /** For the cookie of a browser that logged in before. */
  device: Bytes;
  /** Seals the secrets of second factors and hashes their spare codes. */
  factors: Bytes;
  /** Stored in the database: tells whether this file belongs to it. */
  check: Bytes;
};

/** The key file is there but cannot be one; the message is a sentence for the operator. */
export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
}

/** The keys from the file in `folder`, which is made where there is none. Throws `KeyFileError`. */
export function loadKeys(folder: string): Keys {
  makeOnce(join(folder, FILE));
  return readKeys(folder);
}

/** The keys from the file in `folder`, which must be there: for what must not make a new one. Throws `KeyFileError`. */
export function readKeys(folder: string): Keys {
  const path = join(folder, FILE);
  if (!existsSync(path)) throw new KeyFileError(`${path} is not there: put back the one from your backup.`);
  const secret = readFileSync(path);
  if (secret.length !== FILE_BYTES) {
    throw new KeyFileError(
      `${path} must have exactly ${FILE_BYTES} bytes: put back the one from your backup.`,
    );
  }
  return keysFrom(secret);
}

function keysFrom(secret: Uint8Array): Keys {
  const key = (use: string): Bytes =>
    new Uint8Array(createHmac("sha256", secret).update(`tpc key ${use}`).digest());
  return {
    pepper: key("pepper"),
    resume: key("resume"),
    device: key("device"),
    factors: key("factors"),
    check: key("check"),
  };
}

/** Writes the file whole or not at all, and never over another one: two starts at once end up with one key. */
function makeOnce(path: string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(draft, randomBytes(FILE_BYTES), { mode: 0o600, flag: "wx" });
    sync(draft);
    linkSync(draft, path);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function sync(path: string): void {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
}
