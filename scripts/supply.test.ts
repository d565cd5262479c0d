/** What comes from others (OWASP A06, A08): exact versions, sealed by the lock file, under licences we may use, each with its reason. */
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";
import { ROOT } from "./setup.ts";

const read = (name: string) => readFileSync(join(ROOT, name), "utf8");
type Named = Record<string, string>;
const manifest: { dependencies: Named; devDependencies: Named; trustedDependencies?: string[] } = JSON.parse(
  read("package.json"),
);
const direct = { ...manifest.dependencies, ...manifest.devDependencies };

type Entry = readonly [string, string, object, string];
type Lock = {
  workspaces: { "": { dependencies: Named; devDependencies: Named } };
  packages: Record<string, Entry>;
};

/** Bun's lock file is JSON that may have a comma before a closing bracket. */
function lockFile(text = read("bun.lock")): Lock {
  return JSON.parse(text.replace(/,(\s*[}\]])/g, "$1"));
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** What is wrong with a package in the lock file; null: nothing. */
function faultOf([named, registry, , hash]: Entry): string | null {
  const at = named.lastIndexOf("@");
  if (at <= 0 || !EXACT.test(named.slice(at + 1))) return `${named} is no exact version`;
  if (registry !== "") return `${named} comes from elsewhere`;
  return /^sha512-[A-Za-z0-9+/]{86}==$/.test(hash ?? "") ? null : `${named} has no hash`;
}

describe("the lock file", () => {
  test("each direct package has one exact version, the same in both files", () => {
    expect(Object.entries(direct).filter(([, version]) => !EXACT.test(version))).toEqual([]);
    const { dependencies, devDependencies } = lockFile().workspaces[""];
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
    expect(read("bunfig.toml")).toContain("exact = true");
  });

  test("each package comes from the registry, in one version, with a hash that is checked", () => {
    const entries = Object.values(lockFile().packages);
    expect(entries.length).toBeGreaterThan(200);
    expect(entries.map(faultOf).filter((fault) => fault !== null)).toEqual([]);
  });

  test("the rule sees what it shall: git, addresses, folders, ranges, no hash", () => {
    const hash = `sha512-${"A".repeat(86)}==`;
    expect(faultOf(["a@1.2.3", "", {}, hash])).toBeNull();
    for (const bad of [
      "a@github:b/c#1",
      "a@https://x.test/a.tgz",
      "a@file:../a",
      "a@^1.2.3",
      "a@workspace:a",
    ])
      expect(faultOf([bad, "", {}, hash])).not.toBeNull();
    expect(faultOf(["a@1.2.3", "https://registry.example/", {}, hash])).not.toBeNull();
    expect(faultOf(["a@1.2.3", "", {}, "sha1-AAAA"])).not.toBeNull();
    expect(faultOf(["a@1.2.3", "", {}] as unknown as Entry)).not.toBeNull();
  });

  test("nothing is installed but by the lock file, and no package runs a script of its own at that", () => {
    expect(manifest.trustedDependencies ?? []).toEqual([]);
    for (const file of ["scripts/setup.ts", "Dockerfile"]) {
      const ours = read(file).match(/(bun|execPath,) "?install\b.*/g) ?? [];
      expect([file, ours.every((line) => line.includes("--frozen-lockfile"))]).toEqual([file, true]);
      expect(ours.length).toBeGreaterThan(0);
    }
  });
});

/** Licences that ask for no more than a notice, or for their own files to stay free (MPL, of tools and fonts' OFL). */
const ALLOWED = [
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "MPL-2.0",
  "OFL-1.1",
  // data of browsers, for building only
  "CC-BY-4.0",
];
/** Packages whose manifest says none, with what their LICENSE file is. */
const BY_FILE: Readonly<Record<string, { licence: string; words: string }>> = {
  "png-js": { licence: "MIT", words: "Permission is hereby granted, free of charge" },
};

/** True where every licence of an AND, and one of an OR, is allowed. */
function isAllowed(said: string): boolean {
  const options = said.replace(/^\(|\)$/g, "").split(" OR ");
  return options.some((option) => option.split(" AND ").every((one) => ALLOWED.includes(one)));
}

function installed(): { name: string; licence: string }[] {
  const modules = join(ROOT, "node_modules");
  const folders = [...new Glob("**/package.json").scanSync({ cwd: modules })]
    // a package, not a folder inside one
    .filter((path) => /(^|\/node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test(path))
    .map((path) => join(modules, path, ".."));
  return folders.map((folder) => {
    const {
      name = folder,
      license,
      licenses,
    } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const byFile = BY_FILE[name];
    const text = join(folder, "LICENSE");
    if (byFile && existsSync(text) && readFileSync(text, "utf8").includes(byFile.words))
      return { name, licence: byFile.licence };
    return {
      name,
      licence: typeof license === "string" ? license : JSON.stringify(licenses ?? license ?? "none"),
    };
  });
}

describe("licences", () => {
  test("of all that is installed are on the list", () => {
    const all = installed();
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  test("the rule sees what it shall", () => {
    expect(["MIT", "(MIT OR GPL-3.0)", "MIT AND ISC"].map(isAllowed)).toEqual([true, true, true]);
    const bad = ["GPL-3.0", "AGPL-3.0-only", "UNLICENSED", "MIT AND GPL-3.0", "none", "SEE LICENSE IN x"];
    expect(bad.filter(isAllowed)).toEqual([]);
  });
});

/** Packages that the table in ARCHITECTURE.md gives a reason for. */
function reasoned(): string[] {
  const table = read("ARCHITECTURE.md").split("## Dependencies and why")[1]?.split("\n## ")[0] ?? "";
  const rows = table.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(2).flatMap((row) => {
    const [, names = "", why = ""] = row.split("|");
    const cell = names.includes("for development") ? why : names;
    return [...cell.matchAll(/@[a-z-]+\/(?:[\w.-]+|\*)|\b[a-z][a-z0-9.-]+/g)].map(([name]) => name);
  });
}

test("each direct package has its reason in ARCHITECTURE.md", () => {
  const names = new Set(reasoned());
  const has = (name: string) => names.has(name) || names.has(name.replace(/\/.*/, "/*"));
  expect(Object.keys(direct).filter((name) => !has(name))).toEqual([]);
  expect([has("left-pad"), has("@types/left-pad"), has("@kobalte/other")]).toEqual([false, true, false]);
});
