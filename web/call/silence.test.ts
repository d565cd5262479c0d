/** Speaking while muted and a microphone that gives nothing are told, and nothing else is. */
import { expect, test } from "bun:test";
import { barOf, heardIn } from "./ear.ts";
import { type Heard, Hearing, type MicrophoneWord, SILENT_MS } from "./silence.ts";

const NOTHING: Heard = { volume: 0, isEmpty: true };
const ROOM: Heard = { volume: 0.002, isEmpty: false };
const SPEECH: Heard = { volume: 0.1, isEmpty: false };
const OPEN = { muted: false, isHeld: false };
const MUTED = { muted: true, isHeld: false };
const HELD = { muted: false, isHeld: true };

/** Hears the same for so long, ten times a second; the last word. */
function listener() {
  const hearing = new Hearing();
  let now = 0;
  const hear = (heard: Heard | null, state: typeof OPEN, milliseconds: number): MicrophoneWord => {
    let word: MicrophoneWord = null;
    for (const end = now + milliseconds; now < end; now += 100) word = hearing.hear(heard, state, now);
    return word;
  };
  return { hearing, hear };
}

test("who speaks while muted is told, a cough and a quiet room are not, and it goes after a while", () => {
  const { hear } = listener();
  expect(hear(ROOM, MUTED, 10_000)).toBeNull();
  expect(hear(SPEECH, MUTED, 200)).toBeNull();
  expect(hear(ROOM, MUTED, 1_000)).toBeNull();
  expect(hear(SPEECH, MUTED, 800)).toBe("muted");
  expect(hear(ROOM, MUTED, 2_000)).toBe("muted");
  expect(hear(ROOM, MUTED, 4_000)).toBeNull();
  expect(hear(SPEECH, MUTED, 800)).toBe("muted");
  expect(hear(SPEECH, OPEN, 100)).toBeNull();
});

test("eight seconds of digital silence are told; a quiet room never; sound takes it away", () => {
  const { hear } = listener();
  expect(hear(ROOM, OPEN, 60_000)).toBeNull();
  expect(hear(NOTHING, OPEN, SILENT_MS)).toBeNull();
  expect(hear(NOTHING, OPEN, 200)).toBe("silent");
  expect(hear(ROOM, OPEN, 100)).toBeNull();
});

test("a headset that shuts off quiet is told once, not each time one listens; another microphone begins anew", () => {
  const { hearing, hear } = listener();
  hear(NOTHING, OPEN, SILENT_MS + 200);
  hear(SPEECH, OPEN, 1_000);
  expect(hear(NOTHING, OPEN, 60_000)).toBeNull();
  hearing.restart();
  expect(hear(NOTHING, OPEN, SILENT_MS + 200)).toBe("silent");
});

test("what the system holds back is told, also of one that shuts off quiet; while muted, and while nothing is known, nothing is", () => {
  const { hear } = listener();
  expect(hear(NOTHING, MUTED, 60_000)).toBeNull();
  expect(hear(null, OPEN, 60_000)).toBeNull();
  expect(hear(NOTHING, HELD, SILENT_MS + 200)).toBe("silent");
  expect(hear(ROOM, OPEN, 100)).toBeNull();
  expect(hear(null, HELD, SILENT_MS + 200)).toBe("silent");
});

test("volume and bar: zero is empty, the faintest noise is not, louder is longer", () => {
  expect(heardIn(new Float32Array(64))).toEqual(NOTHING);
  expect(heardIn(new Float32Array(64).fill(1e-7)).isEmpty).toBe(false);
  expect(heardIn(new Float32Array(64).fill(0.5)).volume).toBeCloseTo(0.5);
  expect(barOf(0)).toBe(0);
  expect(barOf(1)).toBe(1);
  expect(barOf(0.03)).toBeGreaterThan(barOf(0.01));
});
