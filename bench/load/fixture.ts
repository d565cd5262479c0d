/** What the load generator sends: two seconds that Chromium's own encoders made of the bench's picture and tones, as often as wanted.
 * Each layer begins with a key frame, so its end may be followed by its beginning. */
import { join } from "node:path";
import { decode } from "@msgpack/msgpack";
import type { Bytes } from "../../wire/bytes.ts";

/** One encoded frame. `temporal` 1: no frame needs it. */
export type Encoded = { readonly key: boolean; readonly temporal: number; readonly chunk: Bytes };

export type Fixture = {
  /** Which encoders, and when. */
  readonly from: string;
  /** Opus, 48 kHz mono, 20 ms, 32 kbit/s, constant. */
  readonly sound: readonly Bytes[];
  /** VP8 L1T2: 320×180 at 15 pictures a second and 130 kbit/s, 640×360 at 30 and 500. */
  readonly layers: readonly [readonly Encoded[], readonly Encoded[]];
};

export const FIXTURE_FILE = join(import.meta.dirname, "fixture.msgpack");
/** Milliseconds between two frames of sound, and of each layer. */
export const SOUND_EVERY_MS = 20;
export const LAYER_EVERY_MS = [1000 / 15, 1000 / 30] as const;

/** The recorded fixture. */
export async function readFixture(): Promise<Fixture> {
  return decode(await Bun.file(FIXTURE_FILE).arrayBuffer()) as Fixture;
}
