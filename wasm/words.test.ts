/** The rules of the word lists: what is said must be heard, typed and minded by nobody. */
import { describe, expect, test } from "bun:test";
import { newPassphrase, PASSPHRASE_WORDS, passphraseAsMade } from "./passphrase.ts";
import { ready } from "./sodium.ts";
import { GERMAN_WORDS } from "./words.de.ts";
import { ENGLISH_WORDS } from "./words.en.ts";
import { sasWords, WORD_COUNT, wordAt, wordList } from "./words.ts";

await ready();

/** Stems nobody should have to read aloud in a therapy hour: death, illness, violence, body, drugs, religion, politics. */
const NOT_IN_GERMAN =
  /tod|tot|leiche|grab|sarg|mord|blut|krieg|waff|kampf|gift|strick|galg|angst|krank|krebs|wahn|trauma|suizid|sucht|droge|alkohol|bier|wein|schnaps|pille|tablette|arzt|klinik|spital|nackt|sex|brust|busen|^fett|dick|dumm|mager|hass|gewalt|peitsch|messer|klinge|nadel|^gott|kirch|teufel|engel|kreuz$|bibel|partei|wahl|nazi|volk|mauer|schuld|strafe|opfer|mutter|vater|kind/i;

const NOT_IN_ENGLISH =
  /death|dead|die$|^graves?$|coffin|murder|blood|^war$|weapon|fight|^gun|bomb|poison|rope|fear|anxi|sick|^ill|cancer|trauma|suicid|addict|drug|^pills?$|beer|^wine|^rum$|vodka|doctor|clinic|hospital|naked|nude|sex|breast|cock|^ass|^fat|thin|dumb|hate|knife|needle|blade|^god|church|devil|angel|cross$|bible|party|nazi|^race|^wall$|guilt|victim|mother|father|child|baby/;

const LISTS = [
  { name: "German", words: GERMAN_WORDS, form: /^[A-Z][a-z]{2,8}$/, deny: NOT_IN_GERMAN, heard: inGerman },
  { name: "English", words: ENGLISH_WORDS, form: /^[a-z]{3,9}$/, deny: NOT_IN_ENGLISH, heard: inEnglish },
];

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
const GERMAN_SOUNDS: readonly [RegExp, string][] = [
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

/** Spellings that an English ear cannot tell apart, roughly. */
const ENGLISH_SOUNDS: readonly [RegExp, string][] = [
  [/ph/g, "f"],
  [/ck/g, "k"],
  [/wh|wr/g, "w"],
  [/kn/g, "n"],
  [/gh/g, ""],
  [/c([ei])/g, "s$1"],
  [/c/g, "k"],
  [/x/g, "ks"],
  [/qu/g, "kw"],
  [/z/g, "s"],
  [/ee|ea|ie|y/g, "i"],
  [/ou|oo/g, "u"],
  [/ai|ay/g, "ei"],
  [/(.)\1/g, "$1"],
];

function inGerman(word: string): string {
  return GERMAN_SOUNDS.reduce((text, [sound, as]) => text.replace(sound, as), word.toLowerCase());
}

function inEnglish(word: string): string {
  return ENGLISH_SOUNDS.reduce((text, [sound, as]) => text.replace(sound, as), word);
}

function pairs(words: readonly string[], unfit: (a: string, b: string) => boolean): string[] {
  return words.flatMap((a, i) =>
    words
      .slice(0, i)
      .filter((b) => unfit(a, b))
      .map((b) => `${a} ${b}`),
  );
}

/** SHA-256 of the words in one line. Pages of two versions must show the same words: a change here is a new list. */
const FROZEN: Readonly<Record<string, string>> = {
  German: "f66203f8fa65a858b8baba955170e7be3a206f5c4d9da3f7d09d24918188b293",
  English: "13173df6e4d75bb2638170e74a7918c7299292c1b8da67ecea794d0a8c68a7f1",
};

describe.each(LISTS)("[TP1 2.5] the $name list", ({ name, words, form, deny, heard }) => {
  test("is the one that pages already show", () => {
    expect(new Bun.CryptoHasher("sha256").update(words.join(" ")).digest("hex")).toBe(FROZEN[name] ?? "");
  });
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
  test("has no two words that sound alike or nearly", () => {
    expect(pairs(words.map(heard), (a, b) => distance(a, b) < 2)).toEqual([]);
  });
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

test("[TP1 2.10] a passphrase typed as a phone writes it is the passphrase as it was made", () => {
  const made = newPassphrase(GERMAN_WORDS);
  expect(passphraseAsMade(GERMAN_WORDS, `  ${made.toLowerCase().replaceAll(" ", "  ")} `)).toBe(made);
  expect(passphraseAsMade(GERMAN_WORDS, made)).toBe(made);
  const six = made.split(" ").slice(1).join(" ").toLowerCase();
  for (const other of [six, `${six} zzz`, `${made.toLowerCase()} x`, "  own  Password 12 "]) {
    expect(passphraseAsMade(GERMAN_WORDS, other)).toBe(other);
  }
});
