/** One at a time, in order, whatever fails, and with a limit. */
import { expect, test } from "bun:test";
import { StoreBusy } from "./errors.ts";
import { createMutex, WRITES_WAITING_MAX } from "./mutex.ts";

test("work runs one after the other in the order asked for, also past a failure", async () => {
  const alone = createMutex();
  const seen: string[] = [];
  const work = (name: string, fails = false) =>
    alone(async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const answers = await Promise.allSettled([work("a"), work("b", true), work("c")]);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(answers.map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test(`${WRITES_WAITING_MAX} may wait, the next is refused, and after they are through there is room again`, async () => {
  const alone = createMutex();
  const gate = Promise.withResolvers<void>();
  const waiting = Array.from({ length: WRITES_WAITING_MAX }, () => alone(() => gate.promise));
  await expect(alone(async () => "late")).rejects.toBeInstanceOf(StoreBusy);
  gate.resolve();
  await Promise.all(waiting);
  expect(await alone(async () => "again")).toBe("again");
});
