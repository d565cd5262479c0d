/** Parts are fetched when they are needed and their styles stay: a class named twice changes a page nobody looked at. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Glob } from "bun";

const WEB = join(import.meta.dir, "..");

/** A class alone before its braces. */
const NAMED = /^\s*\.([\w-]+) \{/gm;

function owners(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of new Glob("{pages,ui,styles}/**/*.css").scanSync(WEB)) {
    const text = readFileSync(join(WEB, file), "utf8");
    for (const [, name = ""] of text.matchAll(NAMED))
      found.set(name, (found.get(name) ?? new Set()).add(dirname(file)));
  }
  return found;
}

test("a class belongs to one folder", () => {
  const shared = [...owners()].filter(([, folders]) => folders.size > 1);
  expect(shared.map(([name, folders]) => `.${name} in ${[...folders].sort().join(" and ")}`)).toEqual([]);
  expect(owners().size).toBeGreaterThan(100);
});
