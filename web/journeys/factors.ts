/** What people do with a second factor, in real browsers: an app that shows codes, and a key that Chromium plays. */
import { expect, type Page } from "@playwright/test";
import { codeAt } from "../../server/testing/factors.ts";

/** The code of an app with this secret, `steps` spans of 30 s from now. */
export function codeOf(secret: string, steps = 0): string {
  return codeAt(secret, Date.now() + steps * 30_000);
}

/** Opens the dialog behind `button` in the profile and gives the password. */
export async function beginsChange(page: Page, button: string | RegExp, password: string): Promise<void> {
  await page.goto("/profile");
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("dialog").getByLabel("Passwort", { exact: true }).fill(password);
  await page.getByRole("dialog").getByRole("button", { name: "Weiter" }).click();
}

/** Sets an app up with the code before the present one, so that the present one is still good. Returns secret and spare codes. */
export async function setsAppUp(page: Page, password: string): Promise<{ secret: string; spares: string[] }> {
  await beginsChange(page, "App einrichten", password);
  const shown = await page.getByTestId("totp-secret").textContent();
  const secret = (shown ?? "").replace(/\s/g, "");
  await page.getByLabel("Sechsstelliger Code, den die App jetzt zeigt").fill(codeOf(secret, -1));
  await page.getByRole("button", { name: "Einschalten" }).click();
  await page.getByRole("heading", { name: "Ihre Ersatz-Codes" }).waitFor();
  const spares = await page.locator(".spares-code").allTextContents();
  await page.getByRole("button", { name: "Ich habe sie gesichert" }).click();
  await expect(page.getByTestId("factors")).toBeVisible();
  return { secret, spares };
}

/** Types name and password; ends where the second factor is asked for. */
export async function typesPassword(page: Page, user: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Benutzername").fill(user);
  await page.getByLabel("Passwort", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByRole("heading", { name: "Noch ein Schritt" })).toBeVisible();
}

/** Gives a code of the app. */
export async function givesCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Sechsstelliger Code aus Ihrer App").fill(code);
  await page.getByRole("button", { name: "Bestätigen" }).click();
}

/** Gives a spare code. */
export async function givesSpare(page: Page, code: string): Promise<void> {
  await page.getByRole("button", { name: "Ersatz-Code verwenden" }).click();
  await page.getByLabel("Ersatz-Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Bestätigen" }).click();
}

/** Plugs a key into the browser that says yes to everything. */
export async function plugsKeyIn(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Logs out from the profile. */
export async function logsOut(page: Page): Promise<void> {
  await page.goto("/profile");
  await page.getByRole("button", { name: "Abmelden", exact: true }).first().click();
  await expect(page.getByRole("link", { name: "Anmelden" }).first()).toBeVisible();
}
