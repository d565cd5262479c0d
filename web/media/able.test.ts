/** What a browser without codecs is told (media.md decision 11): here there are none, as in a browser that has been left behind. */
import { expect, test } from "bun:test";
import { able, isUnable } from "./able.ts";

test("[media 11] a browser without WebCodecs and Web Audio can neither send nor receive, and is not waited for", async () => {
  const found = await able();
  expect(found).toEqual({
    send: { picture: false, sound: false },
    receive: { picture: false, sound: false },
  });
  expect(isUnable(found)).toBe(true);
});

test("[media 11] sound alone is a call", () => {
  const silentPicture = { picture: false, sound: true };
  expect(isUnable({ send: silentPicture, receive: silentPicture })).toBe(false);
  expect(isUnable({ send: { picture: false, sound: false }, receive: silentPicture })).toBe(false);
});
