/** What a person would see and hear: read from painted pixels and decoded samples, never from a state flag. */
import { expect } from "@playwright/test";
import type { Sign } from "./signs.ts";

/** A page of any of the drivers, as far as one looks and listens there. */
export type Eyes = { evaluate<R, A>(run: (arg: A) => R | Promise<R>, arg: A): Promise<R> };

export type Picture = {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly bar: number;
};

/** Mean colour of what the element paints now, and where along its width it is brightest (0–31). */
export function look(page: Eyes, testId: string): Promise<Picture | null> {
  return page.evaluate((id) => {
    const video = document.querySelector<HTMLVideoElement>(`[data-testid="${id}"]`);
    if (!video || video.videoWidth === 0) return null;
    const canvas = new OffscreenCanvas(32, 18);
    const paint = canvas.getContext("2d", { willReadFrequently: true });
    if (!paint) return null;
    paint.drawImage(video, 0, 0, 32, 18);
    const { data } = paint.getImageData(0, 0, 32, 18);
    const sum = [0, 0, 0];
    const columns = new Array<number>(32).fill(0);
    for (let i = 0; i < data.length; i += 4) {
      for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (data[i + c] ?? 0);
      const column = (i / 4) % 32;
      columns[column] = (columns[column] ?? 0) + (data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0);
    }
    const [red = 0, green = 0, blue = 0] = sum.map((value) => value / (32 * 18));
    return { red, green, blue, bar: columns.indexOf(Math.max(...columns)) };
  }, testId);
}

/** The element shows the moving picture of the person with this sign. */
export async function expectMovingPicture(page: Eyes, testId: string, sign: Sign): Promise<void> {
  await expect
    .poll(async () => whose(await look(page, testId)), { message: `${testId} shows the other's colour` })
    .toBe(sign.v > sign.u ? "red" : "blue");
  const places = new Set<number>();
  await expect
    .poll(
      async () => {
        places.add((await look(page, testId))?.bar ?? -1);
        return places.size;
      },
      { message: `${testId} moves` },
    )
    .toBeGreaterThan(3);
}

function whose(picture: Picture | null): string {
  if (!picture) return "nothing";
  if (picture.red > picture.blue + 25) return "red";
  return picture.blue > picture.red + 25 ? "blue" : "neither";
}

/** The element's sound carries the tone of the person with this sign: its share of the energy over one second. */
export async function expectTone(page: Eyes, testId: string, sign: Pick<Sign, "hertz">): Promise<void> {
  await expect
    .poll(() => listen(page, testId, sign.hertz), {
      message: `${testId} sounds with ${sign.hertz} Hz`,
      timeout: 20_000,
    })
    .toBeGreaterThan(10);
}

/** How many times stronger the tone is than the mean of its neighbourhood (300–2000 Hz), at its loudest in a second. */
function listen(page: Eyes, testId: string, hertz: number): Promise<number> {
  return page.evaluate(
    async ({ id, hertz }) => {
      const stream = document.querySelector<HTMLVideoElement>(`[data-testid="${id}"]`)?.srcObject;
      if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return 0;
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      context.createMediaStreamSource(stream).connect(analyser);
      await context.resume();
      const bins = new Float32Array(analyser.frequencyBinCount);
      const bin = (f: number) => Math.round((f * analyser.fftSize) / context.sampleRate);
      let best = 0;
      for (let i = 0; i < 20; i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        analyser.getFloatFrequencyData(bins);
        const power = (b: number) => 10 ** ((bins[b] ?? -200) / 10);
        let mean = 0;
        for (let b = bin(300); b < bin(2000); b++) mean += power(b);
        mean /= bin(2000) - bin(300);
        const tone = Math.max(...[-1, 0, 1].map((d) => power(bin(hertz) + d)));
        if (tone > 1e-9) best = Math.max(best, tone / mean);
      }
      await context.close();
      return best;
    },
    { id: testId, hertz },
  );
}
