/** Issue 7.9: a blurred room is what the other side gets, from the first frame on; noise is taken away; a device that is too slow says so and
 * shows nothing that was not asked for. Nothing is fetched from elsewhere ([R12], which every journey watches). */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { firefox, firefoxMissing } from "./firefox.ts";
import { expectShifting } from "./group.ts";
import { loudness, patternArgs, sharpnessSince, watchSharpness } from "./patterns.ts";
import { entersRoom, meets, registers, startsCall } from "./people.ts";
import { type Puppet, presses } from "./puppet.ts";
import { THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** The pattern as it comes through a call, and what is left of it when blurred, in steps from pixel to pixel. */
const [SHARP, SOFT] = [12, 4];

async function switches(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
  const entries = page.getByRole("menu").locator("[role^=menuitem]");
  await expect(entries.last(), "[journey 9] the lowest entry stays").toHaveText("Bildschirm teilen");
  await page.getByRole("menuitemcheckbox", { name }).click();
  await page.keyboard.press("Escape");
}

/** Pictures of a state for whoever looks at them. */
async function pictures(page: Page, name: string): Promise<void> {
  for (const [size, width, height] of [
    ["phone", 390, 844],
    ["desktop", 1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(test.info().outputDir, `${name}-${size}.png`) });
  }
}

/** Waits for a look that is as it should be; every look until then and at that time is kept. */
async function looksUntil(page: Page, is: (looks: number[]) => boolean, what: string): Promise<number[]> {
  const all: number[] = [];
  const poll = async () => {
    const looks = await sharpnessSince(page);
    all.push(...looks);
    return is(looks);
  };
  await expect.poll(poll, { message: what, timeout: 30_000 }).toBe(true);
  return all;
}

const isSharp = (looks: number[]) => looks.some((look) => look > SHARP);
const isSoft = (looks: number[]) => looks.length > 0 && looks.every((look) => look >= 0 && look < SOFT);

test("background-and-noise: the other side gets a blurred room, never the sharp one in between, and less noise", async ({
  another,
  client,
}) => {
  const therapist = await another({ sign: THERAPIST, args: patternArgs() });
  await meets(therapist.page, client.page, "praxis-unscharf");
  await watchSharpness(client.page, "remote");
  await looksUntil(client.page, isSharp, "without blur every square is seen");
  const before = await loudness(client.page, "remote");

  await switches(therapist.page, "Hintergrund unscharf");
  await looksUntil(client.page, isSoft, "the squares are gone");
  await expectNoFinding(therapist.page, "the room with a blurred background");

  await therapist.page.getByRole("button", { name: "Kamera ausschalten" }).click();
  await therapist.page.getByRole("button", { name: "Kamera einschalten" }).click();
  const again = await looksUntil(client.page, isSoft, "blurred from the first frame of the camera");
  await therapist.page.reload();
  await expect(therapist.page.getByTestId("self")).toBeVisible();
  const reloaded = await looksUntil(client.page, isSoft, "chosen on this device for good");
  expect(isSharp([...again, ...reloaded]), "the sharp room was seen").toBe(false);

  await switches(therapist.page, "Geräusche mindern");
  await expect
    .poll(() => loudness(client.page, "remote"), { message: "noise is quieter", timeout: 30_000 })
    .toBeLessThan(before - 6);

  await switches(therapist.page, "Hintergrund unscharf");
  await looksUntil(client.page, isSharp, "off again, by the person alone");
});

test("background-and-noise: a device that is too slow turns the camera off and asks, it never shows the room by itself", async ({
  another,
}) => {
  const { page } = await another({ sign: THERAPIST, args: patternArgs() });
  // the worker's words on the way to the page: each frame took a fifth of a second, and time flies
  await page.addInitScript(() => {
    const add = Worker.prototype.addEventListener;
    Worker.prototype.addEventListener = function (this: Worker, type: string, listen: unknown) {
      const heard = (event: MessageEvent) => {
        const told = event.data as { t?: string; times?: number[] };
        const data = told.t === "took" ? { t: "took", times: told.times?.map(() => 200) } : told;
        (listen as (event: unknown) => void)({ data, timeStamp: event.timeStamp * 20 });
      };
      add.call(this, type, type === "message" ? (heard as EventListener) : (listen as EventListener));
    };
  });
  await registers(page, "praxis-langsam");
  await startsCall(page, "K-1");
  await entersRoom(page, "K-1");
  await expect(page.getByTestId("self")).toBeVisible();
  await watchSharpness(page, "self");
  await switches(page, "Hintergrund unscharf");
  await sharpnessSince(page);
  await expect(page.getByText("für den unscharfen Hintergrund zu langsam")).toBeVisible();
  await expect(page.getByRole("button", { name: "Kamera einschalten" })).toBeVisible();
  await expect(page.getByTestId("self")).toHaveCount(0);
  expect(isSharp(await sharpnessSince(page)), "the sharp room was seen").toBe(false);
  await expectNoFinding(page, "the room on a slow device");
  await pictures(page, "too-slow");

  await page.getByRole("button", { name: "Ohne Bild bleiben" }).click();
  await expect(page.getByText("zu langsam")).toHaveCount(0);
  await expect(page.getByTestId("self")).toHaveCount(0);

  await page.getByRole("button", { name: "Kamera einschalten" }).click();
  await page.getByRole("button", { name: "Kamera ohne Unschärfe zeigen" }).click();
  await looksUntil(page, isSharp, "plain only after the press");
  await expect(page.getByText("zu langsam")).toHaveCount(0);
});

const withFox = test.extend<{ fox: Puppet }>({
  fox: async ({ product }, use) => {
    const fox = await firefox(product.origin);
    await use(fox);
    await fox.close();
    expect(fox.foreign, "[R12] requests that left our origin").toEqual([]);
  },
});

withFox(
  "background-and-noise: Firefox, which reads and paints frames on its page, sends a blurred picture too",
  async ({ therapist, fox }) => {
    withFox.skip(firefoxMissing() !== null, firefoxMissing() ?? "");
    withFox.slow();
    await registers(therapist.page, "praxis-fuchs");
    const link = await startsCall(therapist.page, "F-1");
    await entersRoom(therapist.page, "F-1");
    await fox.page.goto(link);
    // chosen on this device before
    await fox.eyes.evaluate((key) => localStorage.setItem(key, "1"), "tpc-refine-camera");
    await fox.page.reload();
    await presses(fox, "Beitreten");
    await expectShifting(therapist.page, "[data-testid=remote]");
    const isMade = () =>
      fox.eyes.evaluate((id) => {
        const { srcObject } = document.querySelector<HTMLVideoElement>(`[data-testid="${id}"]`) ?? {};
        const track = srcObject instanceof MediaStream ? srcObject.getVideoTracks()[0] : undefined;
        // only a camera's own track comes from a device
        return track !== undefined && !track.getSettings().deviceId;
      }, "self");
    await expect.poll(isMade, { message: "what Firefox shows and sends is what was painted" }).toBe(true);
  },
);
