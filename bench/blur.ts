/** `bun run bench:blur`: what blur and noise suppression cost, in real Chromium on this machine: added delay per frame, pictures a second
 * and the page's processor time with and without, at two sizes; RNNoise per 10 ms of sound. Prints JSON, medians of the rounds. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { patternArgs } from "../web/journeys/patterns.ts";
import { type Person, person } from "../web/journeys/people.ts";
import { startProduct } from "../web/journeys/product.ts";
import { THERAPIST } from "../web/journeys/signs.ts";
import { percentile } from "./percentile.ts";
import type { RefinePage } from "./refine/refine.page.ts";
import { cpuMsOf, idleMs } from "./relay/machine.ts";

declare global {
  var refinePage: RefinePage;
}

const ROOT = join(import.meta.dirname, "..");
const SIZES = [
  { width: 640, height: 360 },
  { width: 1280, height: 720 },
] as const;
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const LOOK_MS = 10_000;
/** Programs settle, the engine compiles. */
const WARM_UP_MS = 3_000;
/** Of sound that is calmed as fast as it goes. */
const CALM_SECONDS = 60;

const median = (values: readonly number[]) => Math.round(percentile(values, 50) * 100) / 100;

async function main(): Promise<void> {
  const build = ["--bun", "x", "vite", "build", "bench/refine", "--logLevel", "warn"];
  const { status } = spawnSync(process.execPath, build, {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("the page was not built");
  const product = await startProduct("localhost", { TPC_WEB: join(ROOT, ".cache", "refine-page") });
  try {
    const blur = [];
    for (const size of SIZES) blur.push(await blurAt(size, product.origin));
    console.log(JSON.stringify({ blur, calm: await calm(product.origin) }, null, 2));
  } finally {
    await product.close();
  }
}

async function withPage<T>(
  origin: string,
  args: readonly string[],
  run: (one: Person) => Promise<T>,
): Promise<T> {
  const one = await person({ sign: THERAPIST, origin, args });
  try {
    await one.page.goto("/");
    return await run(one);
  } finally {
    await one.browser.close();
  }
}

function blurAt(size: (typeof SIZES)[number], origin: string) {
  return withPage(origin, patternArgs(size), async (one) => {
    const [rounds, starts] = [[] as Round[], [] as number[]];
    for (let round = 0; round < ROUNDS; round++) {
      await one.page.evaluate(() => refinePage.setBlur(false));
      const off = await look(one);
      starts.push(await one.page.evaluate(() => refinePage.setBlur(true)));
      rounds.push({ off, on: await look(one) });
    }
    const of = (pick: (round: Round) => number) => median(rounds.map(pick));
    return {
      ...size,
      firstFrameMs: median(starts),
      addedP50Ms: of(({ on }) => on.p50),
      addedP95Ms: of(({ on }) => on.p95),
      fps: { off: of(({ off }) => off.fps), on: of(({ on }) => on.fps) },
      pageOfACore: { off: of(({ off }) => off.core), on: of(({ on }) => on.core) },
      hostIdle: { off: of(({ off }) => off.idle), on: of(({ on }) => on.idle) },
    };
  });
}

type Look = {
  readonly fps: number;
  readonly p50: number;
  readonly p95: number;
  readonly core: number;
  readonly idle: number;
};
type Round = { readonly off: Look; readonly on: Look };

async function look(one: Person): Promise<Look> {
  await one.page.evaluate((ms) => refinePage.look(ms), WARM_UP_MS);
  const [cpu, idle] = [await rendererMs(one), idleMs()];
  const { fps, added } = await one.page.evaluate((ms) => refinePage.look(ms), LOOK_MS);
  const [cpuAfter, idleAfter] = [await rendererMs(one), idleMs()];
  return {
    fps,
    p50: percentile(added, 50),
    p95: percentile(added, 95),
    core: (cpuAfter - cpu) / LOOK_MS,
    idle: (idleAfter.ms - idle.ms) / LOOK_MS / idle.processors,
  };
}

/** Of the page, its workers and its audio. */
async function rendererMs({ browser }: Person): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { id }) => sum + cpuMsOf(id), 0);
}

function calm(origin: string) {
  return withPage(origin, [], async ({ page }) => {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push(await page.evaluate((seconds) => refinePage.calm(seconds), CALM_SECONDS));
    return {
      blockMs: median(rounds.map(({ blockMs }) => blockMs)),
      delayMs: median(rounds.map(({ delayMs }) => delayMs)),
      noiseDb: median(rounds.map(({ noiseDb }) => noiseDb)),
      voiceDb: median(rounds.map(({ voiceDb }) => voiceDb)),
    };
  });
}

await main();
