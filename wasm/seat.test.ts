/** Seats: the same inside a call, unlinkable across calls (A6). */
import { describe, expect, test } from "bun:test";
import type { CallId, ItemId } from "../wire/ids.ts";
import { seatOf } from "./seat.ts";
import { ready } from "./sodium.ts";

await ready();

describe("[A6] a seat", () => {
  const [call, nextCall] = ["a".repeat(32) as CallId, "b".repeat(32) as CallId];
  const [record, nextRecord] = ["c".repeat(32) as ItemId, "d".repeat(32) as ItemId];
  const vaultKey = new Uint8Array(32).fill(1);
  test("is the same for the same record in one call, and tells nothing across calls", () => {
    const seat = seatOf(vaultKey, call, record);
    expect(seat).toMatch(/^[0-9a-f]{32}$/);
    expect(seatOf(vaultKey, call, record)).toBe(seat);
    expect(seatOf(vaultKey, nextCall, record)).not.toBe(seat);
    expect(seatOf(vaultKey, call, nextRecord)).not.toBe(seat);
    expect(seatOf(new Uint8Array(32), call, record)).not.toBe(seat);
  });
});
