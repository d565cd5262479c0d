/** [product "In the call"] How the room is laid out: speaker, side by side, eye contact, the small window, the whole screen, the own picture
 * away; every window from a small phone to a desktop holds all of it. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { expectPerson, joinsGroup, startsGroup } from "./group.ts";
import { boxOf, roomLogo } from "./logo.ts";
import { entersRoom, joinsByLink, registers, startsCall } from "./people.ts";
import { mark, uploadsLogo } from "./pictures.ts";
import { expectRoomFits, WINDOWS } from "./places.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST, THIRD } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** Many windows are looked at, one after the other. */
test.describe.configure({ timeout: 240_000 });

async function chooses(page: Page, entry: string): Promise<void> {
  await page.mouse.move(300, 300);
  await page.getByRole("button", { name: "Ansicht" }).click();
  await page.getByRole("menu").getByText(entry, { exact: true }).click();
  // whoever chooses between views may try them all: the menu stays until it is closed
  if ((await page.getByRole("menu").count()) > 0) await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
}

async function boxIn(page: Page, testId: string) {
  const box = await page.getByTestId(testId).boundingBox();
  if (!box) throw new Error(`no ${testId}`);
  return box;
}

/** All windows hold the room as it is now; one picture of each. */
async function fitsEverywhere(page: Page, what: string): Promise<void> {
  for (const [name, width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await expectRoomFits(page, `${what}, ${name}`);
    // a picture of those that people look at
    if (name !== "small") await page.screenshot({ path: join(test.info().outputDir, `${what}-${name}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

test("layouts-of-two: the same order on both sides, eye contact under the webcam, the own picture away in one click", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-ansicht");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(240, 80));
  await therapist.page.goto("/");
  await entersRoom(therapist.page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await fitsEverywhere(client.page, "speaker");

  for (const { page } of [therapist, client]) await chooses(page, "Nebeneinander");
  // the therapist's seat is the first, on both screens
  expect((await boxIn(therapist.page, "self")).x).toBeLessThan((await boxIn(therapist.page, "remote")).x);
  expect((await boxIn(client.page, "remote")).x).toBeLessThan((await boxIn(client.page, "self")).x);
  expect((await boxIn(client.page, "remote")).width).toBeCloseTo((await boxIn(client.page, "self")).width, 0);
  await fitsEverywhere(therapist.page, "side");
  await expectNoFinding(therapist.page, "side by side");

  await chooses(client.page, "Blickkontakt");
  const eye = await boxIn(client.page, "remote");
  expect(Math.abs(eye.x + eye.width / 2 - 640)).toBeLessThan(2);
  expect([eye.y < 30, eye.width < 400]).toEqual([true, true]);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  // the own picture goes by itself, its light stays and brings it back
  await expect(client.page.getByTestId("self-light")).toContainText("Kamera an");
  await expect(client.page.locator(".room-self")).toHaveCSS("opacity", "0");
  await fitsEverywhere(client.page, "eye");
  await expectNoFinding(client.page, "eye contact");
  for (const { page } of [therapist, client]) {
    const box = await boxOf(roomLogo(page));
    expect([box.x < 40, box.y < 40, box.width]).toEqual([true, true, 240]);
  }
  await client.page.getByTestId("self-light").getByRole("button").click();
  await expect(client.page.locator(".room-self")).toHaveCSS("opacity", "1");

  await chooses(client.page, "Eine Person groß");
  await client.page.locator(".room-self").hover();
  await client.page.getByRole("button", { name: "Eigenes Bild ausblenden" }).click();
  await expect(client.page.getByTestId("self")).toHaveCount(0);
  await fitsEverywhere(client.page, "self-away");
  // the other side still sees one, and the next visit on this device begins as this one was left
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await client.page.reload();
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await client.page.getByRole("button", { name: "Kamera ausschalten" }).click();
  await expect(client.page.getByTestId("self-light")).toContainText("Kamera aus");
  await client.page.getByTestId("self-light").getByRole("button").click();
  await expect(client.page.locator(".room-self")).toBeVisible();
});

test("layouts: the whole screen by a key, the other in a small window beside other programs", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-fenster");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  const isFull = () => client.page.evaluate(() => document.fullscreenElement !== null);
  await expect(client.page.getByRole("button", { name: "Ansicht" })).toBeVisible();
  await client.page.keyboard.press("f");
  await expect.poll(isFull).toBe(true);
  await client.page.keyboard.press("F");
  await expect.poll(isFull).toBe(false);
  // who writes an f wants an f
  await client.page.getByRole("button", { name: "Chat", exact: true }).click();
  await client.page.getByLabel("Nachricht", { exact: true }).fill("");
  await client.page.keyboard.press("f");
  await expect(client.page.getByLabel("Nachricht", { exact: true })).toHaveValue("f");
  expect(await isFull()).toBe(false);
  await client.page.getByRole("button", { name: "Chat schließen" }).click();

  await chooses(client.page, "Bild im kleinen Fenster");
  const shown = () =>
    client.page.evaluate(() => document.pictureInPictureElement?.getAttribute("data-testid"));
  await expect.poll(shown).toBe("remote");
  await chooses(client.page, "Kleines Fenster schließen");
  await expect.poll(shown).toBe(undefined);
});

test("layouts-of-several: all alike, one large, eye contact; the own tile away leaves the others on their seats", async ({
  therapist,
  another,
}) => {
  await registers(therapist.page, "praxis-ansicht-3");
  const links = await startsGroup(therapist.page, ["G-1", "G-2"]);
  await entersRoom(therapist.page, "G-1");
  const [a, b] = [await another({ sign: CLIENT }), await another({ sign: THIRD })];
  await joinsGroup(a.page, links[0] ?? "", "Ada");
  await joinsGroup(b.page, links[1] ?? "", "Bo");
  await expectPerson(a.page, 0, THERAPIST);
  await expectPerson(a.page, 2, THIRD);
  await fitsEverywhere(a.page, "group-grid");
  const slots = () =>
    a.page.getByTestId("tile").evaluateAll((all) => all.map((each) => each.getAttribute("data-slot")));
  await chooses(a.page, "Eigenes Bild ausblenden");
  await expect.poll(slots).toEqual(["0", "2"]);
  await expect(a.page.getByTestId("self-light")).toContainText("Kamera an");
  await expectPerson(b.page, 1, CLIENT);
  await chooses(a.page, "Blickkontakt");
  const box = await a.page.locator(".group-large").boundingBox();
  expect(box && Math.abs(box.x + box.width / 2 - 640) < 3 && box.y < 30).toBe(true);
  await fitsEverywhere(a.page, "group-eye");
  await expectNoFinding(a.page, "eye contact of several");
  await chooses(a.page, "Eine Person groß");
  await expect
    .poll(async () => (await a.page.locator(".group-large").boundingBox())?.width)
    .toBeGreaterThan(1_000);
  await a.page.getByTestId("self-light").getByRole("button").click();
  await expect.poll(slots).toEqual(["0", "1", "2"]);
  await fitsEverywhere(a.page, "group-speaker");
});
