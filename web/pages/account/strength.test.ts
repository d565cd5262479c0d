/** Own passwords: at least 12 characters, and not one that is tried first (TP1 §2.10). */
import { expect, test } from "bun:test";
import { weaknessOf } from "./strength.ts";

test("[TP1 2.10] eleven characters are short, twelve are not", async () => {
  expect(await weaknessOf("Xq7;vR2!mKp", [])).toBe("short");
  expect(await weaknessOf("Xq7;vR2!mKp9", [])).toBeNull();
});

test("[TP1 2.10] common passwords and the own name are refused however long", async () => {
  expect(await weaknessOf("password123456", [])).toBe("common");
  expect(await weaknessOf("aaaaaaaaaaaaaaaa", [])).toBe("common");
  expect(await weaknessOf("annabergmann", ["annabergmann"])).toBe("common");
});
