/** The browser's own Opus (WebCodecs). Timestamps are only counted on: what comes out is matched by order, because browsers
 * round them and look only at the first. After an error the codec is closed by the browser; whoever opened it opens another. */
import { type OpenDecoder, type OpenEncoder, RATE, type SoundRate } from "./opus.ts";

function config({ kbps, durationMs }: SoundRate): AudioEncoderConfig {
  return {
    codec: "opus",
    sampleRate: RATE,
    numberOfChannels: 1,
    bitrate: kbps * 1000,
    bitrateMode: "constant",
    // no silence detection: its gaps tell when somebody speaks
    opus: { frameDuration: durationMs * 1000, usedtx: false },
  };
}

export const openNativeEncoder: OpenEncoder = (rate, onPacket, onError) => {
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      onPacket(packet);
    },
    error: onError,
  });
  encoder.configure(config(rate));
  let timestamp = 0;
  return {
    encode(data) {
      const init = { format: "f32-planar", sampleRate: RATE, numberOfChannels: 1, timestamp, data } as const;
      const sound = new AudioData({ ...init, numberOfFrames: data.length });
      timestamp += Math.round((data.length * 1e6) / RATE);
      encoder.encode(sound);
      sound.close();
    },
    get waiting() {
      return encoder.encodeQueueSize;
    },
    setRate: (next) => encoder.configure(config(next)),
    close: () => closeOnce(encoder),
  };
};

export const openNativeDecoder: OpenDecoder = (onSound, onError) => {
  const decoder = new AudioDecoder({
    output: (sound) => {
      const samples = new Float32Array(sound.numberOfFrames);
      sound.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      sound.close();
      onSound(samples);
    },
    error: onError,
  });
  decoder.configure({ codec: "opus", sampleRate: RATE, numberOfChannels: 1 });
  let timestamp = 0;
  return {
    decode(data) {
      // any growing numbers do
      timestamp += 20_000;
      decoder.decode(new EncodedAudioChunk({ type: "key", timestamp, data }));
    },
    close: () => closeOnce(decoder),
  };
};

function closeOnce(codec: { readonly state: CodecState; close(): void }): void {
  if (codec.state !== "closed") codec.close();
}
