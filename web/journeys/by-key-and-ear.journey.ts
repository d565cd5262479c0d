/** The room by single keys that can be switched off, and what a screen reader is told of it: each change once, in one place. */
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { meets } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** Keeps every sentence that the room says to screen readers, wherever on the page it does, from the next page on. */
async function listens(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    let last = "";
    // the place itself comes and goes with the room
    new MutationObserver(() => {
      const said = document.querySelector("[data-testid=announced]")?.textContent?.trim() ?? "";
      if (said !== "" && said !== last) heard.push(said);
      last = said;
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test("by-key-and-ear: keys work unless somebody types, can be switched off, and what they do is told", async ({
  therapist,
  client,
}) => {
  test.slow();
  const { page } = therapist;
  const heard = await listens(page);
  await meets(page, client.page, "praxis-ohr");
  await expectMovingPicture(page, "remote", CLIENT);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect.poll(async () => (await heard()).at(-1)).toBe("K-1 ist jetzt dabei.");
  const before = (await heard()).length;
  const since = async () => (await heard()).slice(before);

  await client.page.keyboard.press("m");
  await expect(client.page.getByRole("button", { name: "Mikrofon einschalten" })).toBeVisible();
  await expect(client.page.getByTestId("announced")).toHaveText("Ihr Mikrofon ist aus.");
  await expect.poll(since).toEqual(["K-1 ist jetzt stumm."]);

  await client.page.keyboard.press("t");
  await client.page.getByLabel("Nachricht", { exact: true }).fill("");
  await client.page.getByLabel("Nachricht", { exact: true }).focus();
  await client.page.keyboard.type("mmch?");
  await expect(client.page.getByLabel("Nachricht", { exact: true })).toHaveValue("mmch?");
  await client.page.keyboard.press("Enter");
  await expect
    .poll(since, "a message is told without the panel")
    .toEqual(["K-1 ist jetzt stumm.", "1 neue Nachricht."]);
  await expect(client.page.getByRole("button", { name: "Mikrofon einschalten" })).toBeVisible();
  await client.page.keyboard.press("Escape");

  await client.page.keyboard.press("?");
  const dialog = client.page.getByRole("dialog", { name: "Tastenkürzel" });
  await expect(dialog).toBeVisible();
  await expectNoFinding(client.page, "overview of keys");
  await client.page.keyboard.press("m");
  await dialog.getByText("Tastenkürzel verwenden").click();
  await expect(dialog.getByRole("switch")).not.toBeChecked();
  await client.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await client.page.keyboard.press("m");
  await client.page.keyboard.press("?");
  await expect(dialog, "[WCAG 2.1.4] switched off").toBeHidden();
  await expect(client.page.getByRole("button", { name: "Mikrofon einschalten" })).toBeVisible();
  expect(await client.page.evaluate(() => localStorage.getItem("shortcuts"))).toBe("off");

  // the way back does not need a key
  await client.page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
  await client.page.getByRole("menuitem", { name: "Tastenkürzel" }).click();
  await expect(dialog).toBeVisible();
  await client.page.keyboard.press("Escape");
  await client.page.getByRole("button", { name: "Auflegen" }).click();
  await expect.poll(async () => (await heard()).at(-1)).toContain("gegangen");
});
