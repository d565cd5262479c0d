/** Every page that can be reached, one after the other, as a journey looks at them: without an account, and as a practice with something in it. */
import { expect, type Page } from "@playwright/test";

/** Told of each page when it stands still. */
export type Look = (page: Page, what: string) => Promise<void>;

const OPEN = [
  "/",
  "/login",
  "/register",
  "/recover",
  "/plans",
  "/developers",
  "/imprint",
  "/privacy",
  "/terms",
  "/nowhere",
  "/connect",
  "/j",
  `/j#1${"A".repeat(43)}`,
  "/invite",
  "/offline.html",
] as const;
const OWN = [
  "/",
  "/clients",
  "/profile",
  "/plans",
  "/developers",
  `/planned/${"0".repeat(32)}/go`,
  "/start#nothing",
] as const;

/** What needs no account. */
export const walksOutside = (page: Page, look: Look) => walks(page, OPEN, look);
/** What a practice that is logged in has. */
export const walksInside = (page: Page, look: Look) => walks(page, OWN, look);

async function walks(page: Page, paths: readonly string[], look: Look): Promise<void> {
  for (const path of paths) {
    // from a blank page: between two addresses that differ behind the # only, a browser loads nothing
    await page.goto("about:blank");
    await page.goto(path);
    await standsStill(page);
    await look(page, path);
  }
}

/** Everything that was on its way is there. */
export async function standsStill(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.locator(".skeleton, .spinner")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
