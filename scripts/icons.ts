/** `bun run icons`: makes the icons of the installed product out of our own mark (web/public/mark.svg) into web/public/icons.
 * Run it after the mark or its ground has changed, and commit what it makes. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { ROOT } from "./setup.ts";

const PUBLIC = join(ROOT, "web", "public");
const OUT = join(PUBLIC, "icons");
/** The ground of the light theme: the mark's colours are made for it. */
const GROUND = "#faf7f1";

type Shape = {
  readonly name: string;
  readonly sizes: readonly number[];
  /** Rounding of the ground as a share of the side; 0 where the system cuts the shape out by itself. */
  readonly round: number;
  /** Share of the side that the mark takes. A maskable icon keeps everything within a circle of 80 %. */
  readonly mark: number;
};

const SHAPES: readonly Shape[] = [
  { name: "icon", sizes: [192, 512], round: 0.22, mark: 0.68 },
  { name: "maskable", sizes: [192, 512], round: 0, mark: 0.58 },
  { name: "apple-touch", sizes: [180], round: 0, mark: 0.66 },
];

/** The mark in the middle of its ground, in the mark's own 32 units. */
function svgOf({ round, mark }: Shape, inner: string): string {
  const edge = (32 * (1 - mark)) / 2;
  const ground = `<rect width="32" height="32" rx="${32 * round}" fill="${GROUND}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><title>TheraPsy Connect</title>${ground}<g transform="translate(${edge} ${edge}) scale(${mark})">${inner}</g></svg>\n`;
}

async function draw(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  return await page.screenshot({ omitBackground: true });
}

const inner = readFileSync(join(PUBLIC, "mark.svg"), "utf8").replace(
  /^<svg[^>]*><title>.*?<\/title>|<\/svg>\s*$/g,
  "",
);
mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
for (const shape of SHAPES) {
  const svg = svgOf(shape, inner);
  writeFileSync(join(OUT, `${shape.name}.svg`), svg);
  for (const size of shape.sizes)
    writeFileSync(join(OUT, `${shape.name}-${size}.png`), await draw(page, svg, size));
}
await browser.close();
