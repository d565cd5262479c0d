/** The page's end of everybody's sound: one node that the worker fills and the loudspeaker plays. */
import { workerUrl } from "../../trust.ts";
import { latencyUs } from "./latency.ts";
import type { MixerOptions, MixerOrder } from "./mixer.worklet.ts";
import url from "./mixer.worklet.ts?worker&url";
import type { MixerLink } from "./outlet.ts";
import { RINGS_BYTES } from "./ring.ts";

/** How often the way to the ear is measured: headphones come and go. */
const LATENCY_EVERY_MS = 2_000;

export type Mixer = {
  /** For the worker that receives: `postMessage(link, transfer)`, once. */
  readonly link: MixerLink;
  readonly transfer: Transferable[];
  /** What is heard; connected to the loudspeaker already. */
  readonly node: AudioWorkletNode;
  /** The loudspeaker of this id (empty: the system's). False where the browser offers no choice or refuses. */
  setLoudspeaker(id: string): Promise<boolean>;
  /** Nothing comes out of the loudspeaker while true. */
  silence(silent: boolean): void;
  close(): void;
};

/** Opens the mixer in a 48 kHz context. Rejects where the browser has no AudioWorklet. */
export async function openMixer(context: AudioContext): Promise<Mixer> {
  await context.audioWorklet.addModule(workerUrl(url));
  const memory = globalThis.crossOriginIsolated ? new SharedArrayBuffer(RINGS_BYTES) : null;
  const node = new AudioWorkletNode(context, "mixer", {
    numberOfInputs: 0,
    outputChannelCount: [1],
    processorOptions: { memory } satisfies MixerOptions,
  });
  node.connect(context.destination);
  const order = (message: MixerOrder, transfer: Transferable[] = []) =>
    node.port.postMessage(message, transfer);
  const tellLatency = () => order({ t: "latency", us: latencyUs(context, navigator.userAgent) });
  tellLatency();
  const timer = setInterval(tellLatency, LATENCY_EVERY_MS);
  const close = () => {
    clearInterval(timer);
    order({ t: "close" });
    node.disconnect();
  };
  const silence = (silent: boolean) => void (silent ? node.disconnect() : node.connect(context.destination));
  const rest = { node, close, silence, setLoudspeaker: (id: string) => choose(context, id) };
  if (memory) return { ...rest, link: { by: "memory", memory }, transfer: [] };
  const { port1, port2 } = new MessageChannel();
  order({ t: "port", port: port1 }, [port1]);
  return { ...rest, link: { by: "messages", port: port2 }, transfer: [port2] };
}

async function choose(context: AudioContext, id: string): Promise<boolean> {
  const able = context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  return able.setSinkId === undefined
    ? false
    : able.setSinkId(id).then(
        () => true,
        () => false,
      );
}
