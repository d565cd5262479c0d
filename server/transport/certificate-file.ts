/** The relay's certificate and key in one file of the data folder, readable by its owner only, so that a restart keeps the hash that
 * pages hold. Losing it costs nothing: another one is made. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Certificate, readCertificate } from "./certificate.ts";

const FILE = "relay.pem";

/** What lies in `folder`; null where there is nothing that can be used. */
export function loadCertificate(folder: string): Certificate | null {
  try {
    const text = readFileSync(join(folder, FILE), "utf8");
    return readCertificate(block(text, "CERTIFICATE"), block(text, "PRIVATE KEY"));
  } catch {
    return null;
  }
}

/** Writes it whole or not at all, instead of the one before. */
export function keepCertificate(folder: string, { cert, key }: Certificate): void {
  const [draft, path] = [join(folder, `${FILE}.${process.pid}`), join(folder, FILE)];
  writeFileSync(draft, `${cert}${key}`, { mode: 0o600 });
  renameSync(draft, path);
}

function block(text: string, label: string): string {
  const found = new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----\n`).exec(text);
  if (found === null) throw new RangeError(`no ${label}`);
  return found[0];
}
