/** The relayed call's media alone, in real browsers through the real forwarding core: what a person sees, and what becomes of it. */
import type { Page } from "@playwright/test";
import { test as base, expect } from "@playwright/test";
import { type Hall, openHall } from "./relay/hall.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";

const test = base.extend<{ hall: Hall; quicHall: Hall }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  hall: async ({}, use) => {
    const hall = await openHall();
    await use(hall);
    await hall.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  quicHall: async ({}, use) => {
    const hall = await openHall("quic");
    await use(hall);
    await hall.close();
  },
});

/** Which way this page's sessions go now. */
const wayOf = (page: Page) => page.evaluate(() => window.relay?.states.at(-1)?.way);

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

test("[A5] a new epoch costs no picture", async ({ hall }) => {
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  await hall.everybodyLooks(180);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  const before = await shown(guest.page, 0);
  await hall.post("/next-epoch");
  await guest.page.evaluate(() => window.relay?.epoch());
  await host.page.evaluate(() => window.relay?.epoch());
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  await expectMovingPicture(host.page, "1 camera", CLIENT);
  expect((await shown(guest.page, 0))?.restarts).toBe(0);
  expect((await shown(guest.page, 0))?.keysAsked).toBe(before?.keysAsked ?? 0);
});

test("[A3] stop-send: nothing comes while it lasts, and everything after it", async ({ hall }) => {
  await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  const host = hall.people[0]?.page;
  await hall.everybodyLooks(180);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  await host?.evaluate(() => window.relay?.media.allow(false));
  const came = async () => (await shown(guest.page, 0))?.received ?? 0;
  let last = -1;
  const isStill = async () => {
    const before = last;
    last = await came();
    return last === before;
  };
  await expect.poll(isStill).toBe(true);
  await host?.evaluate(() => window.relay?.media.allow(true));
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
});

test("[B6] the server is killed and comes back: so do sound and picture, without a word from the page", async ({
  hall,
}) => {
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  await hall.everybodyLooks(180);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  await hall.kill();
  await expect.poll(() => guest.page.evaluate(() => window.relay?.states.at(-1)?.line)).toBe("lost");
  await hall.start();
  await expect.poll(() => guest.page.evaluate(() => window.relay?.states.at(-1)?.line)).toBe("open");
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  await expectMovingPicture(host.page, "1 camera", CLIENT);
  const level = () => host.page.evaluate(() => window.relay?.levels.find(({ slot }) => slot === 1)?.level);
  await expect.poll(level).toBeGreaterThan(0.02);
});

test("[media 12] a page that is not shown for five seconds asks for no picture, and has it again on return", async ({
  hall,
}) => {
  await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  await hall.everybodyLooks(180);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  await guest.page.evaluate(() => window.hide?.(true));
  await expect
    .poll(() => guest.page.evaluate(() => window.relay?.gone), { timeout: 20_000 })
    .toEqual(["0 camera"]);
  const level = () => guest.page.evaluate(() => window.relay?.levels.find(({ slot }) => slot === 0)?.level);
  await expect.poll(level).toBeGreaterThan(0.02);
  await guest.page.evaluate(() => window.hide?.(false));
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
});

test("[A6] a worker that dies says so, and nothing of this pid goes out any more", async ({ hall }) => {
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  await hall.everybodyLooks(180);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  // an epoch that is not newer is what no worker goes on from
  await host.page.evaluate(() => window.relay?.epoch());
  await expect.poll(() => host.page.evaluate(() => window.relay?.isDead)).toBe(true);
  await expect
    .poll(() => guest.page.evaluate(() => window.relay?.gone), { timeout: 20_000 })
    .toEqual(["0 camera"]);
});

for (const [way, missing] of [
  ["Safari's: no track made of frames, so a canvas is painted in the worker", ["MediaStreamTrackGenerator"]],
  [
    "Firefox's: frames are read from a hidden <video>",
    ["MediaStreamTrackGenerator", "MediaStreamTrackProcessor"],
  ],
] as const) {
  test(`[B1, media 11] ${way}`, async ({ hall }) => {
    const host = await hall.enter(THERAPIST, {}, missing);
    const guest = await hall.enter(CLIENT, {}, missing);
    await hall.everybodyLooks(360);
    await expectMovingPicture(guest.page, "0 camera", THERAPIST);
    await expectMovingPicture(host.page, "1 camera", CLIENT);
  });
}

test("[media 11] a browser without an encoder of pictures receives them and sends sound", async ({
  hall,
}) => {
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT, {}, ["VideoEncoder"]);
  await hall.everybodyLooks(180);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  const able = await guest.page.evaluate(() => window.relay?.able());
  expect(able).toEqual({ send: { picture: false, sound: true }, receive: { picture: true, sound: true } });
  expect(await host.page.evaluate(() => window.relay?.able())).toEqual({
    send: { picture: true, sound: true },
    receive: { picture: true, sound: true },
  });
  const level = () => host.page.evaluate(() => window.relay?.levels.find(({ slot }) => slot === 1)?.level);
  await expect.poll(level).toBeGreaterThan(0.02);
});

test("[B1] a page that is busy for a second stops nobody's picture", async ({ hall }) => {
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  await hall.everybodyLooks(180);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  const decoded = async () => (await shown(guest.page, 0))?.decoded ?? 0;
  const before = await decoded();
  await host.page.evaluate(() => {
    const until = performance.now() + 1_500;
    while (performance.now() < until);
  });
  expect((await decoded()) - before).toBeGreaterThan(15);
});

test("chat's sealed frames go through unopened, in order", async ({ hall }) => {
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  // whoever is not there yet gets nothing of what was said before
  await expect
    .poll(() => guest.page.evaluate(() => window.relay?.states.at(-1)?.line), {
      message: "the guest is there",
    })
    .toBe("open");
  const send = () =>
    host.page.evaluate(() => [10, 2_000, 60_000].map((size) => window.relay?.sendsData(size)));
  await expect.poll(async () => (await send()).every(Boolean)).toBe(true);
  await expect
    .poll(() => guest.page.evaluate(() => window.relay?.data.slice(-3)))
    .toEqual([34, 2_024, 60_024]);
});

test("[media 7] by QUIC where it is reached, and back by it after the server was killed", async ({
  quicHall: hall,
}) => {
  test.skip(!(await hall.hasQuic()), "this Bun cannot load the WebTransport addon");
  const host = await hall.enter(THERAPIST);
  const guest = await hall.enter(CLIENT);
  await hall.everybodyLooks(360);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  await expectMovingPicture(host.page, "1 camera", CLIENT);
  expect([await wayOf(host.page), await wayOf(guest.page)]).toEqual(["quic", "quic"]);
  const level = () => host.page.evaluate(() => window.relay?.levels.find(({ slot }) => slot === 1)?.level);
  await expect.poll(level).toBeGreaterThan(0.02);
  const send = () => host.page.evaluate(() => [10, 60_000].map((size) => window.relay?.sendsData(size)));
  expect(await send()).toEqual([true, true]);
  await expect.poll(() => guest.page.evaluate(() => window.relay?.data)).toEqual([34, 60_024]);
  expect((await shown(guest.page, 0))?.restarts).toBe(0);
  await hall.kill();
  await expect
    .poll(() => guest.page.evaluate(() => window.relay?.states.at(-1)?.line), { timeout: 40_000 })
    .toBe("lost");
  await hall.start();
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
});

test("[media 2] where UDP is blocked, a picture comes by sockets within 1.5 s", async ({
  quicHall: hall,
}) => {
  test.skip(!(await hall.hasQuic()), "this Bun cannot load the WebTransport addon");
  await hall.enter(THERAPIST);
  // a port where nobody answers, as behind a firewall
  const guest = await hall.enter(CLIENT, {}, [], "unanswered");
  await hall.everybodyLooks(180);
  await expectMovingPicture(guest.page, "0 camera", THERAPIST);
  expect(await wayOf(guest.page)).toBe("socket");
  const opened = await guest.page.evaluate(() => window.relay?.openedMs ?? 0);
  expect(opened).toBeLessThan(1_500);
});
