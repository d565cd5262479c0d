/** Blocked camera, no microphone, an address without https, an old browser, a server that is away: each has a sentence, and
 * what was entered stays. */
import type { Page } from "@playwright/test";
import { entersRoom, joinsByLink, meets, person, registers, startsCall } from "./people.ts";
import { startProduct } from "./product.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

test("no camera and no microphone: both are said, the client still sees the therapist", async ({
  therapist,
  another,
}) => {
  await registers(therapist.page, "praxis-ohne");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  const client = await another({ sign: CLIENT, devices: false });
  await joinsByLink(client.page, link);
  await expect(client.page.getByText("Es ist kein Mikrofon angeschlossen", { exact: false })).toBeVisible();
  await expect(client.page.getByText("Es ist keine Kamera angeschlossen", { exact: false })).toBeVisible();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect(therapist.page.getByText("Kamera aus", { exact: false })).toBeVisible();
});

test("blocked camera: microphone alone is enough, and the way to mend it is said", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-gesperrt");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await client.page.addInitScript(() => {
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      if (wanted?.video) throw new DOMException("blocked", "NotAllowedError");
      return real(wanted);
    };
  });
  await joinsByLink(client.page, link);
  await expect(client.page.getByText("Ihre Kamera ist im Browser gesperrt", { exact: false })).toBeVisible();
  await expect(therapist.page.getByText("Kamera aus", { exact: false })).toBeVisible();
  await expect(therapist.page.getByText("Mikrofon aus", { exact: false })).toBeHidden();
});

test("an address without https: said before anything is tried", async () => {
  const product = await startProduct();
  const plain = await person({
    sign: CLIENT,
    origin: "http://localhost",
    args: ["--host-resolver-rules=MAP praxis.test 127.0.0.1"],
  });
  const url = product.origin.replace("localhost", "praxis.test");
  await plain.page.goto(`${url}/j#1AAECAwQFBgcICQoLDA0OD-rkzGpZJljkFnAnuIydP7k`);
  await expect(plain.page.locator("body")).toContainText("https");
  await expect(plain.page.getByRole("button", { name: "Beitreten" })).toBeHidden();
  await plain.browser.close();
  await product.close();
});

for (const [what, missing] of [
  ["WebRTC", "RTCPeerConnection"],
  ["WebCrypto", "crypto"],
] as const) {
  test(`an old browser without ${what} is told so`, async ({ client }) => {
    await client.page.addInitScript((name) => {
      Object.defineProperty(window, name, { value: undefined, configurable: true });
    }, missing);
    await client.page.goto("/j#1AAECAwQFBgcICQoLDA0OD-rkzGpZJljkFnAnuIydP7k");
    await expect(client.page.locator("body")).toContainText("Browser");
    await expect(client.page.getByRole("button", { name: "Beitreten" })).toBeHidden();
  });
}

test("server down while waiting: said calmly, and the call begins by itself when it is back", async ({
  product,
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-weg");
  const link = await startsCall(therapist.page, "K-1");
  await joinsByLink(client.page, link);
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "waiting");
  await product.kill("SIGKILL");
  await expect(
    client.page.getByText("Die Verbindung zum Server ist gerade weg", { exact: false }),
  ).toBeVisible();
  await product.start();
  await expect(
    client.page.getByText("Die Verbindung zum Server ist gerade weg", { exact: false }),
  ).toBeHidden();
  await entersRoom(therapist.page, "K-1");
  await expectMovingPicture(client.page, "remote", THERAPIST);
});

test("server down when saving: the typed client ID stays, and 'Starten' works when it is back", async ({
  product,
  therapist,
}) => {
  await registers(therapist.page, "praxis-bleibt");
  await product.kill("SIGKILL");
  await therapist.page.getByLabel("Klient:innen-ID").fill("K-99");
  await therapist.page.getByRole("button", { name: "Starten" }).click();
  await expect(therapist.page.getByRole("alert").first()).toBeVisible();
  await expect(therapist.page.getByLabel("Klient:innen-ID")).toHaveValue("K-99");
  await product.start();
  await therapist.page.getByRole("button", { name: "Starten" }).click();
  await expect(therapist.page.getByTestId("open-room")).toContainText("K-99");
});

test("SIGTERM: a call is told, goes on, and the process ends cleanly", async ({
  product,
  therapist,
  client,
}) => {
  await meets(therapist.page, client.page, "praxis-ende");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await product.kill("SIGTERM");
  expect(product.log()).toContain("server.stopped");
  await expectMovingPicture(client.page, "remote", THERAPIST);
});

/** The first `times` requests for scripts and styles of this page fail, as when the network changes while it loads. */
async function losesParts(page: Page, which: RegExp, times: number): Promise<() => number> {
  let lost = 0;
  await page.route(which, (route) => {
    if (lost >= times) return route.continue();
    lost += 1;
    return route.abort("internetdisconnected");
  });
  return () => lost;
}

test("network changes while the page loads: it comes all the same, by itself", async ({ therapist }) => {
  const first = await losesParts(therapist.page, /assets\/index-[^/]*\.js$/, 1);
  const later = await losesParts(therapist.page, /assets\/register-[^/]*\.js$/, 2);
  await therapist.page.goto("/register");
  await expect(therapist.page.getByLabel("Benutzername")).toBeVisible();
  expect([first(), later()]).toEqual([1, 2]);
});

test("a page that never arrives says so, and a press brings it", async ({ client }) => {
  const lost = await losesParts(client.page, /assets\/client-[^/]*\.js$/, 4);
  await client.page.goto("/connect");
  await expect(
    client.page.getByRole("heading", { name: "Diese Seite ist nicht ganz angekommen." }),
  ).toBeVisible();
  expect(lost()).toBe(4);
  await client.page.getByRole("button", { name: "Neu laden" }).click();
  await expect(client.page.getByRole("heading", { level: 1 })).toHaveText("Mit Zugangs-Code beitreten");
});

test("the chat never arrives: its place says so, and the call goes on", async ({ therapist, client }) => {
  await meets(therapist.page, client.page, "praxis-stumm");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await losesParts(therapist.page, /assets\/chat-panel-[^/]*\.js$/, 99);
  await therapist.page.getByRole("button", { name: "Chat", exact: true }).click();
  await expect(therapist.page.getByText("Hier ist etwas nicht angekommen")).toBeVisible();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
});
