/** Every failure of the driver becomes one of our words, and none of its texts gets out. */
import { expect, test } from "bun:test";
import { Conflict, StoreAway, StoreBroken, StoreBusy, StoreFull, storeError } from "./errors.ts";

const wrapped = (code: string, extendedCode?: string) =>
  new Error("Failed query: insert into practices values ('anna')", {
    cause: Object.assign(new Error("SQLITE: anna"), { code, ...(extendedCode ? { extendedCode } : {}) }),
  });

test.each([
  ["SQLITE_BUSY", StoreBusy],
  ["SQLITE_BUSY_SNAPSHOT", StoreBusy],
  ["SQLITE_LOCKED", StoreBusy],
  ["SERVER_ERROR", StoreAway],
  ["HRANA_CLOSED_ERROR", StoreAway],
  ["ECONNREFUSED", StoreAway],
  ["ConnectionRefused", StoreAway],
  ["CLIENT_CLOSED", StoreAway],
  ["SQLITE_FULL", StoreFull],
  ["SQLITE_IOERR_WRITE", StoreFull],
  ["ENOSPC", StoreFull],
  ["SQLITE_READONLY", StoreFull],
  ["SQLITE_CONSTRAINT_UNIQUE", Conflict],
  ["SQLITE_CONSTRAINT", Conflict],
  ["SQLITE_CORRUPT", StoreBroken],
])("%s is one of our errors, whatever wraps it", (code, kind) => {
  for (const error of [wrapped(code), Object.assign(new Error("bare"), { code }), wrapped("SQLITE", code)]) {
    const ours = storeError(error) as Error;
    expect(ours.constructor).toBe(kind);
    expect(ours.message).not.toContain("anna");
    expect(ours.cause).toBeUndefined();
  }
});

test("a bug in the caller's work stays what it is; our own errors too", () => {
  const bug = new TypeError("x is not a function");
  expect(storeError(bug)).toBe(bug);
  const broken = new StoreBroken("SQLITE_CORRUPT");
  expect(storeError(broken)).toBe(broken);
});

test("a code that is no word is not passed on", () => {
  expect(storeError({ code: "anna's note" })).toMatchObject({ code: "UNKNOWN" });
});

test("a ring of causes ends", () => {
  const ring: { code: string; cause?: unknown } = { code: "NOT_OURS" };
  ring.cause = ring;
  expect(storeError(ring)).toMatchObject({ code: "NOT_OURS" });
});
