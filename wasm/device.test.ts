/** The vault key in a browser: one half alone opens nothing (TP1 §2.5). */
import { describe, expect, test } from "bun:test";
import type { UserName } from "../wire/names.ts";
import { deviceOpen, deviceSeal, newDeviceHalf } from "./device.ts";
import { randomBytes, ready } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";
import { newVaultKey } from "./wrap.ts";

await ready();

const account = "praxis-1" as UserName;
const other = "praxis-2" as UserName;

describe("[TP1 2.5] the vault key in a browser", () => {
  const lock = { account, sessionHalf: randomBytes(32), deviceHalf: newDeviceHalf() };
  const vaultKey = newVaultKey();
  const box = deviceSeal(vaultKey, lock);
  test("opens with both halves", () => {
    expect(box.length).toBe(72);
    expect(deviceOpen(box, lock)).toEqual(vaultKey);
  });
  test("one half, another account or a changed byte: sealed", () => {
    const wrong = [
      { ...lock, sessionHalf: randomBytes(32) },
      { ...lock, deviceHalf: randomBytes(32) },
      { ...lock, sessionHalf: lock.deviceHalf, deviceHalf: lock.sessionHalf },
      { ...lock, account: other },
    ];
    for (const with_ of wrong) expect(reasonOf(() => deviceOpen(box, with_))).toBe("sealed");
    expect(reasonOf(() => deviceOpen(flipped(box, 568), lock))).toBe("sealed");
    expect(reasonOf(() => deviceOpen(new Uint8Array(0), lock))).toBe("sealed");
  });
});
