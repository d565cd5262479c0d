/** A practice with calls behind it, without waiting for them. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Codes } from "../../scripts/past-calls.ts";

const BUN = process.versions.bun ? process.execPath : "bun";
const PROGRAM = join(import.meta.dirname, "..", "..", "scripts", "past-calls.ts");

/** Calls, points and vouchers of three months for a practice whose server runs on `data`. Returns the vouchers' codes. */
export function hasPast(data: string, user: string): Codes {
  // by a program of its own: the database wants the runtime of the server, whatever runs the journey
  return JSON.parse(execFileSync(BUN, ["--no-install", PROGRAM, data, user], { encoding: "utf8" })) as Codes;
}
