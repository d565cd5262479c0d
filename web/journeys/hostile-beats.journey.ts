/** A server that keeps everything sealed from one client of a group, the new epoch and the therapist's beats (A3): it stops sending by itself
 * before anybody who was sent out could go on listening for long, and comes back by itself. */
import { HOST_SLOT } from "../../wasm/roster.ts";
import { FrameReader } from "../../wasm/testing/reader.ts";
import { expectHeard, expectPerson } from "./group.ts";
import type { Message } from "./liar.ts";
import { ADA, groupWithInsider, takesInsiderOut } from "./middle/group.ts";
import { test } from "./middle/middle.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect } from "./stage.ts";

/** Sound comes every 20 to 60 ms: after so long without any frame nothing is sent. */
const SILENT_MS = 1_500;

test("hostile-beats: epoch and beats withheld from one client: it stops sending, who was sent out opens nothing newer, and it comes back by itself", async ({
  middle,
  product,
  therapist,
  client,
}) => {
  // half a minute on an idle machine
  test.slow();
  const insider = await groupWithInsider([therapist, client], {
    user: "praxis-boese-stille",
    origin: product.origin,
  });
  await expectHeard(therapist.page, CLIENT);
  const held: Message[] = [];
  middle.lieInSignaling = ({ message, slot, towards }) => {
    if (slot !== ADA || towards !== "page" || message.t !== "relay") return [message];
    held.push(message);
    return [];
  };
  await takesInsiderOut(therapist.page);
  await expect.poll(() => insider.bye).toBe("removed");
  const reader = new FrameReader(insider.epochs);
  const opens = (slot: number, from: number) =>
    middle.sent(slot).filter(({ n, item }) => n >= from && reader.read(item) !== null).length;

  // this is what stop-send is for: the server has kept Ada under the epoch that the insider holds
  const takenOutAt = middle.carried.length;
  await expect.poll(() => opens(ADA, takenOutAt)).toBeGreaterThan(0);
  await expect
    .poll(
      async () => {
        const before = middle.sent(ADA).length;
        await client.page.waitForTimeout(SILENT_MS);
        return middle.sent(ADA).length - before;
      },
      { message: "Ada stops sending", timeout: 25_000, intervals: [0] },
    )
    .toBe(0);
  expect(held.length).toBeGreaterThan(0);
  const stoppedAt = middle.carried.length;
  // the therapist has gone on, under a key that only who is in has
  expect(middle.sent(HOST_SLOT).some(({ n }) => n > takenOutAt)).toBe(true);
  const switchedAt = middle.sent(HOST_SLOT).findLast(({ item }) => reader.read(item) !== null)?.n ?? 0;
  expect(switchedAt).toBeLessThan(takenOutAt + 200);

  middle.lieInSignaling = null;
  for (const message of held) middle.saySignal(ADA, message);
  await expectPerson(therapist.page, ADA, CLIENT);
  await expectHeard(therapist.page, CLIENT);
  await expectPerson(client.page, HOST_SLOT, THERAPIST);
  expect(middle.sent(ADA).filter(({ n }) => n > stoppedAt).length).toBeGreaterThan(50);
  expect(opens(ADA, stoppedAt)).toBe(0);
  insider.close();
});
