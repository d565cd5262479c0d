/** Hears whatever a page plays by Web Audio: each node that is connected to the loudspeaker is connected to an ear as well. */

import type { Burst } from "../sound.ts";

/** `gaps`: how long a person's tone was away, once it is back. */
export type Heard = {
  readonly bursts: readonly Burst[];
  readonly gaps: readonly { readonly who: number; readonly ms: number }[];
};

type OnHeard = (heard: Heard) => void;

declare global {
  interface Window {
    /** The script of the audio thread. Set in front of the page's. */
    benchSound?: string;
  }
}

let script: string | undefined;

/** Where a context loads voice and ear from. */
export function soundScript(): string {
  script ??= URL.createObjectURL(new Blob([window.benchSound ?? ""], { type: "text/javascript" }));
  return script;
}

/** One ear for each context; a context that never plays costs nothing. */
const ears = new WeakMap<BaseAudioContext, Promise<AudioWorkletNode | null>>();

async function openEar(context: BaseAudioContext, people: readonly number[], onHeard: OnHeard) {
  try {
    await context.audioWorklet.addModule(soundScript());
    const ear = new AudioWorkletNode(context, "bench-ear", {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: "explicit",
      processorOptions: { people },
    });
    ear.port.onmessage = ({ data }: MessageEvent<Heard>) => onHeard(data);
    return ear;
  } catch (error) {
    console.error("bench: no ear", String(error));
    return null;
  }
}

/** From now on everything that this page plays of these people is heard. */
export function openEars(people: readonly number[], onHeard: OnHeard): void {
  const connect = AudioNode.prototype.connect;
  const heard = function (this: AudioNode, ...to: unknown[]) {
    const result = Reflect.apply(connect, this, to);
    if (to[0] instanceof AudioDestinationNode) {
      const ear = ears.get(this.context) ?? openEar(this.context, people, onHeard);
      ears.set(this.context, ear);
      void ear.then((node) => node && Reflect.apply(connect, this, [node]));
    }
    return result;
  };
  AudioNode.prototype.connect = heard as typeof connect;
}
