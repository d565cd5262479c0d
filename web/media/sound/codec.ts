/** Which Opus codec it is: the browser's where a try has shown that it works and that its sizes are constant, else libopus.
 * Trying, because `isConfigSupported` says yes to what then fails (B2). */
import { fetched } from "../../fetched.ts";
import { openNativeDecoder, openNativeEncoder } from "./native.ts";
import { BLOCK, type OpusCodec, packetBytes, type SoundRate } from "./opus.ts";

/** How long the browser's codec may take for two packets. Higher: a call begins later where it hangs. Lower: a slow phone is
 * taken for broken. */
const TRY_MS = 3_000;

/** libopus, loaded only where it is needed. */
async function libopus(): Promise<OpusCodec> {
  const { openLibopusDecoder, openLibopusEncoder } = await fetched(() => import("./libopus.ts"));
  return { name: "libopus", encoder: openLibopusEncoder, decoder: openLibopusDecoder };
}

let chosen: Promise<OpusCodec> | undefined;

/** The codec of this worker; tried once. */
export function opusCodec(): Promise<OpusCodec> {
  chosen ??= nativeWorks().then((works) =>
    works ? { name: "browser", encoder: openNativeEncoder, decoder: openNativeDecoder } : libopus(),
  );
  return chosen;
}

/** Noise and silence must come out in the same size, and be heard again. */
async function nativeWorks(): Promise<boolean> {
  if (typeof AudioEncoder === "undefined" || typeof AudioDecoder === "undefined") return false;
  const rate: SoundRate = { kbps: 32, durationMs: 20 };
  const closing: (() => void)[] = [];
  const tried = new Promise<boolean>((resolve) => {
    const fail = () => resolve(false);
    setTimeout(fail, TRY_MS);
    let heard = 0;
    const decoder = openNativeDecoder((samples) => {
      if (samples.length !== BLOCK) fail();
      else if (++heard === 2) resolve(true);
    }, fail);
    const encoder = openNativeEncoder(
      rate,
      (packet) => (packet.length === packetBytes(rate) ? decoder.decode(packet) : fail()),
      fail,
    );
    closing.push(
      () => decoder.close(),
      () => encoder.close(),
    );
    encoder.encode(new Float32Array(BLOCK).map((_, i) => ((i * 7919) % 1000) / 1000 - 0.5));
    encoder.encode(new Float32Array(BLOCK));
  });
  const works = await tried.catch(() => false);
  for (const close of closing) close();
  return works;
}
