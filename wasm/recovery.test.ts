/** The recovery key as people write it down and type it again (TP1 §2.10). */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  formatRecovery,
  isRecoveryGroup,
  newRecoveryKey,
  parseRecovery,
  recoveryGroups,
  recoveryKeys,
} from "./recovery.ts";
import { ready } from "./sodium.ts";
import { reasonOf } from "./tamper.ts";

await ready();

describe("[TP1 2.10] the recovery key", () => {
  const bytes20 = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Uint8Array.from(bytes));
  test("comes back from its eight groups of four", () => {
    const property = fc.property(bytes20, (key) => {
      const text = formatRecovery(key);
      expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(parseRecovery(text)).toEqual(key);
    });
    fc.assert(property);
  });
  test("is spelled as Crockford says, highest bits first", () => {
    const key = new Uint8Array(20);
    key.set([0x08, 0x42, 0x10]);
    key[19] = 31;
    expect(formatRecovery(key)).toBe("1111-0000-0000-0000-0000-0000-0000-000Z");
  });
  test("is read however it was typed", () => {
    const key = newRecoveryKey();
    const text = formatRecovery(key);
    const typed = [
      text.toLowerCase(),
      text.replaceAll("-", " "),
      text.replaceAll("-", ""),
      `  ${text.replaceAll("-", " – ")}\n`,
      text.replaceAll("0", "o").replaceAll("1", "l"),
      text.replaceAll("0", "O").replaceAll("1", "I"),
    ];
    for (const variant of typed) expect(parseRecovery(variant)).toEqual(key);
  });
  test.each([
    "",
    "1111",
    `${"1111-".repeat(8)}1`,
    "1111-".repeat(7),
    `U${"1".repeat(31)}`,
    `é${"1".repeat(31)}`,
    `${"1".repeat(32)}${" ".repeat(169)}`,
  ])("is not read from %j", (typed) => {
    expect(reasonOf(() => parseRecovery(typed))).toBe("recovery");
  });
  test("its groups are confirmed one by one", () => {
    const groups = recoveryGroups(newRecoveryKey());
    expect(groups).toHaveLength(8);
    expect(isRecoveryGroup(` ${groups[3]?.toLowerCase()} `, groups[3] ?? "")).toBe(true);
    expect(isRecoveryGroup("", groups[3] ?? "")).toBe(false);
    expect(isRecoveryGroup("UUUU", groups[3] ?? "")).toBe(false);
  });
  test("gives a log-in key and a wrap key that differ", () => {
    const keys = recoveryKeys(new Uint8Array(20).fill(3));
    expect(keys.authR).not.toEqual(keys.kek);
    expect(recoveryKeys(new Uint8Array(20).fill(4)).kek).not.toEqual(keys.kek);
  });
});
