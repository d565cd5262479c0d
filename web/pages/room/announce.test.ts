/** What a screen reader is told of a room: each change once, many of a kind in one sentence, nothing of what was over before it was told. */
import { expect, test } from "bun:test";
import { byEar as de } from "../../i18n/de/by-ear.ts";
import { changesIn, type Heard, PACE_MS, type RoomFacts, waitFor } from "./announce.ts";

const anna: Heard = { slot: 1, name: "Anna", mic: true, hand: false, screen: false };
const bo: Heard = { ...anna, slot: 2, name: "Bo" };
const EMPTY: RoomFacts = { people: [], muted: false, sharing: false, unread: 0 };
const list = new Intl.ListFormat("de");
const say = (before: Partial<RoomFacts>, now: Partial<RoomFacts>) =>
  changesIn({ ...EMPTY, ...before }, { ...EMPTY, ...now }, de.said, (names) => list.format(names));

test("nothing changed, nothing said", () => {
  expect(say({ people: [anna] }, { people: [{ ...anna }] })).toBe("");
});

test("who comes and who goes, by name", () => {
  expect(say({}, { people: [anna] })).toBe("Anna ist jetzt dabei.");
  expect(say({ people: [bo] }, { people: [anna, { ...anna, slot: 3, name: "Cem" }] })).toBe(
    "Anna und Cem sind jetzt dabei. Bo ist gegangen.",
  );
});

test("nine at once are one sentence with their number", () => {
  const many = Array.from({ length: 9 }, (_, slot) => ({ ...anna, slot }));
  expect(say({}, { people: many })).toBe("9 Personen sind jetzt dabei.");
});

test("hands, screens and microphones of those who were there; whoever comes in muted is only told to be there", () => {
  expect(say({ people: [anna] }, { people: [{ ...anna, hand: true }] })).toBe("Anna hebt die Hand.");
  expect(say({ people: [anna] }, { people: [{ ...anna, screen: true }] })).toBe(
    "Anna zeigt einen Bildschirm.",
  );
  expect(say({ people: [anna, bo] }, { people: [anna, bo].map((each) => ({ ...each, mic: false })) })).toBe(
    "Anna und Bo sind jetzt stumm.",
  );
  expect(say({}, { people: [{ ...anna, mic: false }] })).toBe("Anna ist jetzt dabei.");
});

test("a hand that goes down is seen, not told", () => {
  expect(say({ people: [{ ...anna, hand: true }] }, { people: [anna] })).toBe("");
});

test("the own microphone and screen", () => {
  expect(say({}, { muted: true })).toBe("Ihr Mikrofon ist aus.");
  expect(say({ muted: true }, {})).toBe("Ihr Mikrofon ist an.");
  expect(say({}, { sharing: true })).toBe("Sie teilen Ihren Bildschirm.");
});

test("a message that came is told with how many there are; reading them is not", () => {
  expect(say({}, { unread: 1 })).toBe("1 neue Nachricht.");
  expect(say({ unread: 1 }, { unread: 3 })).toBe("3 neue Nachrichten.");
  expect(say({ unread: 3 }, {})).toBe("");
});

test("sentences keep their distance, and the first waits a moment for what belongs to it", () => {
  expect(waitFor(Number.NEGATIVE_INFINITY, 0)).toBe(300);
  expect(waitFor(1_000, 1_100)).toBe(PACE_MS - 100);
  expect(waitFor(1_000, 60_000)).toBe(300);
});
