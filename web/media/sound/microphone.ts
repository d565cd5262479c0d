/** The page's end of the own voice: microphone → 48 kHz context, mono → blocks of 20 ms for the worker that sends. Never the raw
 * track: it may be stereo or of another rate, and the encoder dies of both (B2). */
import { workerUrl } from "../../trust.ts";
import { ContextClock } from "./clock.ts";
import { cancelEcho } from "./echo.ts";
import type { MicrophoneOrder } from "./microphone.worklet.ts";
import url from "./microphone.worklet.ts?worker&url";

/** Between two readings of the clocks. */
const CLOCK_MS = 250;
/** Old and new device cross over. Higher: both are heard. Lower: a click. */
const SWAP_S = 0.02;

export type Microphone = {
  /** For `SoundSender.listen` in the worker that sends; transferred once. */
  readonly port: MessagePort;
  /** Speaks through another device from now on; `null`: none. */
  replace(track: MediaStreamTrack | null): void;
  /** Muted means: no frames at all. That one is muted is told sealed, elsewhere. */
  mute(muted: boolean): void;
  close(): void;
};

type Source = { readonly node: MediaStreamAudioSourceNode; readonly gain: GainNode };

/** Opens capture in a 48 kHz context. The track is not stopped by this: whoever opened it does. Rejects where the browser has
 * no AudioWorklet. */
export async function openMicrophone(
  context: AudioContext,
  track: MediaStreamTrack | null,
): Promise<Microphone> {
  await context.audioWorklet.addModule(workerUrl(url));
  const mono = { channelCount: 1, channelCountMode: "explicit", channelInterpretation: "speakers" } as const;
  const node = new AudioWorkletNode(context, "microphone", { ...mono, outputChannelCount: [1] });
  // silent: browsers run only what leads to the loudspeaker
  node.connect(context.destination);
  const order = (message: MicrophoneOrder, transfer: Transferable[] = []) =>
    node.port.postMessage(message, transfer);
  const { port1, port2 } = new MessageChannel();
  const stopClock = followClock(context, (offsetUs) => order({ t: "clock", offsetUs }));
  order({ t: "port", port: port1 }, [port1]);
  let source = connected(context, track, node);
  return {
    port: port2,
    replace(next) {
      fadeOut(context, source);
      source = connected(context, next, node);
    },
    mute: (muted) => order({ t: "mute", muted }),
    close() {
      stopClock();
      fadeOut(context, source);
      order({ t: "close" });
      node.disconnect();
    },
  };
}

function connected(context: AudioContext, track: MediaStreamTrack | null, to: AudioNode): Source | null {
  if (!track) return null;
  void cancelEcho(track);
  const node = context.createMediaStreamSource(new MediaStream([track]));
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.linearRampToValueAtTime(1, context.currentTime + SWAP_S);
  node.connect(gain).connect(to);
  return { node, gain };
}

function fadeOut(context: AudioContext, source: Source | null): void {
  if (!source) return;
  source.gain.gain.setValueAtTime(1, context.currentTime);
  source.gain.gain.linearRampToValueAtTime(0, context.currentTime + SWAP_S);
  setTimeout(() => {
    source.node.disconnect();
    source.gain.disconnect();
  }, SWAP_S * 2_000);
}

function followClock(context: AudioContext, tell: (offsetUs: number) => void): () => void {
  const clock = new ContextClock();
  const read = () => {
    // an interrupted context stands still, the page's clock does not
    if (context.state !== "running" && clock.offsetUs !== null) return;
    if (clock.read(performance.now(), context.currentTime)) tell(clock.offsetUs ?? 0);
  };
  read();
  const timer = setInterval(read, CLOCK_MS);
  return () => clearInterval(timer);
}
