/** Where the copy of Bun lies that loads the WebTransport addon on an older Debian (`glibc.ts`), if there is one. Runs on Node too. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** Where it belongs: one for each pinned version of Bun. */
export function keptBunPath(): string {
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  return join(ROOT, ".cache", "glibc", String(packageManager).replace("@", "-"), "bun");
}

/** Its path; null where none was prepared. */
export function keptBun(): string | null {
  const path = keptBunPath();
  return existsSync(path) ? path : null;
}
