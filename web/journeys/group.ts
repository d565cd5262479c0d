/** A group call as people do it: the therapist opens a room for several, each comes by the own link, everybody sees and hears everybody. */
import { expect, type Page } from "@playwright/test";
import type { Eyes } from "./senses.ts";
import type { Sign } from "./signs.ts";

/** Opens a room for these client IDs; the clients' links in their order. */
export async function startsGroup(page: Page, ids: readonly string[]): Promise<string[]> {
  for (const [at, id] of ids.entries()) {
    if (at > 0) await page.getByRole("button", { name: "weitere Person" }).click();
    await page
      .getByLabel(at === 0 ? "Klient:innen-ID" : `Klient:innen-ID ${at + 1}`, { exact: true })
      .fill(id);
  }
  await page.getByRole("button", { name: "Starten", exact: true }).click();
  const card = page.getByTestId("open-room").filter({ hasText: ids[0] ?? "" });
  await expect(card.getByTestId("link")).toHaveCount(ids.length);
  return (await card.getByTestId("link").allTextContents()).map((text) => text.trim());
}

/** Opens the link, says a name, and presses "Beitreten" twice: at the door, and knowing how many others there are. */
export async function joinsGroup(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Ihr Name").fill(name);
  await page.getByRole("button", { name: "Beitreten" }).click();
  await expect(page.getByTestId("quiet")).toHaveAttribute("data-code", "group");
  await page.getByRole("button", { name: "Beitreten" }).click();
  await expect(page.getByTestId("group")).toBeVisible();
}

/** Must run before the page loads: keeps what goes to the loudspeaker within a test's reach. */
export async function listensIn(page: Page): Promise<void> {
  await page.addInitScript(keepHeard);
}

/** Runs in the page, before everything else there. */
export function keepHeard(): void {
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...args: unknown[]) => unknown;
  const streams: MediaStream[] = [];
  Object.assign(window, { heardStreams: streams });
  AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]) {
    if (args[0] instanceof AudioDestinationNode) {
      const tap = (this.context as AudioContext).createMediaStreamDestination();
      connect.call(this, tap);
      streams.push(tap.stream);
    }
    return connect.call(this, ...args);
  } as typeof AudioNode.prototype.connect;
}

type Paint = { u: number; v: number; bar: number };

/** Mean chroma of what the tile of this slot paints now, and where it is brightest; null where it paints nothing. */
function lookAt(page: Eyes, selector: string): Promise<Paint | null> {
  return page.evaluate((find) => {
    const element = document.querySelector<HTMLVideoElement | HTMLCanvasElement>(find);
    if (!element) return null;
    const width = element instanceof HTMLVideoElement ? element.videoWidth : element.width;
    if (!width) return null;
    const canvas = new OffscreenCanvas(32, 18);
    const paint = canvas.getContext("2d", { willReadFrequently: true });
    if (!paint) return null;
    paint.drawImage(element, 0, 0, 32, 18);
    const { data } = paint.getImageData(0, 0, 32, 18);
    const [sum, columns] = [[0, 0, 0], new Array<number>(32).fill(0)];
    for (let i = 0; i < data.length; i += 4) {
      for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (data[i + c] ?? 0);
      const column = (i / 4) % 32;
      columns[column] = (columns[column] ?? 0) + (data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0);
    }
    const [r = 0, g = 0, b = 0] = sum.map((value) => value / (32 * 18));
    const u = 128 - 0.169 * r - 0.331 * g + 0.5 * b;
    const v = 128 + 0.5 * r - 0.419 * g - 0.081 * b;
    return { u, v, bar: columns.indexOf(Math.max(...columns)) };
  }, selector);
}

/** Higher: a picture that stands is told late. Lower: a machine under load fails what is well. */
const MOVES_MS = 40_000;

/** How far the colour may be off: coding and colour spaces move it a little, signs are further apart. */
const NEAR = 45;

/** The element shows the moving picture of the person with this sign. */
export async function expectPicture(page: Eyes, selector: string, sign: Sign): Promise<void> {
  const isNear = (paint: Paint | null) =>
    paint !== null && Math.hypot(paint.u - sign.u, paint.v - sign.v) < NEAR;
  await expect
    .poll(async () => isNear(await lookAt(page, selector)), {
      message: `${selector} has its colour`,
      timeout: 40_000,
    })
    .toBe(true);
  const places = new Set<number>();
  await expect
    .poll(
      async () => {
        places.add((await lookAt(page, selector))?.bar ?? -1);
        return places.size;
      },
      // the bar walks round in about a second: looks must not keep step with it. On a machine that comes to nothing acks are late, which
      // is taken for a weak line: pictures stop, and come back with the line's estimate within seconds
      { message: `${selector} moves`, intervals: [90, 170, 230], timeout: MOVES_MS },
    )
    .toBeGreaterThan(3);
}

/** The element shows a picture whose colour changes, as Firefox's own fake camera gives it. */
export async function expectShifting(page: Eyes, selector: string): Promise<void> {
  const colours = new Set<string>();
  await expect
    .poll(
      async () => {
        const paint = await lookAt(page, selector);
        if (paint) colours.add(`${Math.round(paint.u / 4)} ${Math.round(paint.v / 4)}`);
        return colours.size;
      },
      { message: `${selector} changes its colour`, timeout: 25_000 },
    )
    .toBeGreaterThan(3);
}

/** The tile of this slot shows the person with this sign. */
export function expectPerson(page: Eyes, slot: number, sign: Sign): Promise<void> {
  return expectPicture(page, tileOf(slot), sign);
}

export const tileOf = (slot: number) => `[data-testid="tile"][data-slot="${slot}"] :is(video, canvas)`;

/** What goes to the loudspeaker carries the tone of the person with this sign. */
export async function expectHeard(page: Eyes, sign: Pick<Sign, "hertz">): Promise<void> {
  await expect
    .poll(() => hears(page, sign.hertz), { message: `${sign.hertz} Hz are heard`, timeout: 25_000 })
    .toBeGreaterThan(10);
}

type Ears = { heardStreams?: MediaStream[]; ears?: { context: AudioContext; analyser: AnalyserNode }[] };

/** How many times stronger the tone is than the mean between 300 and 2000 Hz, at its loudest in a second. The waits are not the page's: its
 * timers may stand still. */
export async function hears(page: Eyes, hertz: number): Promise<number> {
  await page.evaluate(() => {
    const kept = window as unknown as Ears;
    kept.ears = (kept.heardStreams ?? []).map((stream) => {
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      context.createMediaStreamSource(stream).connect(analyser);
      return { context, analyser };
    });
  }, null);
  let best = 0;
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    best = Math.max(best, await page.evaluate(strength, hertz));
  }
  await page.evaluate(() => {
    for (const { context } of (window as unknown as Ears).ears ?? []) context.close().catch(() => undefined);
  }, null);
  return best;
}

/** Runs in the page: how strong the tone is now. */
function strength(hertz: number): number {
  const tones = ((window as unknown as Ears).ears ?? []).map(({ context, analyser }) => {
    const bins = new Float32Array(analyser.frequencyBinCount);
    const bin = (f: number) => Math.round((f * analyser.fftSize) / context.sampleRate);
    analyser.getFloatFrequencyData(bins);
    const power = (b: number) => 10 ** ((bins[b] ?? -200) / 10);
    let mean = 0;
    for (let b = bin(300); b < bin(2000); b++) mean += power(b);
    mean /= bin(2000) - bin(300);
    const tone = Math.max(...[-1, 0, 1].map((d) => power(bin(hertz) + d)));
    return tone > 1e-9 ? tone / mean : 0;
  });
  return Math.max(0, ...tones);
}
