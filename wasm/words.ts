/** Lists of 1024 words, ten bits each: four of them compare a handshake, seven make a passphrase. */
import type { Sas } from "./handshake.ts";

export const WORD_COUNT = 1024;

/** Exactly 1024 words; the place of a word is its number. */
export type WordList = readonly string[] & { readonly list: "words" };

/** The list in a text with white space between the words. Throws `RangeError` unless there are 1024. */
export function wordList(text: string): WordList {
  const words = text.trim().split(/\s+/);
  if (words.length !== WORD_COUNT) throw new RangeError("a word list has 1024 words");
  return words as readonly string[] as WordList;
}

/** Word `n` of the list. Throws `RangeError` unless 0 ≤ n < 1024. */
export function wordAt(list: WordList, n: number): string {
  const word = list[n];
  if (word === undefined) throw new RangeError("not a place in the list");
  return word;
}

/** The four words of a handshake ("Vier Wörter"), to be read aloud on both sides. */
export function sasWords(sas: Sas, list: WordList): string[] {
  return sas.map((n) => wordAt(list, n));
}
