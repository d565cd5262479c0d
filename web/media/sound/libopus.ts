/** libopus in WebAssembly, where the browser has no Opus codec of its own (iPhones below iOS 26) or one whose sizes tell
 * something. Its WebAssembly lies inside the module: no request of its own. Promises keep the order while it loads. */
import { Application, createDecoder, createEncoder, Signal } from "libopus-wasm";
import { BLOCK, type OpenDecoder, type OpenEncoder, packetBytes, RATE } from "./opus.ts";

const VOICE = { application: Application.Voip, signal: Signal.Voice, vbr: false, dtx: false, fec: false };
/** Higher: a phone gets warm. Lower: worse sound at the same rate. */
const COMPLEXITY = 5;

export const openLibopusEncoder: OpenEncoder = (first, onPacket, onError) => {
  let rate = first;
  let waiting = 0;
  const made = createEncoder({ ...VOICE, complexity: COMPLEXITY, channels: 1, sampleRate: RATE });
  const then = (act: (encoder: Awaited<typeof made>) => void) => void made.then(act).catch(onError);
  return {
    encode(samples) {
      const { durationMs, kbps } = rate;
      const options = { frameSize: (durationMs * BLOCK) / 20, maxPacketBytes: packetBytes(rate) };
      waiting += 1;
      then((encoder) => {
        waiting -= 1;
        encoder.setBitrate(kbps * 1000);
        onPacket(new Uint8Array(encoder.encodeFloat(samples, options)));
      });
    },
    get waiting() {
      return waiting;
    },
    setRate: (next) => {
      rate = next;
    },
    close: () => then((encoder) => encoder.free()),
  };
};

export const openLibopusDecoder: OpenDecoder = (onSound, onError) => {
  const made = createDecoder({ channels: 1, sampleRate: RATE });
  const then = (act: (decoder: Awaited<typeof made>) => void) => void made.then(act).catch(onError);
  return {
    decode: (packet) => then((decoder) => onSound(decoder.decodeFloat(packet))),
    close: () => then((decoder) => decoder.free()),
  };
};
