/** Journey 9: the menu bottom left, its lowest entry; the other sees the screen instead of the camera, and the camera again after it. The
 * same for therapist and client, direct and over the server. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectHeard, expectPicture, listensIn, startsGroup, tileOf } from "./group.ts";
import { entersRoom, meets, registers } from "./people.ts";
import { type Eyes, expectMovingPicture, expectTone, look } from "./senses.ts";
import { CLIENT, type Sign, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** The tone of the tab that is shared. */
const TAB = { hertz: 1_500 };

/** Runs in the page before everything else: the browser's dialog picks a grey picture that moves, and a sound where one is asked for; the
 * next answer may be "cancelled". */
function picks(hertz: number): void {
  const dialog = { cancels: false, asked: [] as unknown[] };
  Object.assign(globalThis, { dialog });
  navigator.mediaDevices.getDisplayMedia = async (wanted) => {
    dialog.asked.push(wanted?.audio);
    if (dialog.cancels) throw new DOMException("cancelled", "NotAllowedError");
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 360];
    const paint = canvas.getContext("2d");
    let at = 0;
    setInterval(() => {
      if (!paint) return;
      paint.fillStyle = "#777";
      paint.fillRect(0, 0, 640, 360);
      paint.fillStyle = "#fff";
      paint.fillRect((at++ % 32) * 20, 0, 20, 360);
    }, 60);
    const stream = canvas.captureStream(15);
    if (!wanted?.audio) return stream;
    const context = new AudioContext();
    const [tone, out] = [
      new OscillatorNode(context, { frequency: hertz }),
      context.createMediaStreamDestination(),
    ];
    const gain = new GainNode(context, { gain: 0.3 });
    tone.connect(gain).connect(out);
    tone.start();
    return new MediaStream([...stream.getTracks(), ...out.stream.getTracks()]);
  };
}

const opensMenu = (page: Page) => page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
const entries = (page: Page) => page.getByRole("menu").locator("[role^=menuitem]");
const cancels = (page: Page, isCancelled: boolean) =>
  page.evaluate((now) => {
    (globalThis as unknown as { dialog: { cancels: boolean } }).dialog.cancels = now;
  }, isCancelled);

async function shares(page: Page): Promise<void> {
  await opensMenu(page);
  await expect(entries(page).last(), "the lowest entry").toHaveText("Bildschirm teilen");
  await entries(page).last().click();
}

async function stops(page: Page): Promise<void> {
  await opensMenu(page);
  await page.getByRole("menuitem", { name: "Bildschirm nicht mehr teilen" }).click();
}

/** Neither red nor blue: the camera is not seen. */
async function expectScreen(page: Eyes, testId: string): Promise<void> {
  const grey = async () => {
    const picture = await look(page, testId);
    return picture !== null && Math.abs(picture.red - picture.blue) < 12;
  };
  await expect.poll(grey, { message: "the screen, not the camera" }).toBe(true);
}

test("screen-is-shared: the screen replaces the camera, ending it brings the camera back", async ({
  therapist,
  client,
}) => {
  test.slow();
  for (const { page } of [therapist, client]) await page.addInitScript(picks, TAB.hertz);
  await meets(therapist.page, client.page, "praxis-schirm");
  const both: [Page, Page, Sign][] = [
    [therapist.page, client.page, THERAPIST],
    [client.page, therapist.page, CLIENT],
  ];
  for (const [sharer, other, sign] of both) {
    await expectMovingPicture(other, "remote", sign);
    await cancels(sharer, true);
    await shares(sharer);
    await expect(sharer.getByRole("alert")).toHaveCount(0);
    await expectMovingPicture(other, "remote", sign);
    await cancels(sharer, false);
    await shares(sharer);
    await expect(other.getByText("teilt den Bildschirm", { exact: false })).toBeVisible();
    await expectScreen(other, "remote");
    await stops(sharer);
    await expectMovingPicture(other, "remote", sign);
    await expect(other.getByText("teilt den Bildschirm", { exact: false })).toBeHidden();
  }

  // with the tab's sound, muted, the camera off before
  await therapist.page.getByRole("button", { name: "Kamera ausschalten" }).click();
  await therapist.page.getByRole("button", { name: "Mikrofon ausschalten" }).click();
  await opensMenu(therapist.page);
  const sound = therapist.page.getByRole("menuitemcheckbox", { name: "Ton des geteilten Tabs mitsenden" });
  await expect(sound).toHaveAttribute("aria-checked", "false");
  await sound.click();
  await expect(sound).toHaveAttribute("aria-checked", "true");
  await therapist.page.screenshot({ path: join(test.info().outputDir, "tab-sound.png") });
  await entries(therapist.page).last().click();
  await expectScreen(client.page, "remote");
  await expectTone(client.page, "remote", TAB);
  await stops(therapist.page);
  await expect(client.page.getByText("Kamera aus", { exact: false })).toBeVisible();
  await expect(client.page.getByText("Mikrofon aus", { exact: false })).toBeVisible();
});

test("screen-is-shared over the server: the same, for the therapist and for the client, with a tab's sound", async ({
  therapist,
  client,
}) => {
  test.slow();
  for (const { page } of [therapist, client]) {
    await listensIn(page);
    await page.addInitScript(picks, TAB.hertz);
  }
  await registers(therapist.page, "praxis-schirm-server");
  await therapist.page.getByRole("link", { name: "Profil" }).click();
  await therapist.page.getByText("Adressen verbergen").click();
  await therapist.page.getByRole("link", { name: "Anrufe" }).click();
  const [link = ""] = await startsGroup(therapist.page, ["S-1"]);
  await entersRoom(therapist.page, "S-1");
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  const both: [Page, Page, Sign, number][] = [
    [therapist.page, client.page, THERAPIST, 0],
    [client.page, therapist.page, CLIENT, 1],
  ];
  for (const [sharer, other, sign, slot] of both) {
    await expectPicture(other, tileOf(slot), sign);
    await cancels(sharer, true);
    await shares(sharer);
    await expect(sharer.getByRole("alert")).toHaveCount(0);
    await cancels(sharer, false);
    await opensMenu(sharer);
    await sharer.getByRole("menuitemcheckbox", { name: "Ton des geteilten Tabs mitsenden" }).click();
    await sharer.keyboard.press("Escape");
    await shares(sharer);
    await expectPicture(other, "[data-testid=screen]", { u: 128, v: 128, hertz: 0 });
    await expect(other.locator(tileOf(slot)), "the camera is not shown beside it").toHaveCount(0);
    await expect(other.locator(`[data-slot="${slot}"]`)).toContainText("teilt den Bildschirm");
    await expectHeard(other, TAB);
    await other.screenshot({ path: join(test.info().outputDir, `screen-${slot}.png`) });
    await stops(sharer);
    await expect(other.getByTestId("screen")).toHaveCount(0);
    await expectPicture(other, tileOf(slot), sign);
  }
});
