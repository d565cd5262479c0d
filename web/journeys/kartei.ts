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

/** Makes a group of entries that are there; ends on its page. */
export async function filesGroup(page: Page, name: string, members: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Neue Gruppe" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name der Gruppe").fill(name);
  for (const member of members) {
    await dialog.getByLabel("Klient:in dazunehmen", { exact: true }).fill(member);
    await dialog.getByRole("button", { name: `${member} dazunehmen` }).click();
  }
  await dialog.getByRole("button", { name: "Anlegen" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Chooses a file for "Datei einlesen". */
export async function choosesFile(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  if (!(await page.getByRole("dialog").isVisible())) {
    await page.getByRole("button", { name: "Einlesen und sichern" }).click();
    await page.getByRole("menuitem", { name: "Datei einlesen" }).click();
  }
  await page.getByRole("dialog").getByTestId("file").setInputFiles(file);
}

/** A table as a practice program writes it. */
export const table = (text: string, name = "praxis.csv") => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(text),
});

/** `count` clients of whom half have a name. */
export function manyClients(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const id = `K-${String(at + 1).padStart(4, "0")}`;
    return at % 2 === 0 ? `${id};Müller ${at + 1}, Änne;` : `${id};;Notiz ${at + 1}`;
  });
  return ["Klient:innen-ID;Name;Notiz", ...rows].join("\n");
}

/** Says yes to what the preview shows. */
export async function agrees(page: Page): Promise<void> {
  await page.getByRole("button", { name: "So einlesen" }).click();
  await expect(page.getByText(/ eingelesen\.$/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** Saves the Kartei as an encrypted file; its path and the words that open it. */
export async function savesFile(page: Page): Promise<{ path: string; words: string }> {
  await page.getByRole("button", { name: "Einlesen und sichern" }).click();
  await page.getByRole("menuitem", { name: "Als Datei sichern" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator(".phrase-word")).toHaveCount(7);
  const words = (await dialog.locator(".phrase-word").allTextContents()).map((word) => word.trim()).join(" ");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Datei speichern" }).click();
  const path = await (await download).path();
  await expect(dialog).toBeHidden();
  return { path, words };
}
