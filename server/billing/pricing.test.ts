import { expect, test } from "bun:test";
import { hex } from "../../wire/bytes.ts";
import { type CallId, newId } from "../../wire/ids.ts";
import { keyOfCall } from "./pricing.ts";

test("[LG6] the key of a call's entries is a hash of 32 bytes, its own for each call, and nothing of the id stands in it", () => {
  const [one, two] = [newId<CallId>(), newId<CallId>()];
  const key = hex(keyOfCall(one));
  expect(key).toHaveLength(64);
  expect(key).toBe(hex(keyOfCall(one)));
  expect(key).not.toBe(hex(keyOfCall(two)));
  expect(key).not.toContain(one);
});
