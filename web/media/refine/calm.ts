/** Takes noise out of a microphone: RNNoise in the audio thread, between the device and what goes out. Fetched when it is switched on. */
import { loadRnnoise, RnnoiseWorkletNode } from "@sapphi-red/web-noise-suppressor";
import url from "@sapphi-red/web-noise-suppressor/rnnoise.wasm?url";
import simdUrl from "@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url";
import worklet from "@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url";
import { Lag } from "../../call/refine/lag.ts";
import type { OpenRefined } from "../../call/refine/refined.ts";
import { workerUrl } from "../../trust.ts";
import { keepRunning, openSoundContext } from "../sound/context.ts";
import { cancelEcho } from "../sound/echo.ts";

/** Between two looks at the clocks. */
const LOOK_MS = 1_000;

/** Gives the track out once sound flows: a context that waits for a press would make the person silent. */
export const openCalm: OpenRefined = async (track, watch, signal) => {
  // switched off while this was fetched
  signal.throwIfAborted();
  const context = openSoundContext();
  const ends = [keepRunning(context), () => void context.close()];
  const stop = () => {
    for (const end of ends.splice(0)) end();
  };
  signal.addEventListener("abort", stop);
  try {
    const wasm = await loadCalm();
    const node = await calmNode(context, wasm);
    await running(context);
    signal.throwIfAborted();
    // what is asked of the device itself, since nobody can ask it of a track that is made
    await cancelEcho(track);
    const made = connect(context, track, node);
    node.addEventListener("processorerror", () => watch.onFailed());
    ends.unshift(
      made.stop,
      judge(context, () => watch.onSlow()),
    );
    return { track: made.track, stop };
  } catch (error) {
    stop();
    throw error;
  }
};

/** RNNoise and what it has learned. Rejects where it did not come. */
export async function loadCalm(): Promise<ArrayBuffer> {
  const wasm = await loadRnnoise({ url, simdUrl });
  // the audio thread would be silent for good, and tell nobody
  if (!WebAssembly.validate(wasm)) throw new Error("the program did not come");
  return wasm;
}

/** One voice of 48 kHz goes through; two channels become one. */
export async function calmNode(
  context: BaseAudioContext,
  wasmBinary: ArrayBuffer,
): Promise<RnnoiseWorkletNode> {
  await context.audioWorklet.addModule(workerUrl(worklet));
  // the package's types ask for a context that plays; the browser does not
  const node = new RnnoiseWorkletNode(context as AudioContext, { wasmBinary, maxChannels: 1 });
  node.channelCount = 1;
  node.channelCountMode = "explicit";
  return node;
}

function connect(context: AudioContext, track: MediaStreamTrack, node: RnnoiseWorkletNode) {
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const target = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  source.connect(node).connect(target);
  const [made] = target.stream.getAudioTracks();
  if (!made) throw new Error("no sound comes out");
  const stop = () => {
    source.disconnect();
    node.destroy();
    made.stop();
  };
  return { track: made, stop };
}

/** Waits for the press that some browsers want first. */
async function running(context: AudioContext): Promise<void> {
  while (context.state !== "running")
    await new Promise((resolve) => context.addEventListener("statechange", resolve, { once: true }));
}

function judge(context: AudioContext, slow: () => void): () => void {
  const lag = new Lag();
  const timer = setInterval(() => {
    if (lag.take(performance.now(), context.currentTime * 1_000, context.state === "running")) slow();
  }, LOOK_MS);
  return () => clearInterval(timer);
}
