/** Password keys against a server that names costs it can guess (TP1 §2.10, §3.3). */
import { describe, expect, test } from "bun:test";
import { hex } from "../wire/bytes.ts";
import type { UserName } from "../wire/names.ts";
import { KDF_COST, PASSWORD_MAX, passwordKeys } from "./password.ts";
import { ready } from "./sodium.ts";
import { reasonOf } from "./tamper.ts";

await ready();

const account = "praxis-1" as UserName;
const other = "praxis-2" as UserName;
const MIB = 1024 * 1024;
const salt = new Uint8Array(16).fill(11);
const least = { passes: 3, memoryBytes: 64 * MIB };

describe("[TP1 2.10] password keys", () => {
  test.each([
    [2, 64 * MIB],
    [3, 64 * MIB - 1],
    [3, 8192],
    [17, 64 * MIB],
    [3, 1024 * MIB + 1],
    [3.5, 64 * MIB],
    [Number.NaN, 64 * MIB],
    [3, Number.POSITIVE_INFINITY],
  ])("a server that asks for %d passes and %d bytes is refused", (passes, memoryBytes) => {
    expect(reasonOf(() => passwordKeys("p", account, salt, { passes, memoryBytes }))).toBe("kdf");
  });
  test("so is a salt of another length, and a password beyond the limit", () => {
    expect(reasonOf(() => passwordKeys("p", account, new Uint8Array(15), least))).toBe("kdf");
    expect(reasonOf(() => passwordKeys("p".repeat(PASSWORD_MAX + 1), account, salt, least))).toBe("size");
  });
  test("new accounts pay 3 passes over 128 MiB", () => {
    expect(KDF_COST).toEqual({ passes: 3, memoryBytes: 128 * MIB });
  });
  test("one password however the keyboard spells it; other user, salt, password: other keys", () => {
    const composed = passwordKeys("Käsekuchen ﬁ", account, salt, least);
    expect(passwordKeys("Ka\u0308sekuchen fi", account, salt, least)).toEqual(composed);
    const others = [
      passwordKeys("Käsekuchen fi", other, salt, least),
      passwordKeys("Käsekuchen fi", account, new Uint8Array(16), least),
      passwordKeys("käsekuchen fi", account, salt, least),
    ];
    for (const keys of others) expect(hex(keys.kek)).not.toBe(hex(composed.kek));
    expect(composed.authKey).not.toEqual(composed.kek);
    // four times Argon2id: seconds on a busy machine
  }, 60_000);
});
