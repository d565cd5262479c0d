/** Which tests a rule rests on: those that quote it in their names, and for R11 those that the list of threats names. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";
import type { Rule } from "./rules.ts";

/** `title` as it stands in the source: `%s` and `${…}` may be anything. */
export type Cited = { readonly file: string; readonly title: string; readonly tags: readonly string[] };

const FOLDERS = "{db,examples,scripts,server,wasm,web,wire}/**/*.{test,journey}.ts";
/** Its own tests have titles of made-up tests in them. */
const OWN = "scripts/evidence/";
/** A title stands at the beginning of a call of `test` or `describe`, also on the line below it, or behind the table of an `each`. */
const TITLE =
  /(?:\b(?:test|describe)\b[^\n]*\(|^\s*\]\)\()\s*(["'`])((?:(?!\1)[^\n])*\[[^\]\n]+\](?:(?!\1)[^\n])*)\1/gm;
const PROOF = /`([\w./-]+\.ts)` "(.*?)"(?= ·| \||$)/g;

/** The tags in brackets of a title: `[R3][AT3]`, `[R3, AT3]`. */
export function tagsOf(title: string): string[] {
  return [...title.matchAll(/\[([^\]]+)\]/g)].flatMap(([, inside = ""]) =>
    inside.split(",").map((tag) => tag.trim()),
  );
}

/** Titles of one source that quote one of `tags`. */
export function citedIn(file: string, source: string, tags: ReadonlySet<string>): Cited[] {
  return [...source.matchAll(TITLE)].flatMap(([, , title = ""]) => {
    const quoted = tagsOf(title).filter((tag) => tags.has(tag));
    return quoted.length === 0 ? [] : [{ file, title, tags: quoted }];
  });
}

/** The proofs of the list of threats; all of them stand for R11. */
export function proofsIn(page: string): Cited[] {
  const found = [...page.matchAll(PROOF)].map(([, file = "", title = ""]) => ({
    file,
    title,
    tags: ["R11"],
  }));
  return [...new Map(found.map((each) => [`${each.file} ${each.title}`, each])).values()];
}

/** Everything that the rules rest on. */
export function findCited(root: string, rules: readonly Rule[]): Cited[] {
  const tags = new Set(rules.map(({ tag }) => tag));
  const files = [...new Glob(FOLDERS).scanSync({ cwd: root })].filter(
    (file) => !file.includes("node_modules") && !file.startsWith(OWN),
  );
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const quoting = files.sort().flatMap((file) => citedIn(file, read(file), tags));
  return [...quoting, ...proofsIn(read("docs/threats.md"))];
}

/** A pattern for the names under which a runner tells of this title. */
export function patternOf(title: string): string {
  const parts = title.split(/%[a-z#]|\$\{[^}]*\}|\$\w+/);
  return parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join(".*");
}
