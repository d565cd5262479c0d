/** `docs/threats.md` names a test for each threat; this fails where one is gone, and where a category of the OWASP Top 10 has none. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { faultOf, namedIn, type Proof, proofsIn } from "./named-tests.ts";
import { ROOT } from "./setup.ts";

const CATEGORIES = [
  "A01 Broken Access Control",
  "A02 Cryptographic Failures",
  "A03 Injection",
  "A04 Insecure Design",
  "A05 Security Misconfiguration",
  "A06 Vulnerable and Outdated Components",
  "A07 Identification and Authentication Failures",
  "A08 Software and Data Integrity Failures",
  "A09 Security Logging and Monitoring Failures",
  "A10 Server-Side Request Forgery",
];

type Threat = { category: string; threat: string; proofs: Proof[] };

/** The rows of the page's tables. */
function threatsIn(page: string): Threat[] {
  const parts = page.split(/^## /m).filter((part) => /^A\d\d /.test(part));
  return parts.flatMap((part) => {
    const category = part.slice(0, part.indexOf("\n"));
    const rows = part.split("\n").filter((line) => /^\| (?!threat \||--- )/.test(line));
    return rows.map((row) => {
      const [, threat = "", , proof = ""] = row.split("|").map((cell) => cell.trim());
      return { category, threat, proofs: proofsIn(proof) };
    });
  });
}

const page = readFileSync(join(ROOT, "docs", "threats.md"), "utf8");

describe("the list of threats", () => {
  test("has the ten categories, each with threats, each threat with a test that is there", () => {
    const threats = threatsIn(page);
    expect([...new Set(threats.map(({ category }) => category))]).toEqual(CATEGORIES);
    expect(threats.filter(({ proofs }) => proofs.length === 0)).toEqual([]);
    expect(threats.length).toBeGreaterThan(40);
    const faults = threats.flatMap(({ proofs }) => proofs.map(faultOf)).filter((fault) => fault !== null);
    expect(faults).toEqual([]);
  });

  test("each proof on the page is read: none is written in a way that is passed over", () => {
    const named = namedIn(page);
    expect(threatsIn(page).flatMap(({ proofs }) => proofs).length).toBe(named);
  });

  test("the look sees what it shall", () => {
    const here = { file: "scripts/threats.test.ts", name: "the look sees what it shall" };
    expect(faultOf(here)).toBeNull();
    expect(faultOf({ ...here, name: "the look sees" })).not.toBeNull();
    expect(faultOf({ ...here, file: "scripts/none.test.ts" })).not.toBeNull();
    expect(faultOf({ ...here, file: "scripts/setup.ts" })).not.toBeNull();
    const [row] = threatsIn(
      "## A01 X\n\n| threat | a | b |\n| --- | --- | --- |\n| t | w | nothing named |\n",
    );
    expect(row).toEqual({ category: "A01 X", threat: "t", proofs: [] });
  });
});
