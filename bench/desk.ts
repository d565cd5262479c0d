/** `bun run bench:desk`: how long a therapist waits for the Kartei with 500 clients, and for each key of a search. One JSON object on stdout.
 * A real Chromium and the real server on loopback; times are read on the page's own clock, from the event to the frame after the paint. */
import { loadavg } from "node:os";
import type { Page } from "@playwright/test";
import { needChromium } from "../scripts/chromium.ts";
import { agrees, choosesFile, manyClients, opensKartei, table } from "../web/journeys/kartei.ts";
import { person, registers } from "../web/journeys/people.ts";
import { startProduct } from "../web/journeys/product.ts";
import { THERAPIST } from "../web/journeys/signs.ts";
import { percentile } from "./percentile.ts";

const N = Number(process.env.N ?? 20);
const CLIENTS = Number(process.env.CLIENTS ?? 500);
const QUERY = "mueller 33";

process.env.CHROMIUM = await needChromium();
const product = await startProduct();
try {
  console.log(JSON.stringify(await measure()));
} finally {
  await product.close();
}
process.exit(0);

async function measure() {
  const { page } = await person({ sign: THERAPIST, origin: product.origin });
  await page.addInitScript(watchForRows);
  await signsUp(page);
  await opensKartei(page);
  await choosesFile(page, table(manyClients(CLIENTS)));
  const importing = Date.now();
  await agrees(page);
  const imported = Date.now() - importing;
  const reloaded = await times(N, async () => {
    await page.reload();
    return shown(page, "navigation");
  });
  const opened = await times(N, async () => {
    await page.getByRole("navigation").getByRole("link", { name: "Anrufe" }).click();
    await page.getByRole("heading", { name: "Anruf starten" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
    return shown(page, "click");
  });
  const typed = await times(Math.ceil(N / QUERY.length) * 2, () => typing(page));
  return {
    clients: CLIENTS,
    openMs: row(opened),
    keyMs: row(typed.flat()),
    reloadMs: row(reloaded),
    importMs: imported,
    load: loadavg()[0],
  };
}

/** On a machine with other work a password takes longer to stretch than a journey waits. */
async function signsUp(page: Page): Promise<void> {
  await registers(page, "bench").catch(() => undefined);
  await page.getByRole("heading", { name: "Anruf starten" }).waitFor({ timeout: 60_000 });
}

function row(values: readonly number[]) {
  const round = (value: number) => Math.round(value * 10) / 10;
  return { n: values.length, p50: round(percentile(values, 50)), p95: round(percentile(values, 95)) };
}

async function times<T>(count: number, run: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let i = 0; i < count; i++) all.push(await run());
  return all;
}

type Watched = { clickedAt: number; nextPaint: (ready: () => boolean) => Promise<number> };

/** Runs in the page before everything else there. */
function watchForRows(): void {
  const kept: Watched = {
    clickedAt: 0,
    // the message comes after the frame in which the list is there was painted
    nextPaint: (ready) =>
      new Promise((resolve) => {
        const look = () => {
          if (!ready()) return void requestAnimationFrame(look);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          requestAnimationFrame(() => port2.postMessage(null));
        };
        look();
      }),
  };
  Object.assign(window, { watched: kept });
  addEventListener("click", (event) => Object.assign(kept, { clickedAt: event.timeStamp }), {
    capture: true,
  });
}

/** Until rows are painted and the search can be typed into. */
function shown(on: Page, from: "click" | "navigation"): Promise<number> {
  return on.evaluate(async (start) => {
    const { watched } = window as unknown as { watched: Watched };
    const at = await watched.nextPaint(
      () =>
        document.querySelectorAll("li[aria-posinset]").length > 3 &&
        document.querySelector("search input") !== null,
    );
    return at - (start === "click" ? watched.clickedAt : 0);
  }, from);
}

/** Types a query letter by letter; one time for each key. */
async function typing(on: Page): Promise<number[]> {
  const field = on.locator("search input");
  await field.fill("");
  const all: number[] = [];
  for (const letter of QUERY) {
    const painted = on.evaluate(async () => {
      const { watched } = window as unknown as { watched: Watched };
      const at = await new Promise<number>((resolve) =>
        addEventListener("keydown", (event) => resolve(event.timeStamp), { capture: true, once: true }),
      );
      await new Promise((resolve) => addEventListener("input", resolve, { once: true }));
      return (await watched.nextPaint(() => true)) - at;
    });
    await field.press(letter === " " ? "Space" : letter);
    all.push(await painted);
  }
  return all;
}
