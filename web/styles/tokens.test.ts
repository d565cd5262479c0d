/** The table of look.md and its contrast rules, read from the style sheet itself. */
import { describe, expect, test } from "bun:test";

const css = await Bun.file(new URL("./tokens.css", import.meta.url)).text();

/** The hex tokens of the block that `selector` opens. */
function tokens(selector: string): Record<string, string> {
  const from = css.indexOf(`${selector} {`);
  if (from < 0) throw new Error(`no block ${selector}`);
  const block = css.slice(from, css.indexOf("\n  }", from));
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a = "", b = ""): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = ["ink", "quiet", "pine", "clay", "sage", "amber", "red"];
const SOFT = ["sage", "amber", "red", "pine", "clay"];

describe.each([
  ["light", "\n  :root"],
  ["dark", ':root[data-theme="dark"]'],
])("[look] %s tokens", (_name, selector) => {
  const t = tokens(selector);

  test("text reaches 4.5:1 on the page and on cards", () => {
    for (const word of TEXT)
      for (const ground of ["ground", "raised"])
        expect([word, ground, contrast(t[word], t[ground]) >= 4.5]).toEqual([word, ground, true]);
  });

  test("ink and the state's own colour reach 4.5:1 on the soft grounds", () => {
    for (const word of SOFT)
      for (const text of ["ink", word])
        expect([text, word, contrast(t[text], t[`${word}-soft`]) >= 4.5]).toEqual([text, word, true]);
  });

  test("text on pine, clay and red reaches 4.5:1", () => {
    for (const word of ["pine", "pine-hover", "clay", "clay-hover", "red", "red-hover"])
      expect([word, contrast(t["on-strong"], t[word]) >= 4.5]).toEqual([word, true]);
  });

  test("borders of fields reach 3:1", () => {
    for (const ground of ["ground", "raised"])
      expect(contrast(t.border, t[ground])).toBeGreaterThanOrEqual(3);
  });
});

test("[look] both ways to the dark theme have the same table", () => {
  expect(tokens(':root:not([data-theme="light"])')).toEqual(tokens(':root[data-theme="dark"]'));
});
