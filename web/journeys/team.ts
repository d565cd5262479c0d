/** What therapists and practice staff do with each other, named as they would say it. */
import { expect, type Page } from "@playwright/test";
import { confirmsRecoveryKey } from "./people.ts";

/** Makes an invitation on the profile; returns its link. */
export async function invites(page: Page, name: string): Promise<string> {
  await page.goto("/profile");
  await page.getByRole("button", { name: "Person einladen" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name der Person").fill(name);
  await dialog.getByRole("button", { name: "Einladung erstellen" }).click();
  const link = (await dialog.getByTestId("invitation").textContent())?.trim() ?? "";
  await dialog.getByRole("button", { name: "Fertig" }).click();
  await expect(page.getByTestId("team-one").filter({ hasText: name })).toBeVisible();
  return link;
}

/** Registers by an invitation; ends on the page of staff. Returns the passphrase. */
export async function joinsTeam(page: Page, link: string, user: string): Promise<string> {
  await page.goto(link);
  await page.getByRole("button", { name: "Konto anlegen" }).click();
  await page.getByLabel("Benutzername").fill(user);
  const words = await page.locator(".phrase-word").allTextContents();
  await page.getByRole("button", { name: "Weiter zum Wiederherstellungsschlüssel" }).click();
  await confirmsRecoveryKey(page, "Konto anlegen");
  await expect(page.getByRole("heading", { level: 1, name: /^Für / })).toBeVisible();
  return words.map((word) => word.trim()).join(" ");
}

/** Opens the page where clients are shared with a person. */
export async function choosesFor(page: Page, who: string): Promise<void> {
  await page.goto("/profile");
  await page.getByRole("link", { name: `Freigeben: Klient:innen für ${who}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Freigeben für ${who}` })).toBeVisible();
}

/** Saves what is ticked. */
export async function savesShared(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Freigabe speichern" }).click();
  await expect(page.getByText("Die Freigabe ist gespeichert.")).toBeVisible();
}
