/** One whole call by two people who chose English: no page on the way says a German word. */
import type { Page } from "@playwright/test";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";
import { standsStill } from "./walk.ts";

/** Words that no English sentence has; umlauts besides. */
const GERMAN =
  /[äöüßÄÖÜ]|\b(?:und|oder|nicht|der|das|ist|sind|mit|für|ein|eine|Sie|Ihr|Ihre|wird|werden|Anruf|Kamera|Mikrofon|Bildschirm|Klient|Therapeut|Praxis|Anmelden|Passwort|Weiter|Kartei|Profil|Beitreten|Auflegen|Verbindung|Nachricht|Minuten)\b/;

/** What is seen and what is read out, without what is in another language on purpose and says so. */
function words(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walk = (element: Element) => {
      if (element.getAttribute("lang") === "de" || element.matches("script, style, code, pre, .phrase-word"))
        return;
      for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
        const text = element.getAttribute(name);
        if (text) found.push(text);
      }
      for (const child of element.childNodes)
        if (child instanceof Text && child.data.trim()) found.push(child.data.trim());
        else if (child instanceof Element) walk(child);
    };
    walk(document.body);
    return found;
  });
}

async function expectEnglish(page: Page, what: string): Promise<void> {
  expect.soft(await page.evaluate(() => document.documentElement.lang), what).toBe("en");
  const german = (await words(page)).filter((text) => GERMAN.test(text) && !/Deutsch/.test(text));
  expect.soft(german, what).toEqual([]);
}

test("english: from the start page to the end of a call nothing is German", async ({ therapist, client }) => {
  test.slow();
  const { page } = therapist;
  await page.goto("/?lang=en");
  for (const path of ["/", "/login", "/recover", "/plans", "/developers", "/nowhere", "/connect", "/j"]) {
    await page.goto(path);
    await standsStill(page);
    await expectEnglish(page, path);
  }
  await page.goto("/register");
  await page.getByLabel("User name").fill("english-practice");
  await expectEnglish(page, "register");
  await page.getByRole("button", { name: /recovery key/i }).click();
  await expectEnglish(page, "recovery key");
  await confirms(page);
  await expectEnglish(page, "dashboard");
  for (const path of ["/clients", "/profile"]) {
    await page.goto(path);
    await standsStill(page);
    await expectEnglish(page, path);
  }
  await page.goto("/");
  await page.getByLabel("Client ID").fill("K-1");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  const card = page.getByTestId("open-room");
  const link = (await card.getByTestId("link").textContent())?.trim() ?? "";
  await expectEnglish(page, "an open call");
  await card.getByRole("link", { name: /join/i }).click();

  await client.page.goto("/connect?lang=en");
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Join" }).waitFor();
  await expectEnglish(client.page, "door");
  await client.page.getByRole("button", { name: "Join" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectMovingPicture(page, "remote", CLIENT);
  for (const [one, who] of [
    [page, "therapist"],
    [client.page, "client"],
  ] as const) {
    await expectEnglish(one, `room of the ${who}`);
    await one.getByRole("button", { name: "Chat", exact: true }).click();
    await one.getByRole("log").waitFor();
    await expectEnglish(one, `chat of the ${who}`);
    await one.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Hang up" }).click();
  await client.page.getByTestId("quiet").waitFor();
  await expectEnglish(client.page, "end of the client");
  await expectEnglish(page, "end of the therapist");
});

async function confirms(page: Page): Promise<void> {
  const shown = await page.locator(".sheet-group").allTextContents();
  for (const [at, text] of shown.entries()) {
    const field = page.getByLabel(`Group ${at + 1}`, { exact: true });
    if ((await field.count()) > 0) await field.fill(text.trim().slice(-4));
  }
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByLabel("Client ID").waitFor();
}
