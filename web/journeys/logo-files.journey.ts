/** [product 11] Files that are no logo get their words; a logo leaves the therapist's browser sealed, and what the server makes of it is
 * not shown. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { boxOf, headLogo } from "./logo.ts";
import { registers, startsCall } from "./people.ts";
import { bomb, type Chosen, choosesLogo, DESCRIPTION, inkOnNothing, mark, uploadsLogo } from "./pictures.ts";
import { expect, test } from "./stage.ts";

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
