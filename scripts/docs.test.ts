/** What the pages for readers point at is there: files, pictures, commands, headings of their own page. */
import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Glob } from "bun";

const ROOT = join(import.meta.dir, "..");
const pages = ["*.md", "docs/*.md", "wasm/*.md", "bench/*.md", "examples/*/*.md"].flatMap((pattern) => [
  ...new Glob(pattern).scanSync(ROOT),
]);
const read = (page: string) => readFileSync(join(ROOT, page), "utf8");

/** Relative targets of links and pictures, without what follows a #. */
const targetsOf = (text: string) =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.split("#")[0] ?? "")
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));

test.each(pages)("%s points at files that are there", (page) => {
  const missing = targetsOf(read(page)).filter((target) => !existsSync(join(ROOT, dirname(page), target)));
  expect(missing).toEqual([]);
});

test.each(pages)("%s names commands that are there", (page) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...read(page).matchAll(/\b(?:bun|npm) run ([a-z][a-z:]*)/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("each of the three readers is told where to begin", () => {
  const readme = targetsOf(read("README.md"));
  expect(readme).toEqual(
    expect.arrayContaining(["docs/therapie.de.md", "docs/server.de.md", "ARCHITECTURE.md", "PROTOCOL.md"]),
  );
});
