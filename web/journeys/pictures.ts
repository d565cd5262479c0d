/** Made-up pictures for journeys, and the therapist who uploads one as in the seed. */
import { crc32, deflateSync } from "node:zlib";
import { expect, type Page } from "@playwright/test";

/** A file as a person would choose it. */
export type Chosen = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
/** Red, green, blue, and how solid: 0 to 255. */
export type Paint = readonly [number, number, number, number];

/** Stands in a picture's description: must go nowhere. */
export const DESCRIPTION = "Standort der Praxis: Lindenweg 4, zweiter Stock";

const MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(8);
  out.writeUInt32BE(data.length, 0);
  out.writeUInt32BE(crc32(body) >>> 0, 4);
  return Buffer.concat([out.subarray(0, 4), body, out.subarray(4)]);
}

function header(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return chunk("IHDR", Buffer.concat([size, Buffer.from([8, 6, 0, 0, 0])]));
}

const file = (name: string, ...parts: Buffer[]): Chosen => ({
  name,
  mimeType: "image/png",
  buffer: Buffer.concat(parts),
});

/** A PNG with a description; `paint` says the colour of each place. */
export function png(
  name: string,
  width: number,
  height: number,
  paint: (x: number, y: number) => Paint,
): Chosen {
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(paint(x, y), y * (width * 4 + 1) + 1 + x * 4);
  const words = Buffer.from(`Comment\0${DESCRIPTION}`, "latin1");
  const data = [chunk("tEXt", words), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return file(name, MAGIC, header(width, height), ...data);
}

/** A plain mark: a ring and a bar of the product's green on white, as a practice would have. */
export function mark(width: number, height: number): Chosen {
  const ring = height / 2;
  const paint = (x: number, y: number): Paint => {
    const far = Math.hypot(x - ring, y - ring);
    const isInk =
      (far < ring * 0.9 && far > ring * 0.6) || (x > height * 1.15 && Math.abs(y - ring) < height * 0.12);
    return isInk ? [31, 90, 76, 255] : [255, 255, 255, 255];
  };
  return png("logo.png", width, height, paint);
}

/** Dark ink on nothing. */
export function inkOnNothing(width: number, height: number): Chosen {
  return png("ink.png", width, height, (x, y) =>
    x % 40 < 24 && y % 40 < 24 ? [23, 48, 42, 255] : [0, 0, 0, 0],
  );
}

/** A few bytes that say they unfold to ten gigabytes. */
export function bomb(): Chosen {
  return file("bomb.png", MAGIC, header(50_000, 50_000), chunk("IDAT", deflateSync(Buffer.alloc(1000))));
}

/** Opens the dialog of the profile and chooses this file. */
export async function choosesLogo(page: Page, chosen: Chosen): Promise<void> {
  const dialog = page.getByRole("dialog");
  if ((await dialog.count()) === 0) {
    await page.goto("/profile");
    await page.getByRole("button", { name: /Praxislogo hochladen/ }).click();
  }
  const picking = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: /Bild auswählen/ }).click();
  await (await picking).setFiles(chosen);
}

/** Profile → "Praxislogo hochladen" → "Bild auswählen" → "Hochladen". */
export async function uploadsLogo(page: Page, chosen: Chosen): Promise<void> {
  await choosesLogo(page, chosen);
  await expect(page.getByTestId("logo-preview")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Hochladen" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByTestId("own-logo").getByRole("img")).toBeVisible();
}
