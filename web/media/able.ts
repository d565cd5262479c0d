/** What this browser can do of a relayed call, found out by trying (media.md decision 11): what a browser says of itself is not always so.
 * To be asked before "Beitreten". */

/** Higher: the page waits for a browser that cannot. Lower: a slow phone is taken for one. */
const PATIENCE_MS = 3_000;
const SIDE = { width: 64, height: 64 };

export type Able = {
  readonly send: { readonly picture: boolean; readonly sound: boolean };
  readonly receive: { readonly picture: boolean; readonly sound: boolean };
};

/** Sound goes wherever an AudioWorklet is: its codec has a stand-in of our own. Never throws. */
export async function able(): Promise<Able> {
  const sound = "AudioContext" in globalThis && "AudioWorkletNode" in globalThis;
  const chunks = await within(encodeTwo()).catch(() => null);
  const decodes = await within(chunks === null ? hasDecoder() : decodeTwo(chunks)).catch(() => false);
  return { send: { picture: chunks !== null, sound }, receive: { picture: decodes, sound } };
}

/** What goes wrong in a relayed call: nothing works at all, only sound does, the others do not see this person, or it not them. */
export type Lack = "all" | "pictures" | "unseen" | "unseeing";

/** The one thing to be said of it; null where all works. A picture without any sound is no call. */
export function lackOf({ send, receive }: Able): Lack | null {
  if (!send.sound && !receive.sound) return "all";
  if (!send.picture && !receive.picture) return "pictures";
  if (!send.picture) return "unseen";
  return receive.picture ? null : "unseeing";
}

function within<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("nothing came")), PATIENCE_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Two chunks that really came out of an encoder. */
function encodeTwo(): Promise<EncodedVideoChunk[]> {
  return new Promise((resolve, reject) => {
    const chunks: EncodedVideoChunk[] = [];
    const encoder = new VideoEncoder({
      output: (chunk) => {
        chunks.push(chunk);
        if (chunks.length < 2) return;
        encoder.close();
        resolve(chunks);
      },
      error: reject,
    });
    encoder.configure({ codec: "vp8", ...SIDE, bitrate: 100_000, latencyMode: "realtime" });
    for (const at of [0, 1]) {
      const frame = new VideoFrame(new Uint8Array(SIDE.width * SIDE.height * 4), {
        format: "RGBA",
        codedWidth: SIDE.width,
        codedHeight: SIDE.height,
        timestamp: at * 33_333,
      });
      encoder.encode(frame, { keyFrame: at === 0 });
      frame.close();
    }
    encoder.flush().catch(reject);
  });
}

function decodeTwo(chunks: readonly EncodedVideoChunk[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const decoder = new VideoDecoder({
      output: (frame) => {
        frame.close();
        resolve(true);
      },
      error: reject,
    });
    decoder.configure({ codec: "vp8", optimizeForLatency: true });
    for (const chunk of chunks) decoder.decode(chunk);
    decoder
      .flush()
      .then(() => decoder.close())
      .catch(reject);
  });
}

/** Without an encoder of its own there is nothing to try it with: then its word must do. */
async function hasDecoder(): Promise<boolean> {
  return (await VideoDecoder.isConfigSupported({ codec: "vp8" })).supported === true;
}
