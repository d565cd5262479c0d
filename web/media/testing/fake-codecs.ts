/** The browser's codecs as a test needs them: an encoder whose chunks say what they need, a decoder that fails like a real one where that
 * is missing, frames that count whether they were closed. */
import { decode, encode } from "@msgpack/msgpack";

/** What a chunk stands for: a decoder has to have seen number `needs`. */
type Content = { readonly n: number; readonly needs: number; readonly w: number; readonly h: number };

export const codecs = {
  /** Frames that nobody has closed yet. */
  openFrames: 0,
  encoders: new Set<FakeEncoder>(),
  decoders: new Set<FakeDecoder>(),
  /** Decoders take and give nothing. */
  isSilent: false,
  /** Where decoded frames wait until the test lets them out; null: they come at once. */
  delayed: null as (() => void)[] | null,
  /** Frames that wait in each encoder. */
  waiting: 0,
  reset(): void {
    Object.assign(this, { openFrames: 0, isSilent: false, waiting: 0, delayed: null });
    this.encoders.clear();
    this.decoders.clear();
  },
};

type Init = { readonly timestamp: number; readonly displayWidth: number; readonly displayHeight: number };

export class FakeFrame {
  readonly timestamp: number;
  readonly displayWidth: number;
  readonly displayHeight: number;
  #isClosed = false;

  /** Another frame's picture may be given a new time, as in the browser. */
  constructor(picture: Init, { timestamp = picture.timestamp }: { readonly timestamp?: number } = {}) {
    this.timestamp = timestamp;
    this.displayWidth = picture.displayWidth;
    this.displayHeight = picture.displayHeight;
    codecs.openFrames += 1;
  }

  clone(): FakeFrame {
    return new FakeFrame(this);
  }

  close(): void {
    if (!this.#isClosed) codecs.openFrames -= 1;
    this.#isClosed = true;
  }
}

class FakeChunk {
  readonly type: "key" | "delta";
  readonly timestamp: number;
  readonly data: Uint8Array;

  constructor(init: {
    readonly type: "key" | "delta";
    readonly timestamp: number;
    readonly data: Uint8Array;
  }) {
    this.type = init.type;
    this.timestamp = init.timestamp;
    this.data = init.data;
  }

  get byteLength(): number {
    return this.data.length;
  }

  copyTo(to: Uint8Array): void {
    to.set(this.data);
  }
}

type EncoderInit = {
  readonly output: (
    chunk: FakeChunk,
    metadata: { readonly svc: { readonly temporalLayerId: number } },
  ) => void;
  readonly error: (error: Error) => void;
};

export class FakeEncoder {
  state = "unconfigured";
  configured: VideoEncoderConfig[] = [];
  readonly #init: EncoderInit;
  #n = 0;
  #sinceKey = 0;
  #base = -1;

  constructor(init: EncoderInit) {
    this.#init = init;
    codecs.encoders.add(this);
  }

  get encodeQueueSize(): number {
    return codecs.waiting;
  }

  configure(config: VideoEncoderConfig): void {
    this.state = "configured";
    this.configured.push(config);
  }

  encode({ timestamp }: FakeFrame, { keyFrame }: { readonly keyFrame: boolean }): void {
    const { width = 0, height = 0 } = this.configured.at(-1) ?? {};
    const isKey = keyFrame || this.#base < 0;
    if (isKey) this.#sinceKey = 0;
    const temporal = this.#sinceKey++ % 2;
    const content: Content = { n: this.#n++, needs: isKey ? -1 : this.#base, w: width, h: height };
    if (temporal === 0) this.#base = content.n;
    const chunk = new FakeChunk({ type: isKey ? "key" : "delta", timestamp, data: encode(content) });
    this.#init.output(chunk, { svc: { temporalLayerId: temporal } });
  }

  fail(): void {
    this.state = "closed";
    this.#init.error(new Error("failed"));
  }

  close(): void {
    this.state = "closed";
    codecs.encoders.delete(this);
  }
}

type DecoderInit = { readonly output: (frame: FakeFrame) => void; readonly error: (error: Error) => void };

export class FakeDecoder {
  state = "unconfigured";
  decodeQueueSize = 0;
  readonly #init: DecoderInit;
  readonly #seen = new Set<number>();

  constructor(init: DecoderInit) {
    this.#init = init;
    codecs.decoders.add(this);
  }

  configure(): void {
    this.state = "configured";
  }

  decode({ type, timestamp, data }: FakeChunk): void {
    if (codecs.isSilent) return;
    const { n, needs, w, h } = decode(data) as Content;
    if (type === "delta" && !this.#seen.has(needs)) {
      this.state = "closed";
      return void this.#init.error(new Error("a reference is missing"));
    }
    this.#seen.add(n);
    const give = () => this.#init.output(new FakeFrame({ timestamp, displayWidth: w, displayHeight: h }));
    if (codecs.delayed === null) give();
    else codecs.delayed.push(give);
  }

  close(): void {
    this.state = "closed";
    codecs.decoders.delete(this);
  }
}

const FAKES = {
  VideoFrame: FakeFrame,
  VideoEncoder: FakeEncoder,
  VideoDecoder: FakeDecoder,
  EncodedVideoChunk: FakeChunk,
};

/** Puts them in the place of the browser's. */
export function useFakeCodecs(): void {
  codecs.reset();
  Object.assign(globalThis, FAKES);
}

/** Other tests find none, as before. */
export function removeFakeCodecs(): void {
  for (const name of Object.keys(FAKES)) Reflect.deleteProperty(globalThis, name);
}
