/** [B4] Which cancellation is asked for, and whether the ear finds a chirp and only a chirp. */
import { describe, expect, test } from "bun:test";
import { chance } from "../../call/testing/hand-clock.ts";
import { CHIRP, chirpIn } from "./chirp.ts";
import { bestEchoCancellation } from "./echo.ts";

describe("[B4] the strongest cancellation", () => {
  test("is 'all' where the browser has it, else true, never 'remote-only'", () => {
    expect(bestEchoCancellation({ echoCancellation: [true, false, "remote-only", "all"] })).toBe("all");
    expect(bestEchoCancellation({ echoCancellation: [true, false, "remote-only"] })).toBe(true);
    expect(bestEchoCancellation({ echoCancellation: [true, false] })).toBe(true);
    expect(bestEchoCancellation({})).toBe(true);
  });
});

describe("the ear for a chirp", () => {
  const random = chance(9);
  const noise = (loud: number) => Float32Array.from({ length: 36_000 }, () => (random() - 0.5) * 2 * loud);
  /** Vowels of changing pitch: what speech does in one to four kHz. */
  const speech = () =>
    Float32Array.from({ length: 36_000 }, (_, i) => {
      const hertz = 120 + 40 * Math.sin(i / 9_000);
      let sum = 0;
      for (let k = 1; k < 25; k++) sum += Math.sin((2 * Math.PI * hertz * k * i) / 48_000 + k) / k;
      return 0.2 * sum * Math.max(0, Math.sin(i / 4_000));
    });
  const withChirp = (into: Float32Array, atMs: number, gain: number) => {
    for (const [i, value] of CHIRP.entries()) into[atMs * 48 + i] = (into[atMs * 48 + i] ?? 0) + gain * value;
    return into;
  };

  test("finds it, soft, in noise, and says where", () => {
    for (const [gain, loud] of [
      [1, 0],
      [0.05, 0.0005],
      [0.3, 0.02],
    ] as const) {
      const found = chirpIn(withChirp(noise(loud), 150, gain));
      expect(Math.abs((found ?? 0) - 150)).toBeLessThan(1);
    }
  });

  test("finds it through a room: three reflections, high notes softer", () => {
    const dry = withChirp(noise(0.001), 100, 0.2);
    const room = dry.map((value, i) => {
      const back = (n: number, gain: number) => gain * (dry[i - n] ?? 0);
      return value + back(1, 0.5) + back(331, 0.4) + back(977, 0.3) + back(2_011, 0.2);
    });
    expect(Math.abs((chirpIn(room) ?? 0) - 100)).toBeLessThan(2);
  });

  test("hears nothing in silence, noise, a tone or speech", () => {
    const tone = Float32Array.from(
      { length: 36_000 },
      (_, i) => 0.3 * Math.sin((2 * Math.PI * 2_000 * i) / 48_000),
    );
    for (const none of [new Float32Array(36_000), noise(0.1), tone, speech(), new Float32Array(100)])
      expect(chirpIn(none)).toBeNull();
  });

  test("a chirp that was cancelled to a hundredth in a room's noise is not heard", () => {
    expect(chirpIn(withChirp(noise(0.02), 150, 0.01))).toBeNull();
  });
});
