/** The pictures of the call room: the door before it, two people with what opens there, a line that is away, a group of three, and the end. */
import type { Page } from "@playwright/test";
import { joinsGroup, startsGroup } from "../web/journeys/group.ts";
import { entersRoom, startsCall } from "../web/journeys/people.ts";
import { tools } from "./tools-shots.ts";

type Shoot = (page: Page, name: string) => Promise<void>;
/** Another browser window of nobody yet. */
type Open = () => Promise<Page>;

const REACH = "Rufen Sie mich an: 01 234 56 78.\nIch bin bis 12 Uhr da.";
/** Until a dead line is told, and the text for that case after it. */
const AWAY_MS = 60_000;

/** `page` is a therapist's; ends on the dashboard. */
export async function rooms(page: Page, open: Open, shoot: Shoot): Promise<void> {
  await writesReach(page);
  const one = await open();
  const loses = await lineOf(one);
  const link = await startsCall(page, "K-90");
  await entersRoom(page, "K-90");
  await shoot(page, "room-alone");
  await door(one, link, shoot);
  for (const each of [page, one]) await each.getByTestId("remote").waitFor();
  await shoot(one, "room-of-the-client-first");
  await shoot(page, "room");
  for (const each of [page, one])
    await each.getByTestId("start-card").getByRole("button", { name: "Gelesen" }).click();
  await one.getByRole("button", { name: "Verstanden" }).click();
  await shoot(one, "room-of-the-client");
  await menus(page, shoot);
  await covers(one, page, shoot);
  await tools(page, one, shoot);
  await lineIsAway(one, loses, shoot);
  await page.getByRole("button", { name: "Auflegen" }).click();
  await one.getByTestId("quiet").waitFor();
  await shoot(one, "room-end-of-the-client");
  await group(page, [one, await open()], shoot);
}

/** What clients read while the line is away. */
async function writesReach(page: Page): Promise<void> {
  await page.goto("/profile");
  const card = page.locator("section").filter({ hasText: "Wenn die Verbindung abreißt" }).last();
  await card.getByLabel("Ihr Text").fill(REACH);
  await card.getByRole("button", { name: "Speichern" }).click();
  await page.getByText("Der Text ist gespeichert.").waitFor();
  await page.goto("/");
}

async function door(page: Page, link: string, shoot: Shoot): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Beitreten" }).waitFor();
  await shoot(page, "client-door");
  await page.getByRole("button", { name: "Kamera und Mikrofon prüfen" }).click();
  await page.getByTestId("level").waitFor();
  await shoot(page, "client-door-checked");
  await page.getByRole("button", { name: "Beitreten" }).click();
}

/** What the therapist opens over the picture. */
async function menus(page: Page, shoot: Shoot): Promise<void> {
  await page.getByRole("button", { name: /^Sitzung von/ }).click();
  await shoot(page, "room-hour");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Ansicht" }).click();
  await shoot(page, "room-view");
  await page.getByRole("menu").getByText("Nebeneinander", { exact: true }).click();
  await page.keyboard.press("Escape");
  await shoot(page, "room-side-by-side");
  await page.getByRole("button", { name: "Ansicht" }).click();
  await page.getByRole("menu").getByText("Eine Person groß", { exact: true }).click();
  await page.keyboard.press("Escape");
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
  await page.getByRole("button", { name: "Chat schließen" }).click();
}

async function covers(client: Page, host: Page, shoot: Shoot): Promise<void> {
  await client.getByRole("button", { name: "Notizen" }).click();
  await client.getByTestId("cover").waitFor();
  await shoot(client, "room-cover");
  await shoot(host, "room-not-alone");
  await client.getByRole("button", { name: "Weiter" }).click();
  await client.getByTestId("cover").waitFor({ state: "detached" });
}

/** The line of a page, in hand: it loses so much of a hundred, and what is signaled waits while it loses all. To be taken before the page
 * opens one. */
async function lineOf(page: Page): Promise<(packetLoss: number) => Promise<unknown>> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("Network.enable");
  const line = { offline: false, latency: 1, downloadThroughput: -1, uploadThroughput: -1 };
  let isAway = false;
  const waiting: (() => void)[] = [];
  const hand = (act: () => void) => void (isAway ? waiting.push(act) : act());
  await page.routeWebSocket(/\/signal$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => hand(() => server.send(message)));
    server.onMessage((message) => hand(() => socket.send(message)));
  });
  const loses = async (packetLoss: number) => {
    isAway = packetLoss === 100;
    if (!isAway) for (const act of waiting.splice(0)) act();
    await browser.send("Network.emulateNetworkConditions", { ...line, packetLoss });
  };
  await loses(0);
  return loses;
}

async function lineIsAway(page: Page, loses: (packetLoss: number) => Promise<unknown>, shoot: Shoot) {
  await loses(100);
  await page.getByTestId("reach").waitFor({ timeout: AWAY_MS });
  await shoot(page, "room-line-away");
  await loses(0);
  await page.getByTestId("line-card").waitFor({ state: "detached", timeout: AWAY_MS });
}

async function group(page: Page, others: readonly Page[], shoot: Shoot): Promise<void> {
  await page.goto("/");
  const links = await startsGroup(page, ["K-91", "K-92"]);
  await entersRoom(page, "K-91");
  for (const [at, other] of others.entries()) await joinsGroup(other, links[at] ?? "", `Person ${at + 1}`);
  // a machine under load takes it for a weak line and stops pictures: the tiles are there all the same
  const pictures = page.getByTestId("picture").nth(1);
  await pictures.waitFor().catch(() => undefined);
  await shoot(page, "room-group");
  for (const other of others) await shoot(other, `room-group-of-${other === others[0] ? "one" : "another"}`);
  for (const other of others) await other.context().close();
  await page.getByRole("button", { name: "Auflegen" }).click();
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Anruf starten" }).waitFor();
}
