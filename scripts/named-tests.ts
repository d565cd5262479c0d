/** Pages that name a test for each of their rows: `file` "name", several with a dot between. What they name must be there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.ts";

export type Proof = { file: string; name: string };

/** The tests that the last cell of a row names. */
export function proofsIn(cell: string): Proof[] {
  const found = [...cell.matchAll(/`([\w./-]+\.ts)` "(.*?)"(?= ·|$)/g)];
  return found.map(([, file = "", name = ""]) => ({ file, name }));
}

/** How many tests a page means to name, in whatever way they are written. */
export function namedIn(page: string): number {
  return [...page.matchAll(/`[\w./-]+\.(test|journey)\.ts` "|-contract\.ts` "/g)].length;
}

/** Why a proof is none; null: it is one. */
export function faultOf({ file, name }: Proof): string | null {
  const path = join(ROOT, file);
  if (!/\.(test|journey)\.ts$|-contract\.ts$/.test(file) || !existsSync(path))
    return `${file} is no file of tests`;
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const titled = new RegExp(`(test|describe)(\\.\\w+)?\\(\\s*"${quoted}"|\\)\\(\\s*"${quoted}"`);
  return titled.test(readFileSync(path, "utf8")) ? null : `${file} has no test "${name}"`;
}
