/** The rules of the word lists: what is said must be heard, typed and minded by nobody. */
import { describe, expect, test } from "bun:test";
import { newPassphrase, PASSPHRASE_WORDS } from "./passphrase.ts";
import { ready } from "./sodium.ts";
import { GERMAN_WORDS } from "./words.de.ts";
import { sasWords, WORD_COUNT, wordAt, wordList } from "./words.ts";

await ready();

/** Stems nobody should have to read aloud in a therapy hour: death, illness, violence, body, drugs, religion, politics. */
const NOT_IN_GERMAN =
  /tod|tot|leiche|grab|sarg|mord|blut|krieg|waff|kampf|gift|strick|galg|angst|krank|krebs|wahn|trauma|suizid|sucht|droge|alkohol|bier|wein|schnaps|pille|tablette|arzt|klinik|spital|nackt|sex|brust|busen|^fett|dick|dumm|mager|hass|gewalt|peitsch|messer|klinge|nadel|^gott|kirch|teufel|engel|kreuz$|bibel|partei|wahl|nazi|volk|mauer|schuld|strafe|opfer|mutter|vater|kind/i;

const LISTS = [{ name: "German", words: GERMAN_WORDS, form: /^[A-Z][a-z]{2,8}$/, deny: NOT_IN_GERMAN }];

/** Levenshtein distance, exact up to 2 and "more" beyond. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** What a German ear keeps of a word: b and p, d and t, g and k, v, f and w, long and short vowels sound alike to it. */
const SOUNDS: readonly [RegExp, string][] = [
  [/sch/g, "1"],
  [/ch/g, "2"],
  [/ph|v|w/g, "f"],
  [/th|d/g, "t"],
  [/rh/g, "r"],
  [/qu/g, "kf"],
  [/ck|c|g/g, "k"],
  [/tz/g, "z"],
  [/x/g, "ks"],
  [/y/g, "i"],
  [/ai/g, "ei"],
  [/ie/g, "i"],
  [/([aeiou])h/g, "$1"],
  [/(.)\1/g, "$1"],
  [/b/g, "p"],
];

function heard(word: string): string {
  return SOUNDS.reduce((text, [sound, as]) => text.replace(sound, as), word.toLowerCase());
}

function pairs(words: readonly string[], unfit: (a: string, b: string) => boolean): string[] {
  return words.flatMap((a, i) =>
    words
      .slice(0, i)
      .filter((b) => unfit(a, b))
      .map((b) => `${a} ${b}`),
  );
}

describe.each(LISTS)("[TP1 2.5] the $name list", ({ words, form, deny }) => {
  test("has 1024 different words in order", () => {
    expect(words.length).toBe(WORD_COUNT);
    expect(new Set(words).size).toBe(WORD_COUNT);
    expect([...words].sort()).toEqual([...words]);
  });
  test("has words of three to nine plain letters", () => {
    expect(words.filter((word) => !form.test(word))).toEqual([]);
  });
  test("has no word that a therapy hour would mind", () => {
    expect(words.filter((word) => deny.test(word))).toEqual([]);
  });
  test("shows one wrong letter: every two words differ in two", () => {
    const lower = words.map((word) => word.toLowerCase());
    expect(pairs(lower, (a, b) => distance(a, b) < 2)).toEqual([]);
  });
  test("has no word that begins another: no singular beside its plural", () => {
    const lower = words.map((word) => word.toLowerCase());
    expect(pairs(lower, (a, b) => a.startsWith(b) || b.startsWith(a))).toEqual([]);
  });
});

test("[TP1 2.5] no two German words sound alike", () => {
  const sounds = GERMAN_WORDS.map(heard);
  expect(pairs(sounds, (a, b) => distance(a, b) < 2)).toEqual([]);
});

test("[TP1 2.5] four numbers give four words", () => {
  expect(sasWords([0, 1, 1022, 1023], GERMAN_WORDS)).toEqual(["Abakus", "Abend", "Zylinder", "Zypresse"]);
  expect(() => wordAt(GERMAN_WORDS, 1024)).toThrow(RangeError);
  expect(() => wordList("zu wenige Worte")).toThrow(RangeError);
});

test("[TP1 2.10] a passphrase takes seven words from the whole list, all alike", () => {
  expect(newPassphrase(GERMAN_WORDS).split(" ")).toHaveLength(PASSPHRASE_WORDS);
  const edges = (n: number) => () => new Uint8Array([0, 0, 3, 255, 4, 0, 255, 255, 0, 1, 252, 0, n >> 8, n]);
  const [first, last] = [wordAt(GERMAN_WORDS, 0), wordAt(GERMAN_WORDS, 1023)];
  const words = newPassphrase(GERMAN_WORDS, edges(512)).split(" ");
  expect(words.slice(0, 4)).toEqual([first, last, first, last]);
  expect(words.slice(4)).toEqual([wordAt(GERMAN_WORDS, 1), first, wordAt(GERMAN_WORDS, 512)]);
});

test("[TP1 2.10] passphrases do not repeat", () => {
  const many = Array.from({ length: 1000 }, () => newPassphrase(GERMAN_WORDS));
  expect(new Set(many).size).toBe(1000);
  expect(new Set(many.flatMap((text) => text.split(" "))).size).toBeGreaterThan(1000);
});
