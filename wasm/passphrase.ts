/** The generated passphrase: the default of a new account, because a stolen database can be guessed at offline. */
import { type Random, randomBytes, wipe } from "./sodium.ts";
import { WORD_COUNT, type WordList, wordAt } from "./words.ts";

/** Seven words of ten bits = 70 bits. Higher: nobody types it. Lower: Argon2id alone must hold against a stolen database. */
export const PASSPHRASE_WORDS = 7;

/** Seven words chosen uniformly, with single spaces between. */
export function newPassphrase(list: WordList, random: Random = randomBytes): string {
  const bytes = random(PASSPHRASE_WORDS * 2);
  const words = Array.from({ length: PASSPHRASE_WORDS }, (_, i) => wordAt(list, numberAt(bytes, i)));
  wipe(bytes);
  return words.join(" ");
}

/** Ten of sixteen bits: 1024 divides 65536, so every word is as likely as any other. */
function numberAt(bytes: Uint8Array, i: number): number {
  return (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)) % WORD_COUNT;
}

/** What is typed where a passphrase is asked for, as it was made: seven words of the list get their capitals and single spaces
 * back, because phones change both. Any other text comes back as it is. */
export function passphraseAsMade(list: WordList, typed: string): string {
  const words = typed.normalize("NFKC").trim().split(/\s+/);
  if (words.length !== PASSPHRASE_WORDS) return typed;
  const made = words.map((word) => list.find((listed) => listed.toLowerCase() === word.toLowerCase()));
  return made.every((word) => word !== undefined) ? made.join(" ") : typed;
}
