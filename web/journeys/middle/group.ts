/** The call that hostile servers are tried on: a therapist and Ada in real browsers, and the script of an insider. */
import type { Page } from "@playwright/test";
import { HOST_SLOT } from "../../../wasm/roster.ts";
import { watchesWorkers } from "../counted.ts";
import { expectPerson, joinsGroup, listensIn, startsGroup } from "../group.ts";
import { Insider } from "../insider.ts";
import { entersRoom, type Person, registers } from "../people.ts";
import { CLIENT, THERAPIST } from "../signs.ts";
import { expect } from "../stage.ts";

export const ADA = 1;
export const INSIDER = 2;

/** All three are in, both pages are painted. */
export async function groupWithInsider(
  [therapist, client]: readonly [Person, Person],
  { user, origin, name = "Ada" }: { user: string; origin: string; name?: string },
): Promise<Insider> {
  for (const { page } of [therapist, client]) {
    await watchesWorkers(page);
    await listensIn(page);
  }
  await registers(therapist.page, user);
  const links = await startsGroup(therapist.page, ["M-1", "M-2"]);
  await entersRoom(therapist.page, "M-1");
  await joinsGroup(client.page, links[0] ?? "", name);
  await expectPerson(client.page, HOST_SLOT, THERAPIST);
  await expectPerson(therapist.page, ADA, CLIENT);
  const insider = await Insider.at(origin, links[1] ?? "", "Bo");
  await expect.poll(() => insider.epochs.length).toBeGreaterThan(0);
  expect(insider.slot).toBe(INSIDER);
  return insider;
}

/** The therapist sends the insider out. */
export async function takesInsiderOut(page: Page): Promise<void> {
  await page.locator(`[data-slot='${INSIDER}']`).hover();
  await page.getByRole("button", { name: "Mehr zu M-2" }).click();
  await page.getByRole("menuitem", { name: "Aus dem Gespräch nehmen" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Aus dem Gespräch nehmen" }).click();
}
