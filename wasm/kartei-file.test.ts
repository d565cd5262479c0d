/** The sealed file of the Kartei against other passphrases, changed bytes, and files that are none of ours. */
import { beforeAll, describe, expect, test } from "bun:test";
import { utf8 } from "../wire/bytes.ts";
import { dice, FUZZ_SEEDS, fuzzSteps, junk } from "../wire/junk.testing.ts";
import { foldUserName } from "../wire/names.ts";
import {
  FILE_BYTES_MAX,
  FILE_USER,
  isSealedFile,
  newFileHead,
  openFile,
  readFileHead,
  saltOf,
  sealFile,
} from "./kartei-file.ts";
import { passwordKeys } from "./password.ts";
import { randomBytes, ready } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";

beforeAll(ready);

describe("[TP1 2.10] the file of the Kartei", () => {
  test("opens with its key, and only with it", () => {
    const [key, other] = [randomBytes(32), randomBytes(32)];
    const file = sealFile(key, newFileHead(), utf8("Sommer 12"));
    expect(openFile(key, file)).toEqual(utf8("Sommer 12"));
    expect(reasonOf(() => openFile(other, file))).toBe("key");
    expect(isSealedFile(file)).toBe(true);
  });

  test("one changed byte anywhere, a cut, an appended byte: refused", () => {
    const key = randomBytes(32);
    const file = sealFile(key, newFileHead(), utf8("Sommer 12"));
    for (let bit = 0; bit < 8 * file.length; bit += 3)
      expect(["format", "version", "key", "sealed"]).toContain(
        reasonOf(() => openFile(key, flipped(file, bit))),
      );
    for (let length = 0; length < file.length; length++)
      expect(["format", "sealed"]).toContain(reasonOf(() => openFile(key, file.subarray(0, length))));
    expect(reasonOf(() => openFile(key, Uint8Array.of(...file, 0)))).toBe("sealed");
  });

  test("a later version is told apart from a foreign file; the largest size is", () => {
    const file = sealFile(randomBytes(32), newFileHead(), new Uint8Array());
    expect(reasonOf(() => readFileHead(flipped(file, 64)))).toBe("version");
    expect(reasonOf(() => readFileHead(utf8("ID;Name\nK-1;Anna\n".repeat(9))))).toBe("format");
    expect(reasonOf(() => readFileHead(new Uint8Array(FILE_BYTES_MAX + 1)))).toBe("size");
    expect(reasonOf(() => sealFile(randomBytes(32), newFileHead(), new Uint8Array(FILE_BYTES_MAX)))).toBe(
      "size",
    );
  });

  test("no account can have the same key: the name in the salt is none, and each file has its own salt", () => {
    expect(foldUserName(FILE_USER)).toBeNull();
    expect(saltOf(newFileHead())).not.toEqual(saltOf(newFileHead()));
    const cost = { passes: 3, memoryBytes: 64 * 1024 * 1024 };
    const salt = saltOf(newFileHead());
    const keys = (name: typeof FILE_USER) => passwordKeys("sieben Wörter", name, salt, cost).kek;
    expect(keys(FILE_USER)).not.toEqual(keys("client-file" as typeof FILE_USER));
  });

  test.each(FUZZ_SEEDS)("[bad input] junk opens nowhere and says why (FUZZ_SEED=%d)", (seed) => {
    const [roll, key] = [dice(seed), randomBytes(32)];
    const good = [sealFile(key, newFileHead(), utf8("eins")), sealFile(key, newFileHead(), utf8("zwei"))];
    for (let step = fuzzSteps(400); step > 0; step--) {
      const bytes = junk(roll, good);
      if (good.some((file) => Buffer.from(file).equals(bytes))) continue;
      expect(["format", "version", "key", "sealed", "size"]).toContain(reasonOf(() => openFile(key, bytes)));
    }
  });
});
