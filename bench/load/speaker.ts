/** One person's way up: recorded frames at their times, really sealed, and kept for a moment, so that who receives one can say whether
 * it is the same. Time is handed in. */
import { encode } from "@msgpack/msgpack";
import type { EpochKeys } from "../../wasm/roster.ts";
import { type FrameFlags, Sealer } from "../../wasm/sealer.ts";
import { type Bytes, concat } from "../../wire/bytes.ts";
import { STREAM, type Stream } from "../../wire/frame.ts";
import { type Encoded, type Fixture, LAYER_EVERY_MS, SOUND_EVERY_MS } from "./fixture.ts";

/** Frames of a stream that are kept. Higher: memory. Lower: a late one cannot be checked. */
const KEPT = 256;

export type Sent = { readonly ctr: number; readonly frame: Bytes; readonly at: number };
export type Voice = { readonly pid: Bytes; readonly slot: number };

type Track = {
  readonly stream: Stream;
  readonly everyMs: number;
  isOn: boolean;
  /** Position in the recording; 0 is a key frame. */
  at: number;
  ctr: number;
  due: number;
};

export class Speaker {
  readonly #sealer: Sealer;
  readonly #fixture: Fixture;
  readonly #tracks: readonly Track[];
  readonly #kept = new Map<Stream, (Sent | undefined)[]>();

  /** `phase`: how much later than `now` it begins, so that not all speak at the same moment. */
  constructor(voice: Voice, fixture: Fixture, now: number, phase: number) {
    this.#sealer = new Sealer(voice);
    this.#fixture = fixture;
    const track = (stream: Stream, everyMs: number, isOn: boolean): Track => {
      this.#kept.set(stream, new Array(KEPT));
      return { stream, everyMs, isOn, at: 0, ctr: 0, due: now + phase };
    };
    this.#tracks = [
      track(STREAM.microphone, SOUND_EVERY_MS, true),
      track(STREAM.camera0, LAYER_EVERY_MS[0], false),
      track(STREAM.camera1, LAYER_EVERY_MS[1], false),
    ];
  }

  use(keys: EpochKeys): void {
    this.#sealer.use(keys);
  }

  /** Sends these pictures and no others; one that is new begins with a key frame. */
  want(streams: readonly number[], now: number): void {
    for (const track of this.#tracks) {
      if (track.stream === STREAM.microphone) continue;
      const isOn = streams.includes(track.stream);
      if (isOn && !track.isOn) Object.assign(track, { at: 0, due: now });
      track.isOn = isOn;
    }
  }

  /** The next frame of this stream is a key frame. */
  key(stream: number): void {
    for (const track of this.#tracks) if (track.stream === stream) track.at = 0;
  }

  /** What is due now, sealed. A sender that was held up leaves out what it missed, as a camera does. */
  due(now: number): Bytes[] {
    return this.#tracks.flatMap((track) => {
      if (now < track.due) return [];
      track.due = Math.max(track.due + track.everyMs, now - track.everyMs);
      return track.isOn ? [this.#next(track, now)] : [];
    });
  }

  /** The frame with this number, where it is still kept. */
  sent(stream: number, ctr: number): Sent | undefined {
    const one = this.#kept.get(stream as Stream)?.[ctr % KEPT];
    return one?.ctr === ctr ? one : undefined;
  }

  #next(track: Track, now: number): Bytes {
    const { stream, ctr } = track;
    const recorded = this.#recorded(track);
    const length = this.#lengthOf(stream);
    track.at = (track.at + 1) % length;
    track.ctr += 1;
    const flags: FrameFlags =
      stream === STREAM.microphone
        ? {}
        : {
            key: recorded.key,
            discardable: recorded.temporal > 0,
            temporal: recorded.temporal,
            spatial: stream - STREAM.camera0,
          };
    const frame = this.#sealer.seal(stream, plainOf(stream, recorded, now), flags);
    const kept = this.#kept.get(stream);
    if (kept) kept[ctr % KEPT] = { ctr, frame, at: now };
    return frame;
  }

  #lengthOf(stream: Stream): number {
    const { sound, layers } = this.#fixture;
    return stream === STREAM.microphone ? sound.length : layers[stream === STREAM.camera0 ? 0 : 1].length;
  }

  #recorded({ stream, at }: Track): Encoded {
    const { sound, layers } = this.#fixture;
    const found =
      stream === STREAM.microphone
        ? { key: false, temporal: 0, chunk: sound[at] ?? new Uint8Array(80) }
        : layers[stream === STREAM.camera0 ? 0 : 1][at];
    if (found === undefined) throw new RangeError("past the end of the recording");
    return found;
  }
}

/** What is sealed: `u8 metaLen ‖ meta ‖ chunk`, of sound twelve fixed bytes, of pictures a map (PROTOCOL.md "Relay"). */
function plainOf(stream: Stream, { key, temporal, chunk }: Encoded, now: number): Bytes {
  const ts = Math.round(now * 1000);
  if (stream === STREAM.microphone) {
    const meta = new DataView(new ArrayBuffer(13));
    meta.setUint8(0, 12);
    meta.setBigUint64(1, BigInt(ts));
    meta.setUint16(9, SOUND_EVERY_MS * 10);
    return concat(new Uint8Array(meta.buffer), chunk);
  }
  const [w, h] = stream === STREAM.camera0 ? [320, 180] : [640, 360];
  const meta = encode({ ts, dep: key ? 0 : temporal > 0 ? 1 : 2, w, h, ...(key ? { codec: "vp8" } : {}) });
  return concat(new Uint8Array([meta.length]), meta, chunk);
}
