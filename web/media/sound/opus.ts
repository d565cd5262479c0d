/** What sender and receiver need of an Opus codec, whoever gives it. */

export const RATE = 48_000;
/** What the capture worklet hands over at a time: 20 ms. */
export const BLOCK = 960;

/** One step of the rate (A10): CBR, so that size and rhythm tell nothing. */
export type SoundRate = { readonly kbps: number; readonly durationMs: 20 | 60 };
/** From good to a line that hardly carries anything. */
export const RATES: readonly SoundRate[] = [
  { kbps: 32, durationMs: 20 },
  { kbps: 16, durationMs: 20 },
  { kbps: 12, durationMs: 60 },
];

/** The one size a packet of this rate has. */
export function packetBytes({ kbps, durationMs }: SoundRate): number {
  return (kbps * durationMs) / 8;
}

export type OpusEncoder = {
  /** `samples` are exactly one packet of the rate. */
  encode(samples: Float32Array<ArrayBuffer>): void;
  /** Packets not yet out. */
  readonly waiting: number;
  setRate(rate: SoundRate): void;
  close(): void;
};
export type OpusDecoder = { decode(packet: Uint8Array): void; close(): void };
export type OpenEncoder = (
  rate: SoundRate,
  onPacket: (packet: Uint8Array<ArrayBuffer>) => void,
  onError: () => void,
) => OpusEncoder;
/** Each packet gives one call of `onSound`, in order. */
export type OpenDecoder = (onSound: (samples: Float32Array) => void, onError: () => void) => OpusDecoder;
export type OpusCodec = {
  readonly name: "browser" | "libopus";
  readonly encoder: OpenEncoder;
  readonly decoder: OpenDecoder;
};
