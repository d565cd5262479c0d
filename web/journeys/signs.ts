/** What each person's camera and microphone give: a colour of their own that moves, and a tone of their own. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How one person is told from another on the other side: by colour and by tone. */
export type Sign = { readonly hertz: number; readonly u: number; readonly v: number };

/** Blue-ish, 440 Hz. */
export const THERAPIST: Sign = { hertz: 440, u: 200, v: 90 };
/** Red-ish, 660 Hz. */
export const CLIENT: Sign = { hertz: 660, u: 90, v: 200 };

/** More people of a group: green-ish, purple-ish; each with a tone of its own. */
export const THIRD: Sign = { hertz: 880, u: 80, v: 80 };
export const FOURTH: Sign = { hertz: 1_100, u: 200, v: 200 };

const WIDTH = 640;
const HEIGHT = 360;
const FRAMES = 32;
const RATE = 48_000;

/** The files Chromium plays as camera (Y4M: a bar walks over a coloured ground) and microphone (WAV: a pulsing tone). */
export function signFiles(sign: Sign): { video: string; audio: string } {
  const folder = join(tmpdir(), "tpc-signs");
  mkdirSync(folder, { recursive: true });
  const video = join(folder, `${sign.u}-${sign.v}-30.y4m`);
  const audio = join(folder, `${sign.hertz}.wav`);
  if (!existsSync(video)) writeFileSync(video, walkingBar(sign));
  if (!existsSync(audio)) writeFileSync(audio, pulsingTone(sign.hertz));
  return { video, audio };
}

function walkingBar(sign: Sign): Buffer {
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const y = Buffer.alloc(WIDTH * HEIGHT, 110);
    const left = Math.floor((frame * WIDTH) / FRAMES);
    for (let row = 0; row < HEIGHT; row++)
      y.fill(235, row * WIDTH + left, row * WIDTH + left + WIDTH / FRAMES);
    const chroma = (WIDTH * HEIGHT) / 4;
    parts.push(Buffer.from("FRAME\n"), y, Buffer.alloc(chroma, sign.u), Buffer.alloc(chroma, sign.v));
  }
  return Buffer.concat(parts);
}

/** Pulsing, because a steady tone is what noise suppression takes away. */
function pulsingTone(hertz: number): Buffer {
  const samples = RATE * 2;
  const out = Buffer.alloc(44 + samples * 2);
  out.write("RIFF", 0);
  out.writeUInt32LE(36 + samples * 2, 4);
  out.write("WAVEfmt ", 8);
  for (const [value, at, size] of [
    [16, 16, 4],
    [1, 20, 2],
    [1, 22, 2],
    [RATE, 24, 4],
    [RATE * 2, 28, 4],
    [2, 32, 2],
    [16, 34, 2],
  ] as const) {
    out.writeUIntLE(value, at, size);
  }
  out.write("data", 36);
  out.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    const on = i % (RATE / 4) < RATE / 8;
    const value = on ? Math.round(12_000 * Math.sin((2 * Math.PI * hertz * i) / RATE)) : 0;
    out.writeInt16LE(value, 44 + i * 2);
  }
  return out;
}
