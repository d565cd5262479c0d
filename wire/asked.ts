/** What a practice may want to know before somebody comes in (R3, A3, R16), and what is answered. It travels in the sealed channel
 * alone; bounded here for both sides. */
import { bin, flag, map, nullable, type Read, text, uint } from "./shape.ts";

/** What one field may hold, UTF-16 units. Higher: a card no longer fits a phone. Lower: a long address is cut. */
export const TOLD_MAX = { name: 64, place: 160, phone: 40, contact: 160 } as const;
/** Two pages of small print. Higher: it outgrows a sealed message with wide letters. Lower: a careful text does not fit. */
export const CONSENT_TEXT_MAX = 8_000;
/** A practice that writes a new text every day has them for 27 years. */
export const CONSENT_VERSION_MAX = 9_999;

/** Where somebody is today, under which number, and whom to call if something happens (A3). */
const card = map({
  place: text(TOLD_MAX.place),
  phone: text(TOLD_MAX.phone),
  contact: text(TOLD_MAX.contact),
});
export type SafetyCard = Read<typeof card>;

const version = uint(CONSENT_VERSION_MAX);
/** `must`: without it nobody comes in. */
const consentText = map({ version, text: text(CONSENT_TEXT_MAX), must: flag });
export type ConsentText = Read<typeof consentText>;

/** `again`: was in this call a moment ago; the page answers what it still knows, and troubles nobody. */
export const askFields = { name: flag, card: flag, consent: nullable(consentText), again: flag };
export const toldFields = {
  name: nullable(text(TOLD_MAX.name)),
  card: nullable(card),
  consent: nullable(map({ version, accepted: flag })),
};
const ask = map(askFields);
const told = map(toldFields);
export type Ask = Read<typeof ask>;
export type Told = Read<typeof told>;

/** What an answer to a consent text was: which text by its SHA-256, when, and when it was taken back. Unix milliseconds. */
export const consentAnswer = map({
  version,
  hash: bin(32),
  at: uint(Number.MAX_SAFE_INTEGER),
  accepted: flag,
  revokedAt: nullable(uint(Number.MAX_SAFE_INTEGER)),
});
export type ConsentAnswer = Read<typeof consentAnswer>;

/** As it is kept and shown: in one line, without what could turn other text around. */
export function tidy(typed: string): string {
  return typed
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}
