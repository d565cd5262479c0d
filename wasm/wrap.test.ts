/** Wraps against a server that swaps and changes them, and a guesser that tests many keys at once (TP1 §2.10, §3.3). */
import { describe, expect, test } from "bun:test";
import type { UserName } from "../wire/names.ts";
import { randomBytes, ready } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";
import { newVaultKey, unwrapKey, WRAP_BYTES, wrapKey } from "./wrap.ts";

await ready();

const account = "praxis-1" as UserName;
const other = "praxis-2" as UserName;

describe("[TP1 2.10] the wrap of the vault key", () => {
  const [vaultKey, kek] = [randomBytes(32), randomBytes(32)];
  const place = { account, kind: "pw" } as const;
  const wrap = wrapKey(vaultKey, kek, place);
  test("opens with its key, in its place", () => {
    expect(wrap.length).toBe(WRAP_BYTES);
    expect(WRAP_BYTES).toBe(104);
    expect(unwrapKey(wrap, kek, place)).toEqual(vaultKey);
  });
  test("says that the password is wrong before any AEAD opens: key", () => {
    expect(reasonOf(() => unwrapKey(wrap, randomBytes(32), place))).toBe("key");
    expect(reasonOf(() => unwrapKey(flipped(wrap, 248), kek, place))).toBe("key");
    // The AEAD part is broken too: only the commitment was looked at.
    expect(reasonOf(() => unwrapKey(flipped(wrap, 800), randomBytes(32), place))).toBe("key");
  });
  test("swapped with another account's or the other kind: sealed", () => {
    expect(reasonOf(() => unwrapKey(wrap, kek, { account: other, kind: "pw" }))).toBe("sealed");
    expect(reasonOf(() => unwrapKey(wrap, kek, { account, kind: "rk" }))).toBe("sealed");
  });
  test("changed or cut anywhere: refused", () => {
    for (let at = 0; at < WRAP_BYTES; at++) {
      expect(reasonOf(() => unwrapKey(flipped(wrap, 8 * at), kek, place))).toBe(at < 32 ? "key" : "sealed");
      expect(reasonOf(() => unwrapKey(wrap.subarray(0, at), kek, place))).toBe("sealed");
    }
  });
  test("two vault keys are never the same", () => {
    expect(newVaultKey()).not.toEqual(newVaultKey());
  });
});
