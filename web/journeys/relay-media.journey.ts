/** The relayed call's media alone, in real browsers through the real forwarding core: what a person sees, and what becomes of it. */
import type { Page } from "@playwright/test";
import { test as base, expect } from "@playwright/test";
import { type Hall, openHall } from "./relay/hall.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";

const test = base.extend<{ hall: Hall }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  hall: async ({}, use) => {
    const hall = await openHall();
    await use(hall);
    await hall.close();
  },
});

/** What the page's media counted of the picture in this slot. */
const shown = (page: Page, slot: number) =>
  page.evaluate(
    async (of) =>
      (await window.relay?.media.stats())?.down.pictures.find(({ slot: at }) => at === of) ?? null,
    slot,
  );

test("[A7, B3] two people see each other through the relay, small first, then at the height they ask for", async ({
  hall,
}) => {
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  await hall.everybodyLooks(180);
  await expectMovingPicture(host.page, "1 camera", CLIENT);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  expect(await shown(guest.page, 0)).toMatchObject({ stream: 1, width: 320, height: 180 });
  await hall.everybodyLooks(360);
  await expect.poll(() => shown(guest.page, 0)).toMatchObject({ stream: 2, width: 640, height: 360 });
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  await hall.everybodyLooks(180);
  await expect.poll(() => shown(guest.page, 0)).toMatchObject({ stream: 1, width: 320, height: 180 });
});

test("[A2] they hear each other, and whoever is mute is not heard", async ({ hall }) => {
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  const level = () =>
    host.page.evaluate(() => window.relay?.levels.find(({ slot }) => slot === 1)?.level ?? 0);
  await expect.poll(level).toBeGreaterThan(0.02);
  const played = await host.page.evaluate(async () => (await window.relay?.media.stats())?.down.sound[0]);
  expect(played?.slot).toBe(1);
  await guest.page.evaluate(() => window.relay?.mute(true));
  await expect.poll(level).toBeLessThan(0.001);
  await guest.page.evaluate(() => window.relay?.mute(false));
  await expect.poll(level).toBeGreaterThan(0.02);
});
