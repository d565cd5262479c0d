/** The page that records the fixture: the bench's picture and a tone through WebCodecs, as our own senders configure them. */
import { draw } from "../relay/page/camera.ts";
import type { Encoded, Fixture } from "./fixture.ts";

declare global {
  interface Window {
    recorded?: Fixture;
  }
}

const SECONDS = 2;
const [WIDTH, HEIGHT, RATE] = [640, 360, 30];

async function recordLayer(width: number, height: number, rate: number, bitrate: number): Promise<Encoded[]> {
  const frames: Encoded[] = [];
  const encoder = new VideoEncoder({
    output(chunk, meta) {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      const temporal = (meta as { svc?: { temporalLayerId: number } } | undefined)?.svc?.temporalLayerId ?? 0;
      frames.push({ key: chunk.type === "key", temporal, chunk: bytes });
    },
    error: (error) => console.error(String(error)),
  });
  const fixed = { codec: "vp8", width, height, bitrate, framerate: rate } as const;
  encoder.configure({ ...fixed, scalabilityMode: "L1T2", latencyMode: "realtime" });
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const g = canvas.getContext("2d", { alpha: false });
  if (g === null) throw new Error("no canvas");
  for (let i = 0; i < SECONDS * rate; i++) {
    draw(g, i * (RATE / rate), 0);
    const frame = new VideoFrame(canvas, { timestamp: (i * 1e6) / rate });
    encoder.encode(frame, { keyFrame: i === 0 });
    frame.close();
    await new Promise((resolve) => setTimeout(resolve, 1000 / rate));
  }
  await encoder.flush();
  return frames;
}

async function recordSound(): Promise<Fixture["sound"]> {
  const frames: Uint8Array<ArrayBuffer>[] = [];
  const encoder = new AudioEncoder({
    output(chunk) {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      frames.push(bytes);
    },
    error: (error) => console.error(String(error)),
  });
  const opus = { frameDuration: 20_000, usedtx: false } as const;
  const fixed = { codec: "opus", sampleRate: 48_000, numberOfChannels: 1, bitrate: 32_000 } as const;
  encoder.configure({ ...fixed, bitrateMode: "constant", opus } as AudioEncoderConfig);
  const samples = 960;
  for (let i = 0; i < SECONDS * 50; i++) {
    const data = Float32Array.from({ length: samples }, (_, k) => {
      const at = (i * samples + k) / 48_000;
      return 0.1 * Math.sin(2 * Math.PI * (300 + 200 * Math.sin(at * 9)) * at);
    });
    const plain = {
      format: "f32",
      sampleRate: 48_000,
      numberOfChannels: 1,
      numberOfFrames: samples,
    } as const;
    const audio = new AudioData({ ...plain, timestamp: i * 20_000, data });
    encoder.encode(audio);
    audio.close();
  }
  await encoder.flush();
  return frames;
}

window.recorded = {
  from: `${navigator.userAgent.replace(/.*(Chrome\S*).*/, "$1")}, ${new Date().toISOString().slice(0, 10)}`,
  sound: await recordSound(),
  layers: [await recordLayer(320, 180, 15, 130_000), await recordLayer(640, 360, 30, 500_000)],
};
