/** What a therapist does in the Kartei, named as they would say it. */
import { expect, type Page } from "@playwright/test";

/** Goes there by the frame's own way. */
export async function opensKartei(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await expect(page.getByRole("heading", { name: "Kartei", level: 1 })).toBeVisible();
}

/** Makes an entry from the list; ends on its page. */
export async function files(page: Page, id: string, name = ""): Promise<void> {
  await page.getByRole("button", { name: "Neue Klient:in" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Klient:innen-ID").fill(id);
  if (name) await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Anlegen" }).click();
  await expect(page.getByRole("heading", { level: 1, name: name || id })).toBeVisible();
}

/** Opens an entry from the list. */
export async function opensEntry(page: Page, title: string): Promise<void> {
  await page
    .getByRole("list", { name: "Klient:innen und Gruppen" })
    .getByRole("link", { name: title })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** The link on the page of a client. */
export async function readsLink(page: Page): Promise<string> {
  return (await page.getByTestId("link").textContent())?.trim() ?? "";
}
