/** Devices in the call: they come and go, are too many, give nothing, are taken by a phone; the call goes on and says what happened. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { meets } from "./people.ts";
import {
  CAMERA,
  DEAD,
  HEADSET,
  hides,
  MICROPHONE,
  type Plug,
  plug,
  plugsDevices,
  returns,
  SPEAKER,
} from "./plugging.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT } from "./signs.ts";
import { expect, test } from "./stage.ts";

const BUILT_IN = [CAMERA, MICROPHONE, SPEAKER];
const opensMenu = (page: Page) => page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(test.info().outputDir, `${name}.png`) });
const isChosen = (page: Page, name: string) =>
  expect(page.getByRole("menuitemradio", { name })).toHaveAttribute("aria-checked", "true");

test("devices come and go: a headset is offered, used and lost as one thing, twenty fit the menu, a page that was away is back", async ({
  therapist,
  client,
}) => {
  test.slow();
  await plugsDevices(client.page, BUILT_IN);
  await meets(therapist.page, client.page, "praxis-geraete");
  await expectMovingPicture(therapist.page, "remote", CLIENT);

  await plug(client.page, [...BUILT_IN, ...HEADSET]);
  await expect(client.page.getByText("„Buds 3“ ist jetzt angeschlossen.")).toBeVisible();
  await expectNoFinding(client.page, "a headset is offered");
  await shot(client.page, "headset-offered");
  await client.page.getByRole("button", { name: "Zum Sprechen und Hören verwenden" }).click();
  await opensMenu(client.page);
  await isChosen(client.page, "Headset (Buds 3)");
  await isChosen(client.page, "Kopfhörer (Buds 3)");
  await client.page.keyboard.press("Escape");
  await expectTone(therapist.page, "remote", CLIENT);

  await plug(client.page, BUILT_IN);
  await expect(
    client.page.getByText("Sprechen und Hören gehen jetzt über das", { exact: false }),
  ).toBeVisible();
  await expectTone(therapist.page, "remote", CLIENT);
  const lost = client.page.getByRole("status").filter({ hasText: "ist nicht mehr da" });
  await lost.getByRole("button", { name: "Verstanden" }).click();
  await expect(client.page.getByText("ist nicht mehr da", { exact: false })).toHaveCount(0);

  const many = Array.from(
    { length: 20 },
    (_, at): Plug => ({ kind: "videoinput", id: `Kamera Nummer ${at + 1}` }),
  );
  await plug(client.page, [...BUILT_IN, ...many]);
  for (const [name, width, height] of [
    ["phone", 390, 844],
    ["desktop", 1440, 900],
  ] as const) {
    await client.page.setViewportSize({ width, height });
    await opensMenu(client.page);
    const menu = client.page.getByRole("menu");
    const box = await menu.boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= height && box.x + box.width <= width).toBe(true);
    await expectNoFinding(client.page, `twenty devices ${name}`);
    await shot(client.page, `twenty-devices-${name}`);
    await client.page.keyboard.press("End");
    await expect(menu.locator("[role^=menuitem]").last()).toBeFocused();
    await expect(menu.locator("[role^=menuitem]").last()).toBeInViewport();
    await shot(client.page, `twenty-devices-end-${name}`);
    await client.page.keyboard.press("Escape");
  }

  await plug(client.page, [MICROPHONE, SPEAKER, ...many]);
  await expect(
    client.page.getByText("Man sieht Sie jetzt über „Kamera Nummer 1“", { exact: false }),
  ).toBeVisible();
  await expectMovingPicture(therapist.page, "remote", CLIENT);

  await hides(client.page);
  await expect(therapist.page.getByText("Mikrofon aus", { exact: false })).toBeVisible();
  await returns(client.page);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expectTone(therapist.page, "remote", CLIENT);
  await expect(therapist.page.getByText("Mikrofon aus", { exact: false })).toBeHidden();
});

test("who speaks while muted is told, and so is who has a microphone that gives nothing; the bar shows the voice", async ({
  therapist,
  client,
}) => {
  test.slow();
  await plugsDevices(client.page, [...BUILT_IN, DEAD]);
  await meets(therapist.page, client.page, "praxis-still");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  const bar = async () => Number(await client.page.getByTestId("level").first().getAttribute("data-bar"));
  await expect.poll(bar, { message: "the bar moves with the voice" }).toBeGreaterThan(0.2);

  await client.page.getByRole("button", { name: "Mikrofon ausschalten" }).click();
  await expect(
    client.page.getByText("Sie sprechen gerade, aber Ihr Mikrofon ist aus", { exact: false }),
  ).toBeVisible();
  await expectNoFinding(client.page, "speaks while muted");
  await shot(client.page, "speaks-muted");
  await client.page.getByRole("button", { name: "Jetzt einschalten" }).click();
  await expect(client.page.getByRole("button", { name: "Mikrofon ausschalten" })).toBeVisible();
  await expect(client.page.getByText("Sie sprechen gerade", { exact: false })).toBeHidden();

  await opensMenu(client.page);
  await shot(client.page, "menu");
  await client.page.getByRole("menuitemradio", { name: DEAD.id }).click();
  await isChosen(client.page, DEAD.id);
  await expect(client.page.getByRole("menuitemradio", { name: DEAD.id }), "keeps the focus").toBeFocused();
  await client.page.keyboard.press("Escape");
  await expect(client.page.getByText("Ihr Mikrofon liefert keinen Ton", { exact: false })).toBeVisible();
  expect(await bar()).toBe(0);
  await client.page.setViewportSize({ width: 390, height: 844 });
  await shot(client.page, "silent-phone");
  await opensMenu(client.page);
  await client.page.getByRole("menuitemradio", { name: MICROPHONE.id }).click();
  await expect(client.page.getByText("Ihr Mikrofon liefert keinen Ton", { exact: false })).toBeHidden();
  await expectTone(therapist.page, "remote", CLIENT);
});
