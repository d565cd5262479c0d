/** Before the call: a stranger sees in plain words whether devices and connection are ready, what to do where they are not, and that sound
 * alone is enough. */
import { createSocket } from "node:dgram";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { entersRoom, joinsByCode, registers, startsCall } from "./people.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };

/** By its address: "localhost" has two, the helper that tells a browser how it is seen listens at one, and a device that is not behind a
 * router cannot tell an answer from the one address from silence at the other. */
test.use({ host: "127.0.0.1", settings: { TPC_HOST: "127.0.0.1" } });

const way = (page: Page, name: string) => page.getByTestId(`way-${name}`);
const verdict = (page: Page) => page.getByTestId("verdict");

/** axe is content with the page on a phone in the dark and on a desktop in the light, and nothing stands out at the side. */
async function expectCleanEverywhere(page: Page, what: string): Promise<void> {
  for (const [size, colorScheme] of [
    [PHONE, "dark"],
    [DESKTOP, "light"],
  ] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== "running"));
    await expectNoFinding(page, `${what}, ${size.width}, ${colorScheme}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect([what, size.width, wide]).toEqual([what, size.width, false]);
  }
}

/** Must run before the page loads: these kinds are refused so, and the browser says what it remembers. */
async function refuses(page: Page, kinds: readonly string[], name: string, state: string): Promise<void> {
  await page.addInitScript(
    (how) => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      const asked: string[] = [];
      Object.assign(window, { asked });
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        for (const kind of ["audio", "video"] as const) {
          if (!wanted?.[kind]) continue;
          asked.push(kind);
          if (how.kinds.includes(kind)) throw new DOMException("refused", how.name);
        }
        return real(wanted);
      };
      navigator.permissions.query = async () => ({ state: how.state }) as PermissionStatus;
    },
    { kinds, name, state },
  );
}

const askedFor = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { asked: string[] }).asked);

test("check-all-ready: from the start page, without login; three ways, the level moves, two notes sound", async ({
  another,
}) => {
  const { page } = await another({ sign: CLIENT });
  await page.goto("/");
  await page.getByRole("link", { name: "Technik-Check" }).click();
  await expect(verdict(page)).toHaveAttribute("data-words", "line");
  for (const name of ["direct", "quic", "socket"]) {
    await expect(way(page, name)).toHaveAttribute("data-tone", "good");
    await expect(way(page, name)).toContainText(/Antwort nach \d+ ms/);
  }
  // nothing is asked before the press
  await expect(page.getByTestId("devices")).toHaveCount(0);
  await page.getByRole("button", { name: "Kamera und Mikrofon prüfen" }).click();
  await expectMovingPicture(page, "preview", CLIENT);
  await expect(page.getByTestId("level")).toHaveAttribute("data-heard", "true");
  await page.getByRole("button", { name: "Testton spielen" }).click();
  await expect(page.getByTestId("tone")).toHaveAttribute("data-at", "played");
  await expect(verdict(page)).toHaveAttribute("data-words", "all");
  await expect(verdict(page)).toContainText("Alles bereit");
  await expectCleanEverywhere(page, "check-ready");

  await page.getByRole("combobox", { name: "Kamera" }).selectOption("Ohne Kamera");
  await expect(page.getByTestId("preview")).toHaveCount(0);
  await page.getByRole("button", { name: "EN, English" }).click();
  await expect(verdict(page)).toContainText("All ready");
  await expect(page.getByText("No picture")).toBeVisible();
});

test("check-blocked: a network without UDP goes over the own server and says so; a server that is away is said", async ({
  product,
  another,
}) => {
  const { page } = await another({ sign: CLIENT });
  const silent = createSocket("udp4");
  await new Promise<void>((done) => silent.bind(0, "127.0.0.1", done));
  // both are there, and nothing ever comes back from them
  await page.route("**/api/check", async (route) => {
    const answer = await route.fetch();
    const said = await answer.json();
    const { port } = silent.address();
    for (const place of said.quic) place.port = port;
    await route.fulfill({ response: answer, json: { ...said, stun: [{ urls: `stun:127.0.0.1:${port}` }] } });
  });
  await page.goto("/check");
  await expect(verdict(page)).toHaveAttribute("data-words", "own", { timeout: 30_000 });
  expect(
    await Promise.all(["direct", "quic", "socket"].map((name) => way(page, name).getAttribute("data-tone"))),
  ).toEqual(["look", "look", "good"]);
  await expect(way(page, "quic")).toContainText("Gespräche gehen über den eigenen Server");
  await expect(verdict(page)).toContainText("Das geht");
  await expectCleanEverywhere(page, "check-blocked");
  silent.close();

  await product.kill("SIGKILL");
  await page.unroute("**/api/check");
  await page.getByRole("button", { name: "Noch einmal prüfen" }).click();
  await expect(verdict(page)).toHaveAttribute("data-words", "away");
  await expect(verdict(page)).toHaveAttribute("data-tone", "loss");
  await product.start();
  await page.getByRole("button", { name: "Noch einmal prüfen" }).click();
  await expect(way(page, "socket")).toHaveAttribute("data-tone", "good");
});

test("door-without-camera: a camera refused for good has steps, sound alone is enough, and it is never asked for", async ({
  therapist,
  another,
}) => {
  test.slow();
  await registers(therapist.page, "praxis-check");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  const refused = await another({ sign: CLIENT });
  await refuses(refused.page, ["video"], "NotAllowedError", "denied");
  await refused.page.goto(link);
  await expect(refused.page.getByRole("button", { name: "Beitreten" })).toBeVisible();
  expect(await askedFor(refused.page)).toEqual([]);
  await refused.page.getByRole("button", { name: "Kamera und Mikrofon prüfen" }).click();
  await expect(refused.page.getByTestId("level")).toHaveAttribute("data-heard", "true");
  const help = refused.page.getByTestId("help-camera");
  await help.getByText("So geht es").click();
  await expect(help.getByRole("listitem").first()).toContainText("links neben der Adresse");
  await expect(help.getByRole("listitem")).toHaveCount(3);
  await expectCleanEverywhere(refused.page, "door-refused");
  await refused.page.getByRole("button", { name: "Ohne Kamera teilnehmen" }).click();
  await expectMovingPicture(refused.page, "remote", THERAPIST);
  await expect(therapist.page.getByText("Kamera aus", { exact: false })).toBeVisible();
  await expectTone(therapist.page, "remote", CLIENT);
  await refused.browser.close();

  // by code, straight away: the camera would be there, and is not even asked for
  await therapist.page.goto("/");
  const { page } = await another({ sign: CLIENT });
  await refuses(page, [], "", "granted");
  await page.goto("/connect");
  await page.getByRole("button", { name: "Kamera und Mikrofon prüfen" }).click();
  await expectMovingPicture(page, "preview", CLIENT);
  await page.getByRole("combobox", { name: "Kamera" }).selectOption("Ohne Kamera");
  await expect(page.getByTestId("preview")).toHaveCount(0);
  await expectCleanEverywhere(page, "connect-checked");
  const before = (await askedFor(page)).length;
  await joinsByCode(page, "praxis-check", "K-1");
  await entersRoom(therapist.page, "K-1");
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectTone(therapist.page, "remote", CLIENT);
  await expect(therapist.page.getByText("Kamera aus", { exact: false })).toBeVisible();
  expect((await askedFor(page)).slice(before)).toEqual([]);
});

test("check-devices-missing: none, in use, and closed without an answer each have their own words and steps", async ({
  client,
  product,
}) => {
  for (const [name, state, words, step] of [
    ["NotFoundError", "prompt", "kein Mikrofon angeschlossen", "Stecken Sie das Gerät ab"],
    ["NotReadableError", "granted", "von einem anderen Programm benutzt", "Schließen Sie andere Programme"],
    ["NotAllowedError", "prompt", "im Browser gesperrt", "blieb ohne Antwort"],
    ["NotAllowedError", "granted", "im Browser gesperrt", "Systemeinstellungen"],
  ] as const) {
    const context = await client.browser.newContext({ baseURL: product.origin, locale: "de-DE" });
    const page = await context.newPage();
    await refuses(page, ["audio", "video"], name, state);
    await page.goto("/check");
    await page.getByRole("button", { name: "Kamera und Mikrofon prüfen" }).click();
    await expect(page.getByText(words, { exact: false }).first()).toBeVisible();
    await expect(verdict(page)).toHaveAttribute("data-words", "microphone");
    await page.getByTestId("help-microphone").getByText("So geht es").click();
    await expect(page.getByTestId("help-microphone").getByRole("listitem").first()).toContainText(step);
    if (name === "NotFoundError") await expectCleanEverywhere(page, "check-none");
    await context.close();
  }
});

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 390.0.0.28.85 (iPhone15,2; iOS 18_5; de_DE; scale=3.00)";

test("in-app: inside another app the door says how to get to a real browser, and can still be entered", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-app");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  const context = await client.browser.newContext({
    userAgent: IPHONE,
    locale: "de-DE",
    permissions: ["camera", "microphone", "clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  await page.goto(link);
  const card = page.getByTestId("in-app");
  await expect(card.getByRole("heading")).toHaveText("In Safari öffnen");
  await expect(card).toContainText("Diese Seite ist in Instagram geöffnet");
  await expect(card.getByRole("img", { name: "QR-Code" })).toBeVisible();
  await card.getByRole("button", { name: "Link kopieren" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await expectCleanEverywhere(page, "door-in-app");
  await page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(page, "remote", THERAPIST);
  await client.page.goto(link);
  await expect(client.page.getByRole("button", { name: "Beitreten" })).toBeVisible();
  await expect(client.page.getByTestId("in-app")).toHaveCount(0);
});
