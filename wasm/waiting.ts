/** Frames that came before the epoch they are sealed under (A5): kept for a second, bounded per sender, sound before picture.
 * Adding costs the same however many wait: whoever sends junk must not buy more work than the frame itself. */
import type { FrameHeader } from "../wire/frame.ts";

/** Higher: frames are opened when nobody wants them any more. Lower: a slow channel costs sound at each new epoch. */
const WAIT_MS = 1_000;
/** Higher: a hostile server fills more memory, 16 times this. Lower: a burst of pictures loses its key frame. */
const WAIT_MAX_BYTES = 2 * 1024 * 1024;
/** What holding a frame costs besides its bytes: tiny ones must not come in millions. */
const FRAME_COST_BYTES = 256;

type Kept = { readonly frame: Uint8Array; readonly rv: number; readonly at: number; readonly n: number };

/** One sender's frames, oldest first. */
class Queue {
  #sound: Kept[] = [];
  #rest: Kept[] = [];
  #bytes = 0;

  add(kept: Kept, isSound: boolean): void {
    (isSound ? this.#sound : this.#rest).push(kept);
    this.#bytes += costOf(kept);
    this.#age(kept.at);
    while (this.#bytes > WAIT_MAX_BYTES) this.#drop(this.#rest.length > 0 ? this.#rest : this.#sound);
  }

  take(rv: number, now: number): Kept[] {
    this.#age(now);
    const taken = [...this.#sound, ...this.#rest].filter((kept) => kept.rv === rv);
    this.#sound = this.#sound.filter((kept) => kept.rv !== rv);
    this.#rest = this.#rest.filter((kept) => kept.rv !== rv);
    this.#bytes -= taken.reduce((sum, kept) => sum + costOf(kept), 0);
    return taken;
  }

  #age(now: number): void {
    for (const frames of [this.#sound, this.#rest]) {
      while (frames[0] !== undefined && now - frames[0].at > WAIT_MS) this.#drop(frames);
    }
  }

  #drop(frames: Kept[]): void {
    const gone = frames.shift();
    if (gone !== undefined) this.#bytes -= costOf(gone);
  }
}

export class Waiting {
  readonly #bySlot = new Map<number, Queue>();
  #n = 0;

  /** Keeps a copy of a frame, dropping what is too old or too much. */
  add(frame: Uint8Array, { slot, rv, kind }: FrameHeader, now: number): void {
    const queue = this.#bySlot.get(slot) ?? new Queue();
    this.#bySlot.set(slot, queue);
    this.#n += 1;
    queue.add({ frame: frame.slice(), rv, at: now, n: this.#n }, kind === "audio");
  }

  /** The frames that waited for the epoch with this byte, in the order in which they came. */
  take(byte: number, now: number): Uint8Array[] {
    const taken = [...this.#bySlot.values()].flatMap((queue) => queue.take(byte, now));
    return taken.sort((a, b) => a.n - b.n).map(({ frame }) => frame);
  }

  /** Forgets all frames. */
  close(): void {
    this.#bySlot.clear();
  }
}

function costOf({ frame }: Kept): number {
  return frame.length + FRAME_COST_BYTES;
}
