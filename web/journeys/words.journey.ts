/** [TP1 2.5] "Vier Wörter": one list on both screens, compared, remembered on the device; a mismatch warns both. */
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { entersRoom, meets, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

async function looksAtWords(page: Page): Promise<string[]> {
  await page.getByRole("button", { name: "Vier Wörter" }).click();
  const words = page.getByTestId("words").getByRole("listitem");
  await expect(words).toHaveCount(4);
  return words.allTextContents();
}

test("four-words: [AT6] the same on both screens, compared, and known again on the same device", async ({
  therapist,
  client,
}) => {
  await meets(therapist.page, client.page, "praxis-worte");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  // a page that is too busy to paint never tells that an animation began
  await client.page.evaluate(() => {
    for (const event of ["animationstart", "animationend"])
      window.addEventListener(event, (each) => each.stopImmediatePropagation(), true);
  });
  const here = await looksAtWords(therapist.page);
  expect(new Set(here).size).toBeGreaterThan(1);
  expect(await looksAtWords(client.page)).toEqual(here);
  for (const { page } of [therapist, client])
    await expect(page.getByTestId("trust")).toHaveText("neues Gerät: bitte vergleichen");

  await therapist.page.getByRole("button", { name: "Stimmt überein" }).click();
  await expect(client.page.getByText("sagt: stimmt überein")).toBeVisible();
  await client.page.getByRole("button", { name: "Stimmt überein" }).click();
  await expect(client.page.getByRole("dialog")).toBeHidden();

  await client.page.reload();
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  expect(await looksAtWords(therapist.page)).not.toEqual(here);
  await expect(therapist.page.getByTestId("trust")).toHaveText(
    "gleiches Gerät wie zuletzt, die Wörter stimmten überein",
  );
});

test("four-words: the client finds a difference, both are warned, the therapist ends the call", async ({
  therapist,
  client,
}) => {
  await meets(therapist.page, client.page, "praxis-anders", "K-2");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  // by keyboard alone, and Escape gives the focus back
  const button = client.page.getByRole("button", { name: "Vier Wörter" });
  await button.focus();
  await client.page.keyboard.press("Enter");
  await expect(client.page.getByTestId("words").getByRole("listitem")).toHaveCount(4);
  await expectNoFinding(client.page, "comparing");
  await client.page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await client.page.keyboard.press("Enter");
  // the dialog takes the focus when it is there
  await expect(client.page.locator("[role=dialog]:focus, [role=dialog] :focus")).toHaveCount(1);
  await client.page.getByRole("button", { name: "Stimmt nicht" }).focus();
  await client.page.keyboard.press("Enter");
  for (const { page } of [therapist, client])
    await expect(page.getByRole("alert").filter({ hasText: "Wörter stimmen nicht überein" })).toBeVisible();
  for (const { page } of [therapist, client]) await expectNoFinding(page, "the words differ");
  await therapist.page.getByRole("alert").getByRole("button", { name: "Auflegen" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "ended");

  await therapist.page.getByRole("button", { name: "Noch einmal beitreten" }).click();
  await client.page.getByRole("button", { name: "Noch einmal beitreten" }).click();
  await expect(therapist.page.getByTestId("device")).toHaveText("neues Gerät");
});

test("four-words: one list for both, whatever language each page has; the practice's", async ({
  therapist,
  another,
}) => {
  await registers(therapist.page, "praxis-sprache");
  const link = await startsCall(therapist.page, "K-3");
  await entersRoom(therapist.page, "K-3");
  const english = await another({ locale: "en-GB" });
  await english.page.goto(link);
  await english.page.getByRole("button", { name: "Join" }).click();
  await expectMovingPicture(english.page, "remote", THERAPIST);
  const german = await looksAtWords(therapist.page);
  await english.page.getByRole("button", { name: "Four words" }).click();
  const words = english.page.getByTestId("words");
  await expect(words).toHaveAttribute("lang", "de");
  await expect(words.getByRole("listitem")).toHaveText(german);
});
