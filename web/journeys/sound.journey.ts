/** Sound of the relay plane in a real browser, under the product's own policy: heard through a bad line, in one size. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { test as base, expect } from "@playwright/test";
import { type Person, person } from "./people.ts";
import { type Product, startProduct } from "./product.ts";
import { THERAPIST } from "./signs.ts";
import type { BadLine } from "./sound/line.worker.ts";
import type { Heard, SoundPage } from "./sound/page.ts";
import { spokenWords } from "./sound/words.ts";

const words = spokenWords(THERAPIST.hertz);
const ROOT = join(import.meta.dirname, "..", "..");
const CLEAN: BadLine = { seed: 1, lossPercent: 0, delayMs: 0, jitterMs: 0 };

declare global {
  var openSoundPage: (native: boolean, hertz: number) => Promise<SoundPage>;
  var soundPage: SoundPage;
  var ownEcho: (back: number) => Promise<number | null>;
  var loopedTone: () => Promise<number>;
}

const test = base.extend<
  { opened: (o?: { native?: boolean; shared?: boolean }) => Promise<Page> },
  { built: Product }
>({
  built: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
    async ({}, use) => {
      const bun = process.versions.bun ? process.execPath : "bun";
      const build = spawnSync(
        bun,
        ["--bun", "x", "vite", "build", "web/journeys/sound", "--logLevel", "warn"],
        {
          cwd: ROOT,
          stdio: "inherit",
        },
      );
      expect(build.status, "the page was built").toBe(0);
      const product = await startProduct("localhost", { TPC_WEB: join(ROOT, ".cache", "sound-page") });
      await use(product);
      await product.close();
    },
    { scope: "worker" },
  ],
  opened: async ({ built }, use) => {
    const people: Person[] = [];
    const trouble: string[] = [];
    await use(async ({ native = true, shared = true } = {}) => {
      const one = await person({
        sign: THERAPIST,
        origin: built.origin,
        args: [`--use-file-for-fake-audio-capture=${words}`],
      });
      people.push(one);
      one.page.on("console", (message) => {
        if (message.type() === "error") trouble.push(message.text());
      });
      one.page.on("response", (answer) => {
        if (answer.status() >= 400) trouble.push(`${answer.status()} ${answer.url()}`);
      });
      one.page.on("pageerror", (error) => trouble.push(String(error)));
      if (!shared)
        await one.page.addInitScript(() =>
          Object.defineProperty(globalThis, "crossOriginIsolated", { value: false }),
        );
      await one.page.goto("/");
      await one.page.evaluate(
        async ({ native, hertz }) => {
          globalThis.soundPage = await globalThis.openSoundPage(native, hertz);
        },
        { native, hertz: THERAPIST.hertz },
      );
      return one.page;
    });
    await Promise.all(people.map(({ browser }) => browser.close()));
    expect(trouble, "[R12] nothing was refused by the policy").toEqual([]);
  },
});

const hear = (page: Page, line: BadLine, ms: number) =>
  page.evaluate(({ line, ms }) => globalThis.soundPage.hear(line, ms), { line, ms });
const said = (name: string, heard: Heard) =>
  console.log(
    `${name}: ${heard.delayMs} ms from microphone to mixer (alike ${heard.alike.toFixed(2)}, ${heard.saidDelayMs.toFixed(0)} by its own word), target ${heard.receiver?.targetMs} ms, ` +
      `made up ${heard.receiver?.concealedMs.toFixed(0)} ms, lost ${heard.lost} of ${heard.sent}, underruns ${heard.receiver?.underruns}`,
  );

test("sound: a clean line is heard, in frames of one size", async ({ opened }) => {
  const page = await opened();
  await hear(page, CLEAN, 2_000);
  const heard = await hear(page, CLEAN, 5_000);
  said("clean", heard);
  expect(heard.receiverCodec).toBe("browser");
  expect(heard.toneShare).toBeGreaterThan(0.9);
  expect(Object.keys(heard.sizes)).toEqual(["20:93"]);
});

test("sound: on a bad line only what was lost or late is made up", async ({ opened }) => {
  const page = await opened();
  const line: BadLine = { seed: 7, lossPercent: 5, delayMs: 20, jitterMs: 30 };
  await hear(page, line, 3_000);
  const before = await hear(page, line, 100);
  const heard = await hear(page, line, 8_000);
  said("5 % lost, 0–30 ms uneven", heard);
  const madeUp = (heard.receiver?.concealedMs ?? 0) - (before.receiver?.concealedMs ?? 0);
  const late = (heard.receiver?.late ?? 0) - (before.receiver?.late ?? 0);
  const underruns = (heard.receiver?.underruns ?? 0) - (before.receiver?.underruns ?? 0);
  expect(heard.lost).toBeGreaterThan(5);
  // a frame that is lost or late is 20 ms; after an underrun the buffer fills up to its target
  expect(madeUp).toBeLessThanOrEqual((heard.lost + late + 2) * 20 + underruns * 100);
  expect(heard.toneShare).toBeGreaterThan(0.8);
});

test("sound: each step of the rate has one size, changed while somebody speaks", async ({ opened }) => {
  const page = await opened();
  await hear(page, CLEAN, 1_500);
  for (const [step, sizes] of [
    [1, "20:53"],
    [2, "60:103"],
    [0, "20:93"],
  ] as const) {
    await page.evaluate((to) => globalThis.soundPage.step(to), step);
    await hear(page, CLEAN, 500);
    const heard = await hear(page, CLEAN, 3_000);
    said(`step ${step}`, heard);
    expect(Object.keys(heard.sizes)).toEqual([sizes]);
    expect(heard.sender.failures).toBe(0);
    expect(heard.toneShare).toBeGreaterThan(0.8);
  }
});

test("sound: without the browser's Opus, libopus takes its place", async ({ opened }) => {
  const page = await opened({ native: false });
  await hear(page, CLEAN, 2_000);
  const heard = await hear(page, CLEAN, 5_000);
  said("libopus", heard);
  expect([heard.sender.codec, heard.receiverCodec]).toEqual(["libopus", "libopus"]);
  expect(heard.toneShare).toBeGreaterThan(0.9);
  expect(Object.keys(heard.sizes)).toEqual(["20:93"]);
  await page.evaluate(() => globalThis.soundPage.step(2));
  await hear(page, CLEAN, 500);
  const tight = await hear(page, CLEAN, 3_000);
  said("libopus, step 2", tight);
  expect(Object.keys(tight.sizes)).toEqual(["60:103"]);
  expect(tight.toneShare).toBeGreaterThan(0.8);
});

test("sound: without shared memory it goes by messages", async ({ opened }) => {
  const page = await opened({ shared: false });
  expect(await page.evaluate(() => globalThis.soundPage.by)).toBe("messages");
  await hear(page, CLEAN, 2_000);
  const heard = await hear(page, CLEAN, 5_000);
  said("messages", heard);
  expect(heard.toneShare).toBeGreaterThan(0.9);
});

test("sound: muted nothing is sent, and that is no loss; another device goes on", async ({ opened }) => {
  const page = await opened();
  await hear(page, CLEAN, 2_000);
  await page.evaluate(() => globalThis.soundPage.mute(true));
  await hear(page, CLEAN, 500);
  const muted = await hear(page, CLEAN, 2_500);
  expect(muted.sizes).toEqual({});
  expect(muted.peak).toBeLessThan(0.02);
  expect(muted.level).toBe(0);
  await page.evaluate(() => globalThis.soundPage.mute(false));
  await page.evaluate(() => globalThis.soundPage.replace());
  await hear(page, CLEAN, 1_500);
  const heard = await hear(page, CLEAN, 3_000);
  said("after a pause", heard);
  expect(heard.toneShare).toBeGreaterThan(0.9);
  // swapping devices may cost a moment, the pause itself nothing
  expect(heard.receiver?.concealedMs).toBeLessThan(100);
});

test("sound: [B4] a microphone that hears the loudspeaker is noticed, and the loop plays", async ({
  opened,
}) => {
  const page = await opened();
  const [loud, soft, none] = await page.evaluate(async () => [
    await globalThis.ownEcho(0.5),
    await globalThis.ownEcho(0.01),
    await globalThis.ownEcho(0),
  ]);
  console.log(`own echo: ${loud} ms, soft ${soft} ms, none ${none}`);
  expect(loud).toBeGreaterThan(50);
  expect(soft).toBeGreaterThan(50);
  expect(none).toBeNull();
  expect(await page.evaluate(() => globalThis.loopedTone())).toBeGreaterThan(0.3);
});
