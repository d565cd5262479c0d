/** German is the source of truth: English has every key with the same arguments, and both keep to the product's voice. */
import { describe, expect, test } from "bun:test";
import { Glob } from "bun";
import { TP1Error } from "../../wasm/error.ts";
import { API_ERRORS, type ApiErrorCode } from "../../wire/errors.ts";
import { Refused } from "../vault/remote.ts";
import { sayError } from "./errors.ts";
import { remaining } from "./format.ts";
import { pickLanguage } from "./language.ts";

type Leaf = { path: string; value: unknown };

function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

async function dictionary(language: string, file: string): Promise<Leaf[]> {
  return leaves(await import(`./${language}/${file}`));
}

/** What a text says; one that takes words from outside is given some. */
const say = ({ value }: Leaf): string =>
  typeof value === "function"
    ? String(value(...Array.from({ length: value.length }, (_, at) => at + 2)))
    : String(value);

const files = [...new Glob("*.ts").scanSync(new URL("./de", import.meta.url).pathname)].sort();

test("every German dictionary has an English one and none is left over", () => {
  expect([...new Glob("*.ts").scanSync(new URL("./en", import.meta.url).pathname)].sort()).toEqual(files);
});

describe.each(files)("%s", (file) => {
  test("English has exactly the keys of German, with as many arguments", async () => {
    const shape = (all: Leaf[]) =>
      all
        .map(({ path, value }) => `${path} ${typeof value === "function" ? value.length : typeof value}`)
        .sort();
    expect(shape(await dictionary("en", file))).toEqual(shape(await dictionary("de", file)));
  });

  test("[look] no text is empty, shouts, or names a technique without its plain word", async () => {
    for (const language of ["de", "en"])
      for (const leaf of await dictionary(language, file)) {
        expect([language, leaf.path, say(leaf).trim() === ""]).toEqual([language, leaf.path, false]);
        expect([
          language,
          leaf.path,
          /!|\b(?:P2P|SFU|ICE|TURN|STUN|WebRTC|[Rr]elay|[Pp]eer)\b/.exec(say(leaf))?.[0],
        ]).toEqual([language, leaf.path, undefined]);
      }
  });
});

describe("[look] errors", () => {
  test("every code of the API has a sentence of its own", () => {
    const said = (Object.keys(API_ERRORS) as ApiErrorCode[]).map((code) => sayError(new Refused(code)));
    expect(new Set(said).size).toBe(said.length);
    for (const sentence of said) expect(sentence).toEndWith(".");
  });

  test("what is wrong depends on what was asked for", () => {
    const said = (["login", "password", "recovery"] as const).map((proof) =>
      sayError(new Refused("login.wrong"), proof),
    );
    expect(new Set(said).size).toBe(3);
  });

  test("says how long to wait, and takes what it does not know for its own mistake", () => {
    expect(sayError(new Refused("login.slow-down", { retryAfterSeconds: 42 }))).toContain("42 Sekunden");
    expect(sayError(new Refused("voucher.slow-down", { retryAfterSeconds: 841 }))).toContain("15 Minuten");
    expect(sayError(new TypeError("secret"))).toBe(sayError(new Refused("server.bug")));
    expect(sayError(new TP1Error("key"))).toBe(sayError(new Refused("login.wrong"), "password"));
  });
});

describe("language", () => {
  test("asked for, chosen before, preferred by the browser, else German", () => {
    expect(pickLanguage("?lang=en", "de", ["de"])).toBe("en");
    expect(pickLanguage("?lang=fr", "en", ["de"])).toBe("en");
    expect(pickLanguage("", null, ["fr-FR", "en-US", "de"])).toBe("en");
    expect(pickLanguage("", "klingon", ["fr"])).toBe("de");
  });
});

test("what is left is said in hours above one, a started minute counts, nothing below zero", () => {
  const minute = 60_000;
  expect(
    [120 * minute, 113 * minute + 1, 60 * minute, 60 * minute - 1, 59 * minute, 1, 0, -5].map(remaining),
  ).toEqual(["2:00 h", "1:54 h", "1:00 h", "1:00 h", "59 min", "1 min", "0 min", "0 min"]);
});
