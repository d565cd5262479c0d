/** `docs/faults.md` names a test for each fault; this fails where one is gone. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { faultOf, namedIn, proofsIn } from "./named-tests.ts";
import { ROOT } from "./setup.ts";

const page = readFileSync(join(ROOT, "docs", "faults.md"), "utf8");
const rows = page.split("\n").filter((line) => /^\| (?!fault \||--- )/.test(line));

test("each fault has a test that is there", () => {
  const proofs = rows.map((row) => proofsIn(row.split(" | ")[2]?.replace(/ \|$/, "") ?? ""));
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.filter((_, index) => proofs[index]?.length === 0)).toEqual([]);
  expect(
    proofs
      .flat()
      .map(faultOf)
      .filter((fault) => fault !== null),
  ).toEqual([]);
  expect(proofs.flat().length).toBe(namedIn(page));
});
