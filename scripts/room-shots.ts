/** The pictures of the call room: two people with the menu, the chat and the keys open, a group of three, and the end. */
import type { Browser, Page } from "@playwright/test";
import { joinsGroup, startsGroup } from "../web/journeys/group.ts";
import { entersRoom, joinsByLink, startsCall } from "../web/journeys/people.ts";

type Shoot = (page: Page, name: string) => Promise<void>;
/** Another browser window of nobody yet. */
type Open = (browser: Browser, url: string) => Promise<Page>;

/** `page` is the therapist's dashboard; ends there. */
export async function rooms(
  page: Page,
  browser: Browser,
  url: string,
  open: Open,
  shoot: Shoot,
): Promise<void> {
  const one = await open(browser, url);
  const link = await startsCall(page, "K-90");
  await entersRoom(page, "K-90");
  await shoot(page, "room-alone");
  await joinsByLink(one, link);
  for (const each of [page, one]) await each.getByTestId("remote").waitFor();
  await shoot(page, "room");
  await shoot(one, "room-of-the-client");
  await page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
  await shoot(page, "room-menu");
  await page.getByRole("menuitem", { name: "Tastenkürzel" }).click();
  await page.getByRole("dialog").waitFor();
  await shoot(page, "room-keys");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Chat", exact: true }).click();
  await page.getByLabel("Nachricht", { exact: true }).fill("Guten Tag");
  await page.keyboard.press("Enter");
  await shoot(page, "room-chat");
  await page.getByRole("button", { name: "Auflegen" }).click();
  await one.getByTestId("quiet").waitFor();
  await shoot(one, "room-end-of-the-client");
  await group(page, [one, await open(browser, url)], shoot);
}

async function group(page: Page, others: readonly Page[], shoot: Shoot): Promise<void> {
  await page.goto("/");
  const links = await startsGroup(page, ["K-91", "K-92"]);
  await entersRoom(page, "K-91");
  for (const [at, other] of others.entries()) await joinsGroup(other, links[at] ?? "", `Person ${at + 1}`);
  await page.getByTestId("picture").nth(1).waitFor();
  await shoot(page, "room-group");
  for (const other of others) await other.context().close();
  await page.getByRole("button", { name: "Auflegen" }).click();
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Anruf starten" }).waitFor();
}
