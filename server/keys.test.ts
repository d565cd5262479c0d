/** The key file: made once, readable by its owner only, the same keys after every start. */
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyFileError, loadKeys } from "./keys.ts";

const folder = mkdtempSync(join(tmpdir(), "keys-"));
const path = join(folder, "server.key");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("[TP1 2.10] made at first start with 0600, then read again; no draft is left", () => {
  const first = loadKeys(folder);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["server.key"]);
  expect(loadKeys(folder)).toEqual(first);
});

test("every use has a key of its own, none is the file", () => {
  const keys = Object.values(loadKeys(folder)).map((key) => Buffer.from(key).toString("hex"));
  keys.push(readFileSync(path).toString("hex"));
  expect(new Set(keys).size).toBe(6);
  expect(keys.every((key) => key.length === 64)).toBe(true);
});

test.each([0, 31, 33])("a file of %i bytes is refused with a sentence and left as it is", (length) => {
  writeFileSync(path, new Uint8Array(length));
  expect(() => loadKeys(folder)).toThrow(KeyFileError);
  expect(readFileSync(path).length).toBe(length);
});
