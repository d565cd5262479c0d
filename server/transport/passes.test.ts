/** One-time tokens: good once, soon, and for whoever still has the slot (PROTOCOL.md "Relay" T1). */
import { beforeEach, expect, test } from "bun:test";
import { type Bytes, base64url, u32be } from "../../wire/bytes.ts";
import { type CallId, newId } from "../../wire/ids.ts";
import { PASS_MS, PASSES_PER_SLOT, Passes } from "./passes.ts";

const call = newId<CallId>();
const pass = { call, slot: 3, way: "up" } as const;
const token = (n: number): Bytes => new Uint8Array(24).fill(n);
let passes: Passes;
beforeEach(() => {
  passes = new Passes();
});

test("[T1] good once", () => {
  passes.admit(token(1), pass, 0);
  expect(passes.take(base64url(token(1)), 0)).toEqual(pass);
  expect(passes.take(base64url(token(1)), 0)).toBeNull();
  expect(passes.size).toBe(0);
});

test("[T1] good for 30 s, not a moment longer", () => {
  for (const n of [1, 2]) passes.admit(token(n), pass, 0);
  expect(passes.take(base64url(token(1)), PASS_MS - 1)).toEqual(pass);
  expect(passes.take(base64url(token(2)), PASS_MS)).toBeNull();
  expect(passes.size).toBe(0);
});

test("[T1] a slot has a bounded number, the oldest give way; another slot's stay", () => {
  passes.admit(token(200), { ...pass, slot: 4 }, 0);
  for (let n = 0; n <= PASSES_PER_SLOT; n++) passes.admit(token(n), pass, 0);
  expect(passes.size).toBe(PASSES_PER_SLOT + 1);
  expect(passes.take(base64url(token(0)), 0)).toBeNull();
  expect(passes.take(base64url(token(1)), 0)).toEqual(pass);
  expect(passes.take(base64url(token(200)), 0)).toEqual({ ...pass, slot: 4 });
});

test("[T2] worth nothing once the slot is lost or the call has ended; that it was taken anew does not help", () => {
  const other = newId<CallId>();
  passes.admit(token(1), pass, 0);
  passes.admit(token(2), { ...pass, slot: 4 }, 0);
  passes.admit(token(3), { ...pass, call: other }, 0);
  passes.placed({ t: "unseated", call, slot: 3 });
  passes.placed({ t: "seated", call, slot: 3 });
  expect(passes.take(base64url(token(1)), 0)).toBeNull();
  passes.placed({ t: "ended", call });
  expect(passes.take(base64url(token(2)), 0)).toBeNull();
  expect(passes.take(base64url(token(3)), 0)).toEqual({ ...pass, call: other });
});

test("what is no token is none", () => {
  passes.admit(token(1), pass, 0);
  for (const text of ["", "x", `${base64url(token(1))}A`, base64url(u32be(1)), "__proto__"]) {
    expect(passes.take(text, 0)).toBeNull();
  }
  expect(passes.size).toBe(1);
});
