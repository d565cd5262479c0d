/** [R7] "Jemand kommt herein": one press on the client's side, and nothing of the call is to be seen or heard there; the therapist is told
 * without a sound; one press back. Direct and in a group. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { expectHeard, expectPerson, hears, joinsGroup, listensIn, startsGroup } from "./group.ts";
import { entersRoom, meets, registers } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST, THIRD } from "./signs.ts";
import { expect, test } from "./stage.ts";

type Kept = { tracks: MediaStreamTrack[] };

/** Must run before the page loads: keeps every device track within a test's reach. */
async function keepsTracks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: MediaStreamTrack[] = [];
    Object.assign(window, { tracks: kept });
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      kept.push(...stream.getTracks());
      return stream;
    };
  });
}

const live = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as Kept).tracks
      .filter(({ readyState }) => readyState === "live")
      .map(({ kind }) => kind)
      .sort(),
  );

/** Nothing of the call is there for eyes, ears and screen readers. */
async function expectNotes(page: Page): Promise<void> {
  await expect(page.getByTestId("cover")).toBeVisible();
  await expect(page).toHaveTitle("Notizen");
  expect(await page.evaluate(() => document.querySelector("link[rel=icon]")?.getAttribute("href"))).toBe(
    "/notes.svg",
  );
  expect(await live(page)).toEqual([]);
  // biome-ignore lint/performance/useDomNodeTextContent: only what is shown counts
  const words = await page.evaluate(() => document.body.innerText);
  expect(words).toContain("Einkauf");
  expect(words).not.toMatch(/Therap|Praxis|Anruf|Gespräch|Chat|Auflegen|Minute/i);
  await expect(page.locator("video:visible, canvas:visible")).toHaveCount(0);
  const sounding = await page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLMediaElement>("video, audio")].filter(({ muted }) => !muted).length,
  );
  expect(sounding).toBe(0);
}

async function look(page: Page, name: string): Promise<void> {
  for (const [size, width, height] of [
    ["desktop", 1440, 900],
    ["phone", 390, 844],
    ["landscape", 844, 390],
  ] as const) {
    await page.setViewportSize({ width, height });
    if (size === "phone") await expectNoFinding(page, name);
    await page.screenshot({ path: join(test.info().outputDir, `${name}-${size}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 720 });
}

test("someone-comes-in: gone at one press, back at one press, and the therapist knows", async ({
  therapist,
  client,
}) => {
  const [host, guest] = [therapist.page, client.page];
  await keepsTracks(guest);
  await meets(host, guest, "praxis-tuer");
  await expectMovingPicture(host, "remote", CLIENT);
  await expectMovingPicture(guest, "remote", THERAPIST);
  const hint = guest.getByTestId("cover-hint");
  await expect(hint).toContainText("Falls jemand hereinkommt");
  await look(guest, "hint");
  await hint.getByRole("button", { name: "Verstanden" }).click();
  await expect(hint).toBeHidden();

  // a draft in the chat is still there afterwards; Esc belongs to the chat first
  await guest.getByRole("button", { name: "Chat", exact: true }).click();
  await guest.getByLabel("Nachricht", { exact: true }).fill("Entwurf");
  await guest.getByRole("button", { name: "Notizen" }).click();
  await expectNotes(guest);
  await look(guest, "notes");
  await expect(host.getByTestId("away")).toHaveText("Nicht allein: pausiert");
  await look(host, "away");
  await host.getByRole("button", { name: "Chat", exact: true }).click();
  await host.getByLabel("Nachricht", { exact: true }).fill("Alles gut?");
  await host.keyboard.press("Enter");
  await expect(host.getByTestId("receipt")).toHaveAttribute("data-state", "arrived");
  await expectNotes(guest);

  await guest.getByRole("button", { name: "Weiter" }).click();
  await expect(guest.getByLabel("Nachricht", { exact: true })).toHaveValue("Entwurf");
  await expectMovingPicture(host, "remote", CLIENT);
  await expect(host.getByTestId("away")).toBeHidden();
  await expect.poll(() => live(guest)).toEqual(["audio", "video"]);
  await expect(guest).toHaveTitle("TheraPsy Connect");
  expect(await guest.getByTestId("remote").evaluate((video: HTMLVideoElement) => video.muted)).toBe(false);
  await guest.getByLabel("Nachricht", { exact: true }).focus();
  await guest.keyboard.press("Escape");
  await expect(guest.getByRole("log")).toBeHidden();
  await expect(guest.getByTestId("cover")).toHaveCount(0);

  // muted and without a camera stays so; by the key, and pressed in a fright
  await guest.getByRole("button", { name: "Mikrofon ausschalten" }).click();
  await guest.getByRole("button", { name: "Kamera ausschalten" }).click();
  for (let i = 0; i < 3; i++) await guest.keyboard.press("Escape");
  await expectNotes(guest);
  await guest.getByRole("button", { name: "Weiter" }).click();
  await expect(guest.getByRole("button", { name: "Mikrofon einschalten" })).toBeVisible();
  await expect(guest.getByRole("button", { name: "Kamera einschalten" })).toBeVisible();
  await expect.poll(() => live(guest)).toEqual(["audio"]);

  // the browser's own way out of full screen
  await guest.evaluate(() => document.documentElement.requestFullscreen());
  await guest.waitForTimeout(800);
  await guest.evaluate(() => document.exitFullscreen());
  await expectNotes(guest);

  // loaded anew it comes back covered, and opens no camera
  await guest.reload();
  await expectNotes(guest);
  await guest.getByRole("button", { name: "Weiter" }).click();
  await expect(guest.getByRole("button", { name: "Beitreten" })).toBeVisible();
  await expect(guest).toHaveTitle("TheraPsy Connect");
});

test("someone-comes-in-group: nobody is heard, and only the therapist is told", async ({
  therapist,
  another,
}) => {
  const host = therapist.page;
  await registers(host, "praxis-tuer-2");
  const links = await startsGroup(host, ["G-1", "G-2"]);
  await entersRoom(host, "G-1");
  const [a, b] = [(await another({ sign: CLIENT })).page, (await another({ sign: THIRD })).page];
  await keepsTracks(a);
  for (const page of [a, b]) await listensIn(page);
  await joinsGroup(a, links[0] ?? "", "Ada");
  await joinsGroup(b, links[1] ?? "", "Bo");
  await expectPerson(host, 1, CLIENT);
  await expectHeard(a, THERAPIST);
  await look(a, "group");
  await a.keyboard.press("Escape");
  await expectNotes(a);
  await expect.poll(() => hears(a, THERAPIST.hertz)).toBeLessThan(3);
  await expect(host.locator("[data-slot='1']")).toContainText("Nicht allein: pausiert");
  await look(host, "away-group");
  await expect(b.locator("[data-slot='1']")).toContainText("Mikrofon aus");
  await expect(b.getByTestId("away")).toHaveCount(0);
  await a.getByRole("button", { name: "Weiter" }).click();
  await expectPerson(host, 1, CLIENT);
  await expectHeard(a, THERAPIST);
  await expect(host.getByTestId("away")).toHaveCount(0);
});
