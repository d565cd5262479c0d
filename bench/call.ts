/** `bun run bench:call`: how long a person waits for the other's first painted picture, and what the client's page weighs. One
 * JSON object on stdout. Two real Chromium processes and the real server on loopback; times are read on the client's page. */
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { needChromium } from "../scripts/chromium.ts";
import { entersRoom, type Person, person, registers, startsCall } from "../web/journeys/people.ts";
import { startProduct } from "../web/journeys/product.ts";
import { CLIENT, THERAPIST } from "../web/journeys/signs.ts";
import { measureHandshake } from "./handshake.ts";
import { percentile } from "./percentile.ts";

const N = Number(process.env.N ?? 20);
process.env.CHROMIUM = await needChromium();
const product = await startProduct();
const therapist = await person({ sign: THERAPIST, origin: product.origin });
await registers(therapist.page, "bench");
const link = await startsCall(therapist.page, "B-1");
await entersRoom(therapist.page, "B-1");

/** Milliseconds from `from` (page clock) until the remote picture was presented the first time. */
function firstFrame(page: Page, from: "click" | "navigation"): Promise<number> {
  return page.evaluate(async (start) => {
    const found = () => document.querySelector<HTMLVideoElement>('[data-testid="remote"]');
    while (!found()) await new Promise((resolve) => setTimeout(resolve, 2));
    const video = found();
    const painted = await new Promise<number>((resolve) =>
      video?.requestVideoFrameCallback((_, frame) => resolve(frame.expectedDisplayTime)),
    );
    return start === "click" ? painted - (window as unknown as { clicked: number }).clicked : painted;
  }, from);
}

/** The person's press, stamped by the page itself. */
async function presses(page: Page): Promise<void> {
  await page.evaluate(() => {
    addEventListener("click", () => Object.assign(window, { clicked: performance.now() }), {
      capture: true,
      once: true,
    });
  });
  await page.getByRole("button", { name: "Beitreten" }).click();
}

/** A link answers six handshakes a minute (A4): a client comes every eleven seconds, like no person does. */
const PACE_MS = 11_000;

async function fresh<T>(use: (client: Person) => Promise<T>): Promise<T> {
  const next = Bun.sleep(PACE_MS);
  const client = await person({ sign: CLIENT, origin: product.origin });
  try {
    return await use(client);
  } finally {
    const hangUp = client.page.getByRole("button", { name: "Auflegen" });
    if (await hangUp.isVisible()) await hangUp.click();
    await therapist.page.getByRole("heading", { name: "ist noch nicht da", exact: false }).waitFor();
    await client.browser.close();
    await next;
  }
}

async function joinToFrame(): Promise<number> {
  return await fresh(async ({ page }) => {
    await page.goto(link);
    await page.getByTestId("preview").waitFor();
    await page.waitForTimeout(500);
    await presses(page);
    return await firstFrame(page, "click");
  });
}

/** From opening the address in a fresh profile; the press comes as soon as there is a button. */
async function coldLinkToFrame(): Promise<number> {
  return await fresh(async ({ page }) => {
    await page.addInitScript(() => {
      const press = () => {
        const button = [...document.querySelectorAll("button")].find(
          (each) => each.textContent?.trim() === "Beitreten",
        );
        if (button) button.click();
        else requestAnimationFrame(press);
      };
      requestAnimationFrame(press);
    });
    await page.goto(link);
    return await firstFrame(page, "navigation");
  });
}

/** JavaScript and WASM that the client's page loads before the call, gzip. */
async function clientPageKB(): Promise<number> {
  return await fresh(async ({ page }) => {
    const sizes: number[] = [];
    const pending: Promise<void>[] = [];
    page.on("response", (response) => {
      if (!/\.(js|wasm)$/.test(new URL(response.url()).pathname)) return;
      pending.push(response.body().then((body) => void sizes.push(gzipSync(body).length)));
    });
    await page.goto(link);
    await page.getByRole("button", { name: "Beitreten" }).waitFor();
    await page.waitForLoadState("networkidle");
    await Promise.all(pending);
    return sizes.reduce((sum, size) => sum + size, 0) / 1024;
  });
}

async function series(measure: () => Promise<number>) {
  const times: number[] = [];
  for (let i = 0; i < N; i++) times.push(await measure());
  return { p50: Math.round(percentile(times, 50)), p95: Math.round(percentile(times, 95)), n: times.length };
}

const result = {
  joinToFrameMs: await series(joinToFrame),
  coldLinkToFrameMs: await series(coldLinkToFrame),
  clientPageGzipKB: Math.round(await clientPageKB()),
  handshakeMs: await measureHandshake(),
};
console.log(JSON.stringify(result));
await therapist.browser.close();
await product.close();
