/** One person heard, with a decoder of numbers: order, holes, bent time, failures, what is counted. */
import { describe, expect, test } from "bun:test";
import type { OpenDecoder } from "./opus.ts";
import { RINGS_BYTES, SoundRing } from "./ring.ts";
import { Voice } from "./voice.ts";

/** Decodes to a constant that the packet names; later, where it is told to hold. */
function stage() {
  const told = { hold: false, broken: false, opened: 0, say: [] as (() => void)[] };
  const decoder: OpenDecoder = (onSound, onError) => {
    told.opened += 1;
    return {
      decode(packet) {
        const samples = new Float32Array(960).fill((packet[0] ?? 0) / 1_000);
        if (told.broken) onError();
        else if (told.hold) told.say.push(() => onSound(samples));
        else onSound(samples);
      },
      close: () => undefined,
    };
  };
  const ring = new SoundRing(new ArrayBuffer(RINGS_BYTES), 0);
  const voice = new Voice({ ring, decoder, write: (samples) => void ring.write(samples) });
  const push = (ctr: number, now: number, capturedMs = ctr * 20) =>
    voice.push(ctr, { captureUs: capturedMs * 1_000, durationUs: 20_000, chunk: new Uint8Array([ctr]) }, now);
  const play = (ms: number) => {
    const out = new Float32Array(ms * 48);
    const count = ring.take(out);
    ring.addDry(out.length - count);
    return out.subarray(0, count);
  };
  return { told, ring, voice, push, play };
}

/** Frames `from` to `to` come in time and are played in time. */
function goOn(
  { push, play, voice }: ReturnType<typeof stage>,
  from: number,
  to: number,
  lost: readonly number[] = [],
) {
  for (let ctr = from; ctr < to; ctr++) {
    if (!lost.includes(ctr)) push(ctr, ctr * 20);
    for (let at = 0; at < 20; at += 4) {
      voice.tick(ctr * 20 + at);
      play(4);
    }
  }
}

describe("a voice", () => {
  test("is played in order, and says when what is heard was captured", () => {
    const one = stage();
    goOn(one, 0, 50);
    expect(one.voice.stats()).toMatchObject({ concealedMs: 0, late: 0, underruns: 0, decoded: 50 });
    const behind = 1_000 - (one.voice.playedUs(0) ?? 0) / 1_000;
    expect(behind).toBeGreaterThan(15);
    expect(behind).toBeLessThan(65);
    expect(one.voice.playedUs(30_000)).toBe((one.voice.playedUs(0) ?? 0) - 30_000);
  });

  test("has its holes made up, 20 ms each, and goes on", () => {
    const one = stage();
    goOn(one, 0, 100, [40, 60, 61]);
    expect(one.voice.stats()).toMatchObject({ concealedMs: 60, underruns: 0, decoded: 97 });
  });

  test("a hole behind a slow decoder comes after what is being decoded", () => {
    const one = stage();
    one.told.hold = true;
    for (const ctr of [0, 1, 3, 4]) one.push(ctr, ctr * 20);
    one.voice.tick(100);
    expect(one.ring.level).toBe(0);
    one.told.say.shift()?.();
    one.told.say.shift()?.();
    expect(one.ring.level).toBe(1_920);
    one.play(32);
    one.voice.tick(132);
    // 8 ms left: the hole is filled at once, then frame 3 is decoded
    expect(one.ring.level).toBe(8 * 48 + 960);
    expect(one.told.say.length).toBe(2);
  });

  test("dry counts as made up after an underrun, not after a pause, not at the beginning", () => {
    const one = stage();
    one.play(500);
    goOn(one, 0, 50);
    one.play(1_000);
    one.voice.tick(2_000);
    // a pause: the next counter, captured a second later
    for (let ctr = 50; ctr < 60; ctr++) one.push(ctr, ctr * 20 + 1_000, ctr * 20 + 1_000);
    expect(one.voice.stats()).toMatchObject({ concealedMs: 0, underruns: 0 });
    for (let now = 2_200; now <= 2_500; now += 4) {
      one.voice.tick(now);
      one.play(4);
    }
    // an underrun: the next counter, captured right after
    for (let ctr = 60; ctr < 70; ctr++) one.push(ctr, ctr * 20 + 1_300, ctr * 20 + 1_000);
    one.voice.tick(2_800);
    expect(one.voice.stats().underruns).toBe(1);
    expect(one.voice.stats().concealedMs).toBeGreaterThan(50);
  });

  test("[B2] a decoder that fails, or says nothing for a second, is opened again", () => {
    const one = stage();
    goOn(one, 0, 10);
    one.told.broken = true;
    one.push(10, 200);
    one.told.broken = false;
    goOn(one, 11, 20);
    expect(one.told.opened).toBe(2);
    one.told.hold = true;
    one.push(20, 400);
    one.voice.tick(1_400);
    expect(one.voice.stats().failures).toBe(1);
    one.voice.tick(1_401);
    expect(one.voice.stats().failures).toBe(2);
    one.told.hold = false;
    goOn(one, 71, 90);
    expect(one.told.opened).toBe(3);
  });

  test("shows its level", () => {
    const one = stage();
    goOn(one, 100, 120);
    expect(one.voice.level.take()).toBeGreaterThan(0.5);
  });
});
