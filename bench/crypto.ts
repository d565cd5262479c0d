/** `bun run bench:crypto`: microseconds to seal and open a frame in Chromium and Bun, beside WebCrypto's AES-GCM in the same run;
 * milliseconds of a handshake; and what nine people's frames make of that. One JSON object on stdout. */
import { cpus } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { needChromium } from "../scripts/chromium.ts";
import { measureSeal, type SealCost } from "./aead.ts";
import { measureCodeHandshake, measureHandshake } from "./handshake.ts";

/** A person sends 50 frames of sound a second and 30 pictures of together 1.5 Mbit/s; a group has nine. */
const PEOPLE = 9;
const SOUND = { perSecond: 50, bytes: 120 };
const PICTURE = { perSecond: 30, bytes: 1_500_000 / 8 / 30 };
/** Of one core, in percent. */
const GOAL_PERCENT = 3;

/** In a page of this machine's own origin: WebCrypto needs a secure one. */
async function inChromium(): Promise<{ version: string; costs: SealCost[] }> {
  const built = await Bun.build({ entrypoints: [join(import.meta.dir, "aead-page.ts")], target: "browser" });
  const script = await built.outputs[0]?.text();
  if (!built.success || script === undefined) throw new Error("the page of the bench does not build");
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: ({ url }) =>
      url.endsWith(".js")
        ? new Response(script, { headers: { "content-type": "text/javascript" } })
        : new Response('<!doctype html><script type="module" src="/page.js"></script>', {
            headers: { "content-type": "text/html" },
          }),
  });
  const browser = await chromium.launch({ executablePath: await needChromium(), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(server.url.href);
    const result = await page.waitForFunction(() => window.measured, undefined, { timeout: 120_000 });
    return { version: browser.version(), costs: (await result.jsonValue()) ?? [] };
  } finally {
    await browser.close();
    await server.stop(true);
  }
}

/** Between the measured sizes a straight line. */
function costAt(costs: readonly SealCost[], bytes: number, way: "seal" | "open"): number {
  const above = costs.findIndex((cost) => cost.bytes >= bytes);
  const [low, high] = [costs[Math.max(0, above - 1)], costs[Math.max(0, above)]];
  if (low === undefined || high === undefined) throw new RangeError("no such size");
  if (low === high) return high.frame[way];
  const part = (bytes - low.bytes) / (high.bytes - low.bytes);
  return low.frame[way] + part * (high.frame[way] - low.frame[way]);
}

/** Percent of a core for one page: it seals its own frames and opens those of the eight others. */
function shareOf(costs: readonly SealCost[]): number {
  const perSecond = (way: "seal" | "open") =>
    [SOUND, PICTURE].reduce((sum, one) => sum + one.perSecond * costAt(costs, one.bytes, way), 0);
  const micros = perSecond("seal") + (PEOPLE - 1) * perSecond("open");
  return Math.round(micros / 100) / 100;
}

const browser = await inChromium();
const inBun = await measureSeal();
const sharePercent = { chromium: shareOf(browser.costs), bun: shareOf(inBun) };
console.log(
  JSON.stringify({
    machine: `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores`,
    microseconds: {
      [`chromium ${browser.version}`]: browser.costs,
      [`bun ${Bun.version}`]: inBun,
    },
    handshakeMs: {
      byLink: await measureHandshake(),
      byCode4: await measureCodeHandshake(4),
      byCode16: await measureCodeHandshake(16, 100),
    },
    ninePeople: { sharePercent, goalPercent: GOAL_PERCENT, reached: sharePercent.chromium <= GOAL_PERCENT },
  }),
);
