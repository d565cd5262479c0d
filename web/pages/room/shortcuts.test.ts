/** Keys of the room: each does one thing, and none is taken from whoever types, holds another key, or is in a menu. */
import { expect, test } from "bun:test";
import { actOf, KEYS, pressedBy } from "./shortcuts.ts";

const press = (key: string, other: Partial<Parameters<typeof actOf>[0]> = {}) =>
  actOf({ key, held: false, repeat: false, taken: false, ...other });

test("each key has one meaning, written small or large", () => {
  expect(new Set(Object.values(KEYS)).size).toBe(Object.keys(KEYS).length);
  expect(["m", "c", "h", "t", "s", "f", "?"].map((key) => press(key))).toEqual([
    "mic",
    "camera",
    "hand",
    "chat",
    "screen",
    "full",
    "help",
  ]);
  expect(press("M")).toBe("mic");
  expect(press("x")).toBeNull();
});

test("[WCAG 2.1.4] a key held down, one with another, and one that somebody types do nothing", () => {
  expect(press("m", { held: true })).toBeNull();
  expect(press("m", { repeat: true })).toBeNull();
  expect(press("m", { taken: true })).toBeNull();
});

const event = { key: "m", ctrlKey: false, altKey: false, metaKey: false, repeat: false, isComposing: false };
const on = (tag: string) => ({ closest: (list: string) => (list.includes(tag) ? ({} as Element) : null) });

test.each(["input", "textarea", "select", "[contenteditable]", "[role=menu]", "[role=dialog]"])(
  "letters belong to %s",
  (tag) => {
    expect(pressedBy(event, on(tag), false).taken).toBe(true);
  },
);

test("the page that stands before a covered call gets no key", () => {
  expect(pressedBy(event, null, true).taken).toBe(true);
  expect(pressedBy(event, on("button"), false).taken).toBe(false);
});

test.each(["ctrlKey", "altKey", "metaKey", "isComposing"] as const)("%s means something else", (held) => {
  expect(pressedBy({ ...event, [held]: true }, null, false).held).toBe(true);
});
