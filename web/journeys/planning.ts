/** What people of the journeys do with planned calls, and the clocks they read it from. */
import { expect, type Locator, type Page } from "@playwright/test";

export const BERLIN = "Europe/Berlin";
export const NEW_YORK = "America/New_York";
export const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A full minute so far from now. */
export function minutesAhead(minutes: number): number {
  return Math.floor(Date.now() / MINUTE) * MINUTE + minutes * MINUTE;
}

/** Ten o'clock or so in so many days: nothing is near. */
export const daysAhead = (days: number) => minutesAhead((days * DAY) / MINUTE);

/** What the native fields take for a moment, in a zone. */
export function typedIn(at: number, zone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const [date = "", time = ""] = parts.format(at).split(" ");
  return { date, time };
}

/** A moment as a client of a zone reads it. */
export function readIn(at: number, zone: string): string {
  const year = (moment: number) => new Date(moment).getFullYear();
  const day = new Intl.DateTimeFormat("de-DE", {
    timeZone: zone,
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(year(at) === year(Date.now()) ? {} : { year: "numeric" }),
  });
  return `${day.format(at)}, ${typedIn(at, zone).time} Uhr`;
}

/** The card of a planned call. */
export const plannedCard = (page: Page, clientId: string) =>
  page.getByTestId("planned").filter({ hasText: clientId });

/** Opens the fields of "Anruf planen" and fills them. */
export async function fillsPlan(page: Page, ids: readonly string[], when: { date: string; time: string }) {
  const panel = page.getByTestId("plan-panel");
  if ((await panel.count()) === 0) await page.getByRole("button", { name: "Anruf planen" }).click();
  for (const [at, id] of ids.entries()) {
    if (at > 0) await page.getByRole("button", { name: "weitere Person" }).click();
    await page
      .getByLabel(at === 0 ? "Klient:innen-ID" : `Klient:innen-ID ${at + 1}`, { exact: true })
      .fill(id);
  }
  await panel.getByLabel("Datum").fill(when.date);
  await panel.getByLabel("Uhrzeit").fill(when.time);
}

/** Presses "Anruf planen" under the fields. */
export const presses = (page: Page) =>
  page.getByTestId("plan-panel").getByRole("button", { name: "Anruf planen" }).click();

/** Plans a call for one client and returns its card and the client's link. */
export async function plansCall(
  page: Page,
  clientId: string,
  at: number,
  zone = BERLIN,
): Promise<{ card: Locator; link: string }> {
  await fillsPlan(page, [clientId], typedIn(at, zone));
  await presses(page);
  const card = plannedCard(page, clientId).first();
  await expect(card).toBeFocused();
  return { card, link: (await card.getByTestId("link").textContent())?.trim() ?? "" };
}
