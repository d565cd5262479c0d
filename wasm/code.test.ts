/** Generated codes, and what is said of chosen ones (TP1 §2.3). */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type NormalId, normalClientId } from "../wire/names.ts";
import { codeStrength, formatCode, isGenerated, newCode } from "./code.ts";
import { CROCKFORD } from "./crockford.ts";
import { ready } from "./sodium.ts";

await ready();

const normal = (typed: string) => normalClientId(typed) as NormalId;

describe("[TP1 2.3] a generated code", () => {
  test("is nine Crockford characters, in its normal form, shown in groups", () => {
    const code = newCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{9}$/);
    expect(normal(formatCode(code).toLowerCase())).toBe(code);
    expect(formatCode(newCode(() => new Uint8Array([1, 35, 69, 103, 137])))).toBe("04HM-ASW9-5");
  });
  test("is new each time", () => {
    expect(new Set(Array.from({ length: 200 }, () => newCode())).size).toBe(200);
  });
  const codes = fc.uint8Array({ minLength: 5, maxLength: 5 }).map((bytes) => newCode(() => bytes.slice()));
  test("says no to every single wrong character", () => {
    const property = fc.property(codes, fc.nat(8), fc.nat(31), (code, at, value) => {
      const typed = `${code.slice(0, at)}${CROCKFORD.charAt(value)}${code.slice(at + 1)}`;
      expect(isGenerated(typed as NormalId)).toBe(typed === code);
    });
    fc.assert(property, { numRuns: 500 });
  });
  test("says no to two neighbours swapped", () => {
    const property = fc.property(codes, fc.nat(7), (code, at) => {
      const [a, b] = [code.charAt(at), code.charAt(at + 1)];
      const typed = `${code.slice(0, at)}${b}${a}${code.slice(at + 2)}`;
      expect(isGenerated(typed as NormalId)).toBe(a === b);
    });
    fc.assert(property, { numRuns: 500 });
  });
  test("is told by length and alphabet too", () => {
    const code = newCode();
    for (const other of [code.slice(1), `${code}0`, `ÄÖÜ${code.slice(3)}`]) {
      expect(isGenerated(other as NormalId)).toBe(false);
    }
  });
});

test.each([
  ["4711", "short"],
  ["0815", "short"],
  ["anna", "short"],
  ["K-0815", "short"],
  ["11111111111111", "short"],
  ["12345678", "short"],
  ["Sommer-1987", "chosen"],
  ["mueller-anna", "chosen"],
] as const)("[TP1 2.3] of the code %s it is said: %s", (typed, said) => {
  expect(codeStrength(normal(typed))).toBe(said);
});

test("[TP1 2.3] a generated code is called so", () => {
  expect(codeStrength(newCode())).toBe("generated");
});
