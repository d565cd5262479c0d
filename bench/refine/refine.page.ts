/** What `bun run bench:blur` calls inside a page: the camera as it is and blurred, each frame followed by its time; the microphone's calm
 * on sound that is made here. Chromium only: it alone reads tracks on the page. */
import { openBlur } from "../../web/media/refine/blur.ts";
import { calmNode, loadCalm } from "../../web/media/refine/calm.ts";
import { trackParts } from "../../web/media/track-types.ts";

/** When each frame came, by its own time. */
type Arrivals = Map<number, number>;
export type Looked = { readonly fps: number; readonly cameraFps: number; readonly added: readonly number[] };
export type Calm = {
  readonly blockMs: number;
  readonly delayMs: number;
  readonly noiseDb: number;
  readonly voiceDb: number;
};

const RATE = 48_000;
const BLOCK = 480;
const never = { onSlow: () => undefined, onFailed: () => undefined };

function follow(track: MediaStreamTrack): Arrivals {
  const arrivals: Arrivals = new Map();
  const { Processor } = trackParts();
  if (!Processor) throw new Error("this browser does not read tracks on the page");
  const reader = new Processor({ track }).readable.getReader();
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      arrivals.set(value.timestamp, performance.now());
      value.close();
    }
  };
  read().catch(() => undefined);
  return arrivals;
}

let camera: Promise<MediaStreamTrack> | undefined;
let running: { readonly track: MediaStreamTrack; readonly ended: AbortController } | undefined;

function opened(): Promise<MediaStreamTrack> {
  camera ??= navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => {
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error("no camera");
    return track;
  });
  return camera;
}

/** Switches the blur on or off; the camera stays open. Resolves with how long it took to the first blurred frame. */
async function setBlur(on: boolean): Promise<number> {
  const track = await opened();
  running?.ended.abort();
  running = undefined;
  if (!on) return 0;
  const [ended, begin] = [new AbortController(), performance.now()];
  running = { track: (await openBlur(track, never, ended.signal)).track, ended };
  return performance.now() - begin;
}

/** For `ms`: how many frames came out, and how much later than those of the camera. */
async function look(ms: number): Promise<Looked> {
  const track = await opened();
  const [from, to] = [follow(track.clone()), follow((running?.track ?? track).clone())];
  await new Promise((resolve) => setTimeout(resolve, ms));
  const added = [...to].flatMap(([time, at]) => {
    const came = from.get(time);
    return came === undefined ? [] : [at - came];
  });
  return { fps: (to.size * 1_000) / ms, cameraFps: (from.size * 1_000) / ms, added };
}

/** Sound through RNNoise without a loudspeaker, as fast as it goes. Gives what came out, and the ms it took. */
async function through(samples: Float32Array<ArrayBuffer>, wasm: ArrayBuffer | null) {
  const context = new OfflineAudioContext(1, samples.length, RATE);
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: RATE });
  buffer.copyToChannel(samples, 0);
  const source = new AudioBufferSourceNode(context, { buffer });
  if (wasm) source.connect(await calmNode(context, wasm)).connect(context.destination);
  else source.connect(context.destination);
  // its program begins by itself, and says nothing when it is there
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  source.start();
  const begin = performance.now();
  const out = (await context.startRendering()).getChannelData(0);
  return { out, ms: performance.now() - begin };
}

const powerOf = (samples: Float32Array) =>
  samples.reduce((sum, each) => sum + each * each, 0) / samples.length;
const db = (out: Float32Array, into: Float32Array) =>
  10 * Math.log10((powerOf(out.subarray(RATE * 5)) + 1e-12) / powerOf(into.subarray(RATE * 5)));

async function calm(seconds: number): Promise<Calm> {
  const wasm = await loadCalm();
  const noise = Float32Array.from({ length: seconds * RATE }, () => (Math.random() - 0.5) * 0.3);
  const voice = spoken(20);
  const [plain, calmed, said] = [
    await through(noise, null),
    await through(noise, wasm),
    await through(voice, wasm),
  ];
  return {
    blockMs: ((calmed.ms - plain.ms) * BLOCK) / noise.length,
    delayMs: (lagOf(voice, said.out) * 1_000) / RATE,
    noiseDb: db(calmed.out, noise),
    voiceDb: db(said.out, voice),
  };
}

/** Like a vowel: the overtones of a voice that rises and falls, in syllables. */
function spoken(seconds: number): Float32Array<ArrayBuffer> {
  let phase = 0;
  return Float32Array.from({ length: seconds * RATE }, (_, i) => {
    const at = i / RATE;
    phase += (2 * Math.PI * (130 + 25 * Math.sin(2 * Math.PI * 0.7 * at))) / RATE;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 3 * at)) ** 0.5;
    let sum = 0;
    for (let tone = 1; tone <= 25; tone++)
      sum += Math.sin(tone * phase) / (1 + ((tone * 130 - 600) / 400) ** 2);
    return 0.1 * syllable * sum;
  });
}

/** By how many samples `out` comes later, by correlation over half a second. */
function lagOf(into: Float32Array, out: Float32Array): number {
  const [start, length] = [RATE * 8, RATE / 2];
  let best = { lag: 0, sum: -Infinity };
  for (let lag = 0; lag < RATE / 10; lag += 4) {
    let sum = 0;
    for (let i = start; i < start + length; i++) sum += (into[i] ?? 0) * (out[i + lag] ?? 0);
    if (sum > best.sum) best = { lag, sum };
  }
  return best.lag;
}

const refinePage = { setBlur, look, calm };
export type RefinePage = typeof refinePage;
Object.assign(globalThis, { refinePage });
