/** What the journey of sound calls: microphone → sender → bad line → receiver → mixer in one page, with a tap at both ends. */
import { keepRunning, openSoundContext } from "../../media/sound/context.ts";
import { loopBack } from "../../media/sound/loop-back.ts";
import { openMicrophone } from "../../media/sound/microphone.ts";
import { openMixer } from "../../media/sound/mixer.ts";
import { hearsItself } from "../../media/sound/own-echo.ts";
import { workerUrl } from "../../trust.ts";
import type { BadLine, Order, Report } from "./line.worker.ts";
import lineUrl from "./line.worker.ts?worker&url";
import tapUrl from "./tap.worklet.ts?worker&url";

/** What was heard in a stretch of time. */
export type Heard = Report & {
  /** Share of the tone in all the power of the mix, against its share in the microphone: 1 where nothing else came in. */
  readonly toneShare: number;
  readonly peak: number;
  readonly spokenPeak: number;
  /** Microphone node to mixer node by correlation, in ms, and how sure that is (1: the same sound). */
  readonly delayMs: number;
  readonly alike: number;
  /** The same delay as the receiver says it (`playedUs`), the median: what keeps lips and voice together. */
  readonly saidDelayMs: number;
};

async function open(native: boolean, hertz: number) {
  const context = openSoundContext();
  keepRunning(context);
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error("no microphone");
  const [mixer, microphone] = await Promise.all([openMixer(context), openMicrophone(context, track)]);
  await context.audioWorklet.addModule(workerUrl(tapUrl));
  const tap = new AudioWorkletNode(context, "tap", {
    numberOfInputs: 2,
    channelCount: 1,
    channelCountMode: "explicit",
  });
  context.createMediaStreamSource(stream).connect(tap, 0, 0);
  mixer.node.connect(tap, 0, 1);
  tap.connect(context.destination);
  const worker = new Worker(workerUrl(lineUrl), { type: "module" });
  const order = (message: Order, transfer: Transferable[] = []) =>
    worker.postMessage({ ...message, origin: performance.timeOrigin }, transfer);
  order({ t: "open", link: mixer.link, microphone: microphone.port, native }, [
    ...mixer.transfer,
    microphone.port,
  ]);
  const asked = <T>(from: Worker | MessagePort, ask: () => void) =>
    new Promise<T>((resolve) => {
      from.onmessage = ({ data }: MessageEvent<T>) => resolve(data);
      ask();
    });
  return {
    by: mixer.link.by,
    mute: (muted: boolean) => microphone.mute(muted),
    step: (step: number) => order({ t: "step", step }),
    report: () => asked<Report>(worker, () => order({ t: "report" })),
    replace: async () => {
      const other = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false } });
      microphone.replace(other.getAudioTracks()[0] ?? null);
    },
    async hear(line: BadLine, ms: number): Promise<Heard> {
      order({ t: "line", line });
      tap.port.postMessage("begin");
      const behind: number[] = [];
      for (const end = performance.now() + ms; performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        const { behindMs } = await asked<Report>(worker, () => order({ t: "report" }));
        if (behindMs !== null) behind.push(behindMs - (context.baseLatency + context.outputLatency) * 1_000);
      }
      behind.sort((a, b) => a - b);
      const [spoken, heard] = await asked<[Float32Array, Float32Array]>(tap.port, () =>
        tap.port.postMessage("end"),
      );
      const report = await asked<Report>(worker, () => order({ t: "report" }));
      const peak = loudest(heard);
      const spokenPeak = loudest(spoken);
      return {
        ...report,
        peak,
        spokenPeak,
        saidDelayMs: behind[behind.length >> 1] ?? Number.NaN,
        toneShare: toneShare(heard, hertz) / toneShare(spoken, hertz),
        ...delay(spoken, heard),
      };
    },
  };
}

const loudest = (samples: Float32Array) =>
  samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Power of the tone against all power, over blocks of 100 ms that are loud enough to be the pulse. */
function toneShare(samples: Float32Array, hertz: number): number {
  let [tone, all] = [0, 1e-12];
  for (let at = 0; at + 4_800 <= samples.length; at += 4_800) {
    let [re, im, power] = [0, 0, 0];
    for (let i = 0; i < 4_800; i++) {
      const value = samples[at + i] ?? 0;
      re += value * Math.cos((2 * Math.PI * hertz * i) / 48_000);
      im += value * Math.sin((2 * Math.PI * hertz * i) / 48_000);
      power += value * value;
    }
    tone += (2 * (re * re + im * im)) / 4_800;
    all += power;
  }
  return tone / all;
}

/** By which delay the envelopes fit best: 1 ms steps up to 600 ms. The microphone speaks in no rhythm, so only one fits. */
function delay(spoken: Float32Array, heard: Float32Array): { delayMs: number; alike: number } {
  const envelope = (samples: Float32Array) =>
    Array.from({ length: Math.floor(samples.length / 48) }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < 48; k++) sum += (samples[i * 48 + k] ?? 0) ** 2;
      return Math.sqrt(sum / 48);
    });
  const [a, b] = [envelope(spoken), envelope(heard)];
  let [delayMs, alike] = [0, -1];
  for (let lag = 0; lag < 600; lag++) {
    let [ab, aa, bb] = [0, 1e-12, 1e-12];
    for (let i = lag; i < b.length; i++) {
      const [x, y] = [a[i - lag] ?? 0, b[i] ?? 0];
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    const fit = ab / Math.sqrt(aa * bb);
    if (fit > alike) [delayMs, alike] = [lag, fit];
  }
  return { delayMs, alike };
}

/** Plays the chirp into a room of its own: a stream that is at once the microphone, `back` of it returned after 50 ms. */
async function echo(back: number): Promise<number | null> {
  const context = openSoundContext();
  const room = new MediaStreamAudioDestinationNode(context);
  const air = new DelayNode(context, { delayTime: 0.05 });
  air.connect(new GainNode(context, { gain: back })).connect(room);
  const [track] = room.stream.getAudioTracks();
  const found = track ? await hearsItself(context, track, air) : null;
  await context.close();
  return found;
}

/** A tone through the loop of two peer connections: the loudest that came out within two seconds. */
async function loop(): Promise<number> {
  const context = openSoundContext();
  const out = new MediaStreamAudioDestinationNode(context);
  const tone = new OscillatorNode(context, { frequency: 440 });
  tone.connect(out);
  tone.start();
  const { audio, close } = await loopBack(out.stream);
  const analyser = new AnalyserNode(context);
  if (audio.srcObject instanceof MediaStream)
    context.createMediaStreamSource(audio.srcObject).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let most = 0;
  for (let i = 0; i < 40; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatTimeDomainData(samples);
    most = samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), most);
  }
  close();
  await context.close();
  return most;
}

export type SoundPage = Awaited<ReturnType<typeof open>>;
Object.assign(globalThis, { openSoundPage: open, ownEcho: echo, loopedTone: loop });
