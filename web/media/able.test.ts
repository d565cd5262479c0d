/** What a browser without codecs is told (media.md decision 11): here there are none, as in a browser that has been left behind. */
import { expect, test } from "bun:test";
import { able, type Lack, lackOf } from "./able.ts";

test("[media 11] a browser without WebCodecs and Web Audio can neither send nor receive, and is not waited for", async () => {
  const found = await able();
  expect(found).toEqual({
    send: { picture: false, sound: false },
    receive: { picture: false, sound: false },
  });
  expect(lackOf(found)).toBe("all");
});

test.each<[send: boolean, receive: boolean, lack: Lack | null]>([
  [true, true, null],
  [false, true, "unseen"],
  [true, false, "unseeing"],
  [false, false, "pictures"],
])("[media 11] with sound, sending pictures %p and receiving them %p: %p", (send, receive, lack) => {
  const found = { send: { picture: send, sound: true }, receive: { picture: receive, sound: true } };
  expect(lackOf(found)).toBe(lack);
});

test("[media 11] sound alone is a call, a picture alone is none", () => {
  const sound = { picture: false, sound: true };
  const picture = { picture: true, sound: false };
  expect(lackOf({ send: { picture: false, sound: false }, receive: sound })).toBe("pictures");
  expect(lackOf({ send: picture, receive: picture })).toBe("all");
});
