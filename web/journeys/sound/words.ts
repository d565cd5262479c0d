/** A microphone file whose tone comes and goes in no rhythm, so that a delay can be read off it without doubt. */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chance } from "../../call/testing/hand-clock.ts";

const RATE = 48_000;
const SECONDS = 12;

/** The path of a WAV of 12 s: words of 60 to 240 ms, pauses of 40 to 200 ms, 5 ms at each end to come and go. */
export function spokenWords(hertz: number): string {
  const random = chance(hertz);
  const out = Buffer.alloc(44 + SECONDS * RATE * 2);
  out.write("RIFF\0\0\0\0WAVEfmt ", 0, "latin1");
  out.writeUInt32LE(out.length - 8, 4);
  for (const [at, size, value] of [
    [16, 4, 16],
    [20, 2, 1],
    [22, 2, 1],
    [24, 4, RATE],
    [28, 4, RATE * 2],
    [32, 2, 2],
    [34, 2, 16],
  ] as const)
    out.writeUIntLE(value, at, size);
  out.write("data", 36, "latin1");
  out.writeUInt32LE(out.length - 44, 40);
  for (let at = 0; at < SECONDS * RATE; ) {
    const word = Math.min(Math.floor((0.06 + 0.18 * random()) * RATE), SECONDS * RATE - at);
    for (let i = 0; i < word; i++) {
      const gain = Math.min(1, i / 240, (word - i) / 240);
      const value = Math.round(12_000 * gain * Math.sin((2 * Math.PI * hertz * i) / RATE));
      out.writeInt16LE(value, 44 + (at + i) * 2);
    }
    at += word + Math.floor((0.04 + 0.16 * random()) * RATE);
  }
  const path = join(tmpdir(), `tpc-words-${hertz}.wav`);
  writeFileSync(path, out);
  return path;
}
