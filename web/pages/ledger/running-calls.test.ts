/** What is being metered is asked for now and then; a server that is away changes nothing. */
import { expect, test } from "bun:test";
import type { RoomId } from "../../../wire/ids.ts";
import type { RunningCall } from "../../../wire/ledger.ts";
import { startedMinutes, watchRunning } from "./running-calls.ts";

const call = (single: number, group = 0): RunningCall => ({
  room: "room" as RoomId,
  lengths: { single, group },
  counting: "single",
});

/** A timer wound by hand, and a server that answers or does not. */
function stage() {
  const rings: (() => void)[] = [];
  const told: number[] = [];
  let answer: () => Promise<readonly RunningCall[]> = async () => [];
  let asked = 0;
  const ask = () => {
    asked++;
    return answer();
  };
  const stop = watchRunning(
    ask,
    (calls) => told.push(...calls.map(startedMinutes)),
    (work) => {
      rings.push(work);
      return () => rings.splice(0);
    },
  );
  const ring = async () => {
    for (const work of rings) work();
    await Bun.sleep(0);
  };
  return { told, ring, stop, asked: () => asked, says: (next: typeof answer) => (answer = next) };
}

test("tells each answer, keeps quiet while the server is away, goes on when it is back", async () => {
  const { told, ring, says } = stage();
  await ring();
  says(async () => [call(90_000)]);
  await ring();
  says(() => Promise.reject(new Error("away")));
  await ring();
  says(async () => [call(190_000)]);
  await ring();
  expect(told).toEqual([2, 4]);
});

test("does not ask again while it waits for an answer, and tells nothing after its end", async () => {
  const { told, ring, stop, asked, says } = stage();
  await ring();
  let come: (calls: readonly RunningCall[]) => void = () => undefined;
  says(() => new Promise((resolve) => (come = resolve)));
  const before = asked();
  await ring();
  await ring();
  expect(asked()).toBe(before + 1);
  stop();
  come([call(1)]);
  await ring();
  expect(told).toEqual([]);
});

test("[BM4] a started minute of each kind counts", () => {
  expect([call(0), call(1), call(60_000), call(60_001), call(1, 1)].map(startedMinutes)).toEqual([
    0, 1, 1, 2, 2,
  ]);
});
