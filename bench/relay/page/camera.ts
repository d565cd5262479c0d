/** A camera and a microphone for measuring, in place of the machine's: a moving picture with a clock in it, and the two tones of this
 * person. The page that is measured asks `getUserMedia` as ever. */
import { BARS, BARS_HEIGHT, barsOf, low32 } from "../barcode.ts";
import type { Burst } from "../sound.ts";
import { soundScript } from "./ears.ts";

const [WIDTH, HEIGHT, RATE] = [640, 360, 30];
const DISCS = 14;

/** Draws the picture of this moment: discs that move all over it, so that an encoder has work, and the bars. */
export function draw(
  g: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  count: number,
  who: number,
): void {
  g.fillStyle = "#468";
  g.fillRect(0, 0, WIDTH, HEIGHT);
  for (let i = 0; i < DISCS; i++) {
    g.fillStyle = `hsl(${(i * 40 + count * 2) % 360} 70% 50%)`;
    g.beginPath();
    const [x, y] = [Math.sin(count / 40 + i) * 0.45 + 0.5, Math.cos(count / 31 + i * 1.7) * 0.35 + 0.6];
    g.arc(x * WIDTH, y * HEIGHT, 14 + i * 3, 0, 7);
    g.fill();
  }
  const bar = WIDTH / BARS;
  for (const [i, white] of barsOf({ ms: low32(Date.now()), who }).entries()) {
    g.fillStyle = white ? "#fff" : "#000";
    g.fillRect(Math.round(i * bar), 0, Math.ceil(bar), HEIGHT * BARS_HEIGHT);
  }
}

function picture(who: number): MediaStreamTrack {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const g = canvas.getContext("2d", { alpha: false });
  if (g === null) throw new Error("no canvas");
  let count = 0;
  const step = () => draw(g, count++, who);
  step();
  setInterval(step, 1000 / RATE);
  const [track] = canvas.captureStream(RATE).getVideoTracks();
  if (track === undefined) throw new Error("a canvas without a picture");
  return track;
}

/** Mono said in so many words: else encoders of one channel are handed two. */
async function sound(who: number, onBurst: (burst: Burst) => void): Promise<MediaStreamTrack> {
  const context = new AudioContext({ sampleRate: 48_000 });
  await context.audioWorklet.addModule(soundScript());
  const options = { numberOfInputs: 0, outputChannelCount: [1], processorOptions: { who } };
  const voice = new AudioWorkletNode(context, "bench-voice", options);
  voice.port.onmessage = ({ data }: MessageEvent<Burst>) => onBurst(data);
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: "explicit" });
  voice.connect(out);
  await context.resume();
  const [track] = out.stream.getAudioTracks();
  if (track === undefined) throw new Error("no sound");
  return track;
}

/** Takes the place of camera and microphone in this page. Each ask gets tracks of its own, which the page may stop. */
export function standIn(who: number, onBurst: (burst: Burst) => void): void {
  let camera: MediaStreamTrack | undefined;
  let microphone: Promise<MediaStreamTrack> | undefined;
  navigator.mediaDevices.getUserMedia = async ({ audio, video } = {}) => {
    const stream = new MediaStream();
    if (video) {
      camera ??= picture(who);
      stream.addTrack(camera.clone());
    }
    if (audio) {
      microphone ??= sound(who, onBurst);
      stream.addTrack((await microphone).clone());
    }
    return stream;
  };
}
