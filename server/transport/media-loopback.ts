/** A media session without sockets: the server's and the page's end in one process, with a line between them that delays, and for
 * datagrams loses, copies and reorders, by a seed. Like QUIC it keeps the order of each stream and loses nothing of it. */
import type { Bytes } from "../../wire/bytes.ts";
import { CLOSE } from "../../wire/close.ts";
import { FRAME_MAX_BYTES } from "../../wire/frame.ts";
import { DATAGRAM_MAX_BYTES } from "../../wire/hop.ts";
import type { MediaEars, MediaLink } from "./media-link.ts";

/** What the line does. Each is asked once per datagram or stream item. */
export type Weather = { delay(): number; isLost(): boolean; isCopied(): boolean };

/** Nothing happens on the way. */
export const CALM: Weather = { delay: () => 0, isLost: () => false, isCopied: () => false };

/** The same weather again from the same seed: delays up to `delay` ms, and shares of datagrams lost and copied. */
export function weatherOf(
  seed: number,
  { delay, lost, copied }: Record<"delay" | "lost" | "copied", number>,
): Weather {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { delay: () => random() * delay, isLost: () => random() < lost, isCopied: () => random() < copied };
}

export type LoopbackDeps = {
  readonly weather: Weather;
  /** Monotonic milliseconds, and something to be done later. */
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => unknown;
};

/** What the page's end hears. */
export type PageEars = { item(item: Bytes): void; closed(code: number): void };

export class MediaLoopback implements MediaLink {
  readonly kind = "quic";
  readonly page: LoopbackPage;
  readonly #deps: LoopbackDeps;
  #ears: MediaEars | null = null;
  readonly #early: ((ears: MediaEars) => void)[] = [];
  /** When the last item of each stream arrives. */
  readonly #last = new Map<string, number>();
  readonly #cut = new Set<number>();
  /** What a page that does not read leaves lying. */
  readonly #standing: (() => void)[] = [];
  #isUp = true;
  #held = 0;

  constructor(deps: LoopbackDeps, page: PageEars) {
    this.#deps = deps;
    const stream = (name: string, item: Bytes) => this.#order(`up ${name}`, () => this.#arrive(item));
    this.page = {
      isReading: true,
      ears: page,
      loose: (items) => this.#datagram(items, (one) => this.#arrive(one)),
      sure: (item) => stream("sure", item),
      picture: (group, item) => stream(String(group), item),
      close: () => this.#order("up sure", () => this.#end()),
    };
  }

  listen(ears: MediaEars): void {
    this.#ears = ears;
    for (const tell of this.#early.splice(0)) tell(ears);
  }

  loose(items: readonly Bytes[]): void {
    this.#datagram(items, (item) => this.page.ears.item(item));
  }

  sure(item: Bytes): void {
    this.#send("sure", item);
  }

  picture(group: number, item: Bytes): void {
    this.#send(String(group), item, () => !this.#cut.has(group));
  }

  groupEnd(group: number, cut: boolean): void {
    if (cut) this.#cut.add(group);
  }

  held(): number {
    return this.#held;
  }

  close(code: number): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#deps.after(this.#deps.weather.delay(), () => this.page.ears.closed(code));
  }

  /** The page reads again what waited. */
  drain(): void {
    this.page.isReading = true;
    for (const run of this.#standing.splice(0)) run();
  }

  #send(stream: string, item: Bytes, still = () => true): void {
    if (!this.#isUp) return;
    const copy = Uint8Array.from(item);
    this.#held += copy.length;
    const arrive = () => {
      if (!this.page.isReading) return void this.#standing.push(arrive);
      this.#held -= copy.length;
      if (still()) this.page.ears.item(copy);
      this.#tell((ears) => ears.fell());
    };
    this.#order(`down ${stream}`, arrive);
  }

  #datagram(items: readonly Bytes[], arrive: (item: Bytes) => void): void {
    const { weather, after } = this.#deps;
    const bytes = items.reduce((sum, item) => sum + 2 + item.length, 0);
    if (bytes > DATAGRAM_MAX_BYTES) return void this.#tell((ears) => ears.odd("datagram"));
    if (weather.isLost()) return;
    const copies = items.map((item) => Uint8Array.from(item));
    for (let times = weather.isCopied() ? 2 : 1; times > 0; times--) {
      after(weather.delay(), () => {
        if (this.#isUp) for (const item of copies) arrive(item);
      });
    }
  }

  #arrive(item: Bytes): void {
    if (item.length === 0 || item.length > FRAME_MAX_BYTES) this.#tell((ears) => ears.broke("garbage"));
    else this.#tell((ears) => ears.item(Uint8Array.from(item)));
  }

  #tell(say: (ears: MediaEars) => void): void {
    if (this.#ears) say(this.#ears);
    else this.#early.push(say);
  }

  #end(): void {
    this.#isUp = false;
    this.#tell((ears) => ears.closed());
    this.page.ears.closed(CLOSE.done.code);
  }

  #order(stream: string, run: () => void): void {
    const { now, after, weather } = this.#deps;
    const at = Math.max(this.#last.get(stream) ?? 0, now() + weather.delay());
    this.#last.set(stream, at);
    after(at - now(), () => {
      if (this.#isUp) run();
    });
  }
}

/** The page's end. */
export type LoopbackPage = {
  isReading: boolean;
  ears: PageEars;
  loose(items: readonly Bytes[]): void;
  sure(item: Bytes): void;
  picture(group: number, item: Bytes): void;
  close(): void;
};
