import { expect, test } from "bun:test";
import fc from "fast-check";
import { hex, utf8 } from "../../wire/bytes.ts";
import { hashOf, newVoucherCode, printed, readVoucherCode, type VoucherCode } from "./voucher.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const code = (text: string) => text as VoucherCode;

test("[LG5] a code has 16 characters of Crockford's base32, in four groups", () => {
  const made = newVoucherCode();
  expect(made).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  expect(printed(code("0123456789ABCDEF"))).toBe("0123-4567-89AB-CDEF");
});

test("[LG5] every character occurs about equally often at every place: 80 bits", () => {
  const counts = Array.from({ length: 16 }, () => new Map<string, number>());
  for (let n = 0; n < 6400; n++) {
    for (const [place, character] of [...newVoucherCode()].entries()) {
      counts[place]?.set(character, (counts[place]?.get(character) ?? 0) + 1);
    }
  }
  for (const place of counts) {
    expect([...place.keys()].sort().join("")).toBe(ALPHABET);
    // 200 are expected, with a standard deviation of 14: seven of them fail once in a billion runs
    for (const count of place.values()) expect(Math.abs(count - 200)).toBeLessThan(100);
  }
});

const separator = fc.constantFrom("", "", " ", "-", ".", "–", " - ", "\u00a0");
const typed = fc.array(fc.record({ n: fc.nat(31), between: separator, small: fc.boolean() }), {
  minLength: 16,
  maxLength: 16,
});

test("[LG5] what was printed is read back in any case and with anything between", () => {
  fc.assert(
    fc.property(typed, (characters) => {
      const plain = characters.map(({ n }) => ALPHABET.charAt(n)).join("");
      const text = characters
        .map(
          ({ n, between, small }) =>
            `${small ? ALPHABET.charAt(n).toLowerCase() : ALPHABET.charAt(n)}${between}`,
        )
        .join("");
      expect(readVoucherCode(text)).toBe(text.length <= 64 ? code(plain) : null);
    }),
  );
  const made = newVoucherCode();
  expect(readVoucherCode(printed(made))).toBe(made);
});

test("[LG5] O is read as 0, I and L as 1", () => {
  expect(readVoucherCode("oOiI-lL00-1111-ZZZZ")).toBe(code("001111001111ZZZZ"));
});

test.each([
  ["empty", ""],
  ["15 characters", "0123-4567-89AB-CDE"],
  ["17 characters", "0123-4567-89AB-CDEF-G"],
  ["a U", "0123-4567-89AB-CDEU"],
  ["an umlaut", "0123-4567-89AB-CDEÄ"],
  ["a letter that only upper case makes one of ours", "0123-4567-89AB-CDEſ"],
  ["a dotless i", "0123-4567-89AB-CDEı"],
  ["other digits", "0123-4567-89AB-CDE٣"],
  ["an underscore", "0123_4567_89AB_CDEF"],
  ["too much between", `0123-4567-89AB-CDEF${" ".repeat(46)}`],
])("[LG5] no code: %s", (_, text) => {
  expect(readVoucherCode(text)).toBeNull();
});

test("[LG5] a code with 45 spaces behind it is just read", () => {
  expect(readVoucherCode(`0123-4567-89AB-CDEF${" ".repeat(45)}`)).toBe(code("0123456789ABCDEF"));
});

test("[LG5] the hash is SHA-256 of the label and the normal form", async () => {
  const wanted = await crypto.subtle.digest("SHA-256", utf8("tpc voucher0123456789ABCDEF"));
  expect(hex(hashOf(code("0123456789ABCDEF")))).toBe(hex(new Uint8Array(wanted)));
});
