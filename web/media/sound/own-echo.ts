/** Whether the loudspeaker is heard in the microphone in spite of all cancellation: a chirp before the call (B4). */
import { CHIRP, chirpIn } from "./chirp.ts";
import { openMicrophone } from "./microphone.ts";
import type { SoundBlock } from "./microphone.worklet.ts";

/** Listened for so long: loudspeaker and microphone over Bluetooth take up to 0.4 s. */
const LISTEN_MS = 900;

/** Plays a short chirp and listens: the delay in ms after which it came back through the microphone, `null` where it did not. */
export async function hearsItself(
  context: AudioContext,
  track: MediaStreamTrack,
  to: AudioNode = context.destination,
): Promise<number | null> {
  const microphone = await openMicrophone(context, track);
  const blocks: SoundBlock[] = [];
  microphone.port.onmessage = ({ data }: MessageEvent<SoundBlock>) => void blocks.push(data);
  const buffer = new AudioBuffer({ length: CHIRP.length, sampleRate: context.sampleRate });
  buffer.copyToChannel(CHIRP, 0);
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(to);
  source.start();
  await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
  microphone.close();
  source.disconnect();
  const heard = new Float32Array(blocks.reduce((sum, { samples }) => sum + samples.length, 0));
  let at = 0;
  for (const { samples } of blocks) {
    heard.set(samples, at);
    at += samples.length;
  }
  return chirpIn(heard);
}
