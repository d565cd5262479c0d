/** A camera before a wall of small squares without anybody, a microphone in even noise; and how sharp, how loud the other side has them. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Eyes } from "./senses.ts";

const [SQUARE, FRAMES] = [8, 8];
const SIZE = { width: 640, height: 360 };
type Size = typeof SIZE;
const [RATE, SECONDS] = [48_000, 2];

/** What a Chromium is to be started with besides: later flags win over those of the person's sign. */
export function patternArgs(size: Size = SIZE): string[] {
  const folder = join(tmpdir(), "tpc-patterns");
  mkdirSync(folder, { recursive: true });
  const [video, audio] = [join(folder, `squares-${size.width}.y4m`), join(folder, "noise.wav")];
  if (!existsSync(video)) writeFileSync(video, squares(size));
  if (!existsSync(audio)) writeFileSync(audio, noise());
  return [`--use-file-for-fake-video-capture=${video}`, `--use-file-for-fake-audio-capture=${audio}`];
}

/** Black and white squares that wander, so that every frame is a new one. */
function squares({ width, height }: Size): Buffer {
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const y = Buffer.alloc(width * height);
    for (let i = 0; i < y.length; i++) {
      const column = Math.floor(((i % width) + frame * 2) / SQUARE);
      y[i] = (column + Math.floor(i / width / SQUARE)) % 2 === 0 ? 230 : 25;
    }
    parts.push(Buffer.from("FRAME\n"), y, Buffer.alloc((width * height) / 2, 128));
  }
  return Buffer.concat(parts);
}

/** The same each time. */
function noise(): Buffer {
  const samples = RATE * SECONDS;
  const out = Buffer.alloc(44 + samples * 2);
  out.write("RIFF", 0);
  out.writeUInt32LE(36 + samples * 2, 4);
  out.write("WAVEfmt ", 8);
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(RATE, 24);
  out.writeUInt32LE(RATE * 2, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write("data", 36);
  out.writeUInt32LE(samples * 2, 40);
  let seed = 1;
  for (let i = 0; i < samples; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    out.writeInt16LE(Math.round((seed / 2 ** 32 - 0.5) * 12_000), 44 + i * 2);
  }
  return out;
}

/** Looks at the element for good, as often as the browser paints, and keeps how sharp it was: see `sharpnessSince`. */
export function watchSharpness(page: Eyes, testId: string): Promise<void> {
  return page.evaluate((id) => {
    const kept: number[] = [];
    (globalThis as { sharpness?: number[] }).sharpness = kept;
    const canvas = new OffscreenCanvas(160, 90);
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    const look = () => {
      requestAnimationFrame(look);
      const video = document.querySelector<HTMLVideoElement>(`[data-testid="${id}"]`);
      if (!brush || !video || video.videoWidth === 0) return void kept.push(-1);
      // the middle, pixel by pixel
      brush.drawImage(video, video.videoWidth / 2 - 80, video.videoHeight / 2 - 45, 160, 90, 0, 0, 160, 90);
      const { data } = brush.getImageData(0, 0, 160, 90);
      let sum = 0;
      for (let i = 4; i < data.length; i += 4) sum += Math.abs((data[i] ?? 0) - (data[i - 4] ?? 0));
      kept.push(sum / (160 * 90));
    };
    look();
  }, testId);
}

/** How sharp the element was at each look since the last call: mean step from pixel to pixel, -1 where there was no picture. */
export function sharpnessSince(page: Eyes): Promise<number[]> {
  return page.evaluate(() => (globalThis as { sharpness?: number[] }).sharpness?.splice(0) ?? [], undefined);
}

/** How loud the element's sound is over half a second, in dB below the loudest there is. */
export function loudness(page: Eyes, testId: string): Promise<number> {
  return page.evaluate(async (id) => {
    const stream = document.querySelector<HTMLVideoElement>(`[data-testid="${id}"]`)?.srcObject;
    if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return 0;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 32_768 });
    context.createMediaStreamSource(stream).connect(analyser);
    await context.resume();
    await new Promise((resolve) => setTimeout(resolve, 900));
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    await context.close();
    const power = samples.reduce((sum, each) => sum + each * each, 0) / samples.length;
    return 10 * Math.log10(power + 1e-12);
  }, testId);
}
