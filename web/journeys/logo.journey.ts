/** [product 11] The practice's logo: uploaded as in the seed, seen before the therapist is there and in the call on both sides, small
 * at a press, gone when it is removed; the server never has it in clear. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { joinsGroup, startsGroup } from "./group.ts";
import { entersRoom, joinsByCode, joinsByLink, registers, startsCall } from "./people.ts";
import { bomb, type Chosen, choosesLogo, DESCRIPTION, inkOnNothing, mark, uploadsLogo } from "./pictures.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** At the head of the client's pages. */
const headLogo = (page: Page) => page.getByTestId("practice-logo").getByRole("img", { name: "Praxislogo" });
const roomLogo = (page: Page) => page.getByTestId("room-logo").getByRole("img", { name: "Praxislogo" });

async function boxOf(picture: Locator) {
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  const box = await picture.boundingBox();
  if (!box) throw new Error("no box");
  return box;
}

/** Must run before the page loads: keeps the pictures it makes within a test's reach. */
async function keepsPictures(page: Page): Promise<() => Promise<Buffer>> {
  await page.addInitScript(() => {
    const make = URL.createObjectURL.bind(URL);
    const made: Blob[] = [];
    Object.assign(window, { madePictures: made });
    URL.createObjectURL = (from: Blob) => {
      if (from.type.startsWith("image/")) made.push(from);
      return make(from);
    };
  });
  const last = async () => {
    const blob = (window as unknown as { madePictures: Blob[] }).madePictures.at(-1) ?? new Blob();
    return [...new Uint8Array(await blob.arrayBuffer())];
  };
  return async () => Buffer.from(await page.evaluate(last));
}

test("the-logo-is-shown: before the therapist is there, then in the call on both sides, in its own size", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-logo");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(240, 80));
  await expect(therapist.page.getByTestId("own-logo")).toBeVisible();
  await therapist.page.goto("about:blank");

  await client.page.goto(link);
  expect(await boxOf(headLogo(client.page))).toMatchObject({ width: 240, height: 80 });
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "host");
  await expect(headLogo(client.page)).toBeVisible();

  await therapist.page.goto("/");
  await entersRoom(therapist.page, "K-1");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  for (const { page } of [therapist, client]) {
    const box = await boxOf(roomLogo(page));
    expect(box).toMatchObject({ width: 240, height: 80 });
    expect([box.x < 40, box.y < 40]).toEqual([true, true]);
  }
});

test("the-logo-is-shown: a large one takes a third of the window and no more, a small one never grows", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-gross");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(2000, 1000));
  await expect(therapist.page.getByText("1280 × 640 Pixel")).toBeVisible();
  await therapist.page.goto("/");
  await entersRoom(therapist.page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
    [844, 390],
  ] as const) {
    await client.page.setViewportSize({ width, height });
    const box = await boxOf(roomLogo(client.page));
    expect(box.width).toBeLessThanOrEqual(width * 0.33 + 0.1);
    expect(box.height).toBeLessThanOrEqual(height * 0.33 + 0.1);
    expect(Math.abs(box.width / box.height - 2)).toBeLessThan(0.05);
    // as large as it may be: one of its sides is at the third
    expect(Math.max(box.width / width, box.height / height)).toBeGreaterThan(0.32);
    for (const role of ["timer", "status"] as const) await expectClear(client.page.getByRole(role).first());
    await expectClear(client.page.getByRole("button", { name: "Auflegen" }));
  }
});

/** The logo does not lie over the middle of it. */
async function expectClear(place: Locator): Promise<void> {
  const over = await place.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return top?.closest("[data-testid=room-logo]") ? element.className : null;
  });
  expect(over).toBeNull();
}

test("the-logo-is-minimised: by keyboard, mouse and tap, on this side only, and comes back", async ({
  therapist,
  another,
}) => {
  await registers(therapist.page, "praxis-klein");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(300, 100));
  await therapist.page.goto("/");
  await entersRoom(therapist.page, "K-1");
  const client = await another({ sign: CLIENT });
  const touch = await client.browser.newContext({
    ...{ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 }, locale: "de-DE" },
    permissions: ["camera", "microphone"],
  });
  const phone = await touch.newPage();
  await joinsByLink(phone, link);
  await expectMovingPicture(phone, "remote", THERAPIST);

  const hide = (page: Page) => page.getByRole("button", { name: "Praxislogo verkleinern" });
  const show = (page: Page) => page.getByRole("button", { name: "Praxislogo anzeigen" });
  const { page } = therapist;
  const seen = () =>
    hide(page).evaluate((button) => getComputedStyle(button.parentElement as Element).opacity);
  await boxOf(roomLogo(page));
  await page.mouse.move(600, 500);
  await expect.poll(seen).toBe("0");
  await page.getByTestId("room-logo").hover();
  await expect.poll(seen).toBe("1");
  await hide(page).click();
  await expect(roomLogo(page)).toHaveCount(0);
  await show(page).click();
  await page.mouse.move(600, 500);
  await expect.poll(seen).toBe("0");

  await hide(page).focus();
  await page.keyboard.press("Shift");
  await expect.poll(seen).toBe("1");
  await page.keyboard.press("Enter");
  await expect(show(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(hide(page)).toBeFocused();
  await expect(roomLogo(page)).toBeVisible();

  const { x, y, width } = await boxOf(roomLogo(phone));
  // where the button is: the first tap only shows it
  await phone.touchscreen.tap(x + width - 10, y + 10);
  await expect(roomLogo(phone)).toBeVisible();
  await phone.touchscreen.tap(x + width - 10, y + 10);
  await expect(roomLogo(phone)).toHaveCount(0);
  await expect(roomLogo(page)).toBeVisible();
  await show(phone).tap();
  await expect(roomLogo(phone)).toBeVisible();
  await touch.close();
});

test("the-logo-is-removed: gone at the next visit, on the server too", async ({
  therapist,
  client,
  product,
}) => {
  await registers(therapist.page, "praxis-weg");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(200, 60));
  await client.page.goto(link);
  await expect(headLogo(client.page)).toBeVisible();
  const asked: string[] = [];
  client.page.on("response", (answer) => {
    if (/\/api\/(brand|logo)\//.test(answer.url())) asked.push(`${answer.status()}`);
  });
  await therapist.page.getByRole("button", { name: "Praxislogo entfernen" }).click();
  await therapist.page.getByRole("button", { name: "Entfernen", exact: true }).click();
  await expect(therapist.page.getByTestId("own-logo")).toHaveCount(0);
  await client.page.reload();
  await expect(client.page.locator("html")).toHaveAttribute("data-logo", "none");
  await expect(headLogo(client.page)).toHaveCount(0);
  expect(asked).toEqual(["404"]);
  expect(product.log()).not.toContain("error");
});

test("the-logo-is-shown by code: once the code is proven, while waiting and in the call; to later links as well", async ({
  therapist,
  client,
  another,
}) => {
  await registers(therapist.page, "praxis-code-logo");
  await uploadsLogo(therapist.page, mark(240, 80));
  await therapist.page.goto("/");
  const link = await startsCall(therapist.page, "K-9");
  await entersRoom(therapist.page, "K-9");
  await joinsByCode(client.page, "praxis-code-logo", "K-9");
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "waiting");
  await expect(headLogo(client.page)).toBeVisible();
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  expect(await boxOf(roomLogo(client.page))).toMatchObject({ width: 240, height: 80 });

  const later = await another({ sign: CLIENT });
  await later.page.goto(link);
  await expect(headLogo(later.page)).toBeVisible();
});

test("the-logo-is-shown in a group: on every side, under the names", async ({
  therapist,
  client,
  another,
}) => {
  test.slow();
  await registers(therapist.page, "praxis-gruppe-logo");
  await uploadsLogo(therapist.page, mark(1200, 700));
  await therapist.page.goto("/");
  const links = await startsGroup(therapist.page, ["G-1", "G-2"]);
  await entersRoom(therapist.page, "G-1");
  const second = await another({ sign: CLIENT });
  await joinsGroup(client.page, links[0] ?? "", "Mila");
  await joinsGroup(second.page, links[1] ?? "", "Noah");
  await expect(therapist.page.locator(".group-tile")).toHaveCount(3);
  for (const { page } of [therapist, client]) {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
      [844, 390],
    ] as const) {
      await page.setViewportSize({ width, height });
      const box = await boxOf(roomLogo(page));
      expect(box.width).toBeLessThanOrEqual(width * 0.33 + 0.1);
      expect(box.height).toBeLessThanOrEqual(height * 0.33 + 0.1);
      for (const name of await page.locator(".group-words").all()) await expectClear(name);
      for (const menu of await page.locator(".group-acts button").all()) await expectClear(menu);
    }
  }
});

const said: readonly (readonly [string, Chosen, string])[] = [
  [
    "a drawing (SVG)",
    {
      name: "logo.svg",
      mimeType: "image/svg+xml",
      buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    },
    "SVG-Dateien sind nicht möglich",
  ],
  [
    "a letter called a picture",
    { name: "brief.png", mimeType: "image/png", buffer: Buffer.from("Sehr geehrte Damen und Herren") },
    "Das ist kein Bild, das wir lesen können.",
  ],
  ["a bomb", bomb(), "mehr als 40 Millionen Bildpunkte"],
  [
    "a cut picture",
    { ...mark(300, 100), buffer: mark(300, 100).buffer.subarray(0, 30) },
    "Dieses Bild ist beschädigt",
  ],
  [
    "an empty file",
    { name: "leer.png", mimeType: "image/png", buffer: Buffer.alloc(0) },
    "Diese Datei ist leer.",
  ],
  [
    "fifty megabytes",
    { name: "gross.png", mimeType: "image/png", buffer: Buffer.alloc(49 * 1024 * 1024) },
    "Diese Datei ist größer als 20 MB.",
  ],
];

test("files-that-are-no-logo get their words, and nothing is sent", async ({ therapist: { page } }) => {
  await registers(page, "praxis-falsch");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") sent.push(request.url());
  });
  await page.goto("/profile");
  await page.getByRole("button", { name: "Praxislogo hochladen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hochladen" }).click();
  await expect(page.getByText("Bitte wählen Sie zuerst ein Bild aus.")).toBeVisible();
  for (const [what, chosen, words] of said) {
    await choosesLogo(page, chosen);
    await expect(page.getByRole("alert"), what).toContainText(words);
    await page.getByRole("dialog").getByRole("button", { name: "Hochladen" }).click();
    await expect(page.getByTestId("logo-preview")).toHaveCount(0);
  }
  await choosesLogo(page, inkOnNothing(200, 80));
  const white = page.getByRole("switch", { name: "Weißer Grund hinter dem Logo" });
  await expect(white).toBeChecked();
  await expect(page.getByText("200 × 80 Pixel", { exact: false })).toBeVisible();
  expect(await cornerOf(page)).toEqual([255, 255, 255, 255]);
  await page.getByText("Weißer Grund hinter dem Logo").click();
  await expect(white).not.toBeChecked();
  await expect.poll(() => cornerOf(page)).toEqual([0, 0, 0, 0]);
  expect(sent).toEqual([]);
});

/** The last pixel of the picture in the preview. */
function cornerOf(page: Page): Promise<number[]> {
  return page
    .getByTestId("logo-preview")
    .getByRole("img")
    .first()
    .evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const paint = canvas.getContext("2d");
      paint?.drawImage(image, 0, 0);
      return [...(paint?.getImageData(canvas.width - 1, canvas.height - 1, 1, 1).data ?? [])];
    });
}

test("the-server-never-sees-the-logo: neither on the wire nor in its folder; and what it swaps is not shown", async ({
  product,
  therapist,
  client,
}) => {
  const wire: Buffer[] = [];
  therapist.page.on("request", (request) => void wire.push(request.postDataBuffer() ?? Buffer.alloc(0)));
  await registers(therapist.page, "praxis-blind-logo");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(240, 80));
  const lastPicture = await keepsPictures(client.page);
  await client.page.goto(link);
  await boxOf(headLogo(client.page));
  const picture = await lastPicture();
  expect(picture.length).toBeGreaterThan(100);
  // only pixels go on
  expect(picture.includes(DESCRIPTION)).toBe(false);
  const marker = picture.subarray(picture.length / 2 - 16, picture.length / 2 + 16);
  await product.kill("SIGTERM");
  const kept = readdirSync(product.data).map((name) => readFileSync(join(product.data, name)));
  const clear = [
    marker,
    Buffer.from("IHDR"),
    ...["hex", "base64url"].map((way) => Buffer.from(marker.toString(way as "hex"))),
  ];
  for (const form of clear)
    for (const [at, where] of [...kept, ...wire].entries()) expect(where.includes(form), `${at}`).toBe(false);
  await product.start();

  // a server that hands out something else
  await client.page.route("**/api/logo/*", (route) =>
    route.fulfill({ body: mark(600, 300).buffer, contentType: "application/octet-stream" }),
  );
  await client.page.reload();
  await expect(client.page.locator("html")).toHaveAttribute("data-logo", "damaged");
  await expect(headLogo(client.page)).toHaveCount(0);
  await expect(client.page.getByRole("button", { name: "Beitreten" })).toBeVisible();
});
