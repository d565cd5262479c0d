/** A part of the pages that does not come at once is asked for again, and not for ever. */
import { expect, test } from "bun:test";
import { fetched } from "./fetched.ts";

function part(failures: number) {
  const waited: number[] = [];
  let asked = 0;
  const load = async () => {
    asked += 1;
    if (asked <= failures) throw new Error(`try ${asked}`);
    return "here";
  };
  const wait = async (ms: number) => void waited.push(ms);
  return { come: () => fetched(load, wait), waited, asked: () => asked };
}

test("what comes is not asked for twice", async () => {
  const { come, asked } = part(0);
  expect(await come()).toBe("here");
  expect(asked()).toBe(1);
});

test("the network was away for a moment: asked again, with longer pauses", async () => {
  const { come, waited } = part(3);
  expect(await come()).toBe("here");
  expect(waited).toEqual([300, 1_000, 3_000]);
});

test("what never comes is a failure after four tries", async () => {
  const { come, asked } = part(9);
  expect(come()).rejects.toThrow("try 4");
  await come().catch(() => {});
  expect(asked()).toBeGreaterThanOrEqual(4);
});
