/** The ring between worker and audio thread, in shared memory and by messages; what plays now; the limiter. */
import { describe, expect, test } from "bun:test";
import { Level } from "./level.ts";
import { Limiter } from "./limiter.ts";
import { Outlet } from "./outlet.ts";
import { Playing } from "./playing.ts";
import { RINGS_BYTES, SLOTS, SoundRing } from "./ring.ts";

const counting = (count: number, from = 0) => Float32Array.from({ length: count }, (_, i) => from + i);

describe("ring", () => {
  test("both sides see the same, slots are apart, order is kept over the end of the memory", () => {
    const memory = new SharedArrayBuffer(RINGS_BYTES);
    const [writer, reader, other] = [
      new SoundRing(memory, 3),
      new SoundRing(memory, 3),
      new SoundRing(memory, 4),
    ];
    const out = new Float32Array(1_000);
    for (let round = 0; round < 30; round++) {
      expect(writer.write(counting(1_000, round))).toBe(1_000);
      expect(reader.level).toBe(1_000);
      expect(reader.take(out)).toBe(1_000);
      expect(out).toEqual(counting(1_000, round));
    }
    expect([other.level, other.written]).toEqual([0, 0]);
  });

  test("takes what fits, gives what there is", () => {
    const ring = new SoundRing(new ArrayBuffer(RINGS_BYTES), 0);
    expect(ring.write(counting(8_193))).toBe(8_192);
    expect(ring.write(counting(1))).toBe(0);
    const out = new Float32Array(8_200);
    expect(ring.take(out)).toBe(8_192);
    expect(ring.take(out)).toBe(0);
  });

  test("its counters may pass 2^31", () => {
    const memory = new ArrayBuffer(RINGS_BYTES);
    const ring = new SoundRing(memory, 0);
    new Int32Array(memory, 0, 2).fill(2 ** 31 - 100);
    expect(ring.write(counting(200))).toBe(200);
    expect(ring.level).toBe(200);
    const out = new Float32Array(200);
    expect(ring.take(out)).toBe(200);
    expect(out).toEqual(counting(200));
  });

  test("the last slot lies inside the memory, no slot beyond it", () => {
    new SoundRing(new ArrayBuffer(RINGS_BYTES), SLOTS - 1).write(counting(8_192));
    expect(() => new SoundRing(new ArrayBuffer(RINGS_BYTES), SLOTS)).toThrow();
    const outlet = new Outlet({ by: "memory", memory: new SharedArrayBuffer(RINGS_BYTES) });
    expect(() => outlet.ring(SLOTS)).toThrow(RangeError);
  });
});

describe("by messages", () => {
  test("sound goes one way, counters come back", async () => {
    const { port1, port2 } = new MessageChannel();
    const outlet = new Outlet({ by: "messages", port: port1 });
    const heard = new Promise<unknown>((resolve) => {
      port2.onmessage = ({ data }) => resolve(data);
    });
    outlet.write(2, counting(300));
    expect(await heard).toEqual({ slot: 2, samples: counting(300) });
    expect(outlet.ring(2).level).toBe(300);
    const answer = new Int32Array(SLOTS * 2 + 1);
    answer.set([128, 7], 4);
    answer[SLOTS * 2] = 30_000;
    port2.postMessage(answer);
    while (outlet.latencyUs === 0) await new Promise((resolve) => setImmediate(resolve));
    expect([outlet.ring(2).level, outlet.ring(2).dry]).toEqual([172, 7]);
    outlet.close();
    port2.close();
  });
});

describe("what plays now", () => {
  test("is the capture time of the sample that is read, over holes too", () => {
    const playing = new Playing();
    expect(playing.at(0)).toBeNull();
    playing.wrote(0, 960, 1_000_000);
    playing.wrote(960, 960, null);
    playing.wrote(1_920, 960, 1_040_000);
    expect(playing.at(0)).toBe(1_000_000);
    expect(playing.at(480)).toBe(1_010_000);
    expect(playing.at(1_440)).toBe(1_030_000);
    expect(playing.at(2_400)).toBe(1_050_000);
    expect(playing.at(2_880)).toBeNull();
  });

  test("is found where the counters pass 2^31", () => {
    const playing = new Playing();
    playing.wrote((2 ** 31 - 480) | 0, 960, 5_000);
    expect(playing.at((2 ** 31 - 480 + 600) | 0)).toBe(5_000 + 12_500);
  });
});

describe("loudness", () => {
  test("the sum of many never clips, and one alone is as it was", () => {
    const limiter = new Limiter();
    const one = new Float32Array(128).fill(0.5);
    limiter.apply(one);
    expect(one).toEqual(new Float32Array(128).fill(0.5));
    for (let i = 0; i < 20; i++) {
      const many = Float32Array.from({ length: 128 }, (_, k) => 3 * Math.sin(k / 5 + i));
      limiter.apply(many);
      expect(Math.max(...many.map(Math.abs))).toBeLessThanOrEqual(1);
    }
    const after = new Float32Array(128).fill(0.5);
    for (let i = 0; i < 200; i++) limiter.apply(after.fill(0.5));
    expect(after[127]).toBeCloseTo(0.5);
  });

  test("a level is 0 in silence and in a room's noise, 1 for loud speech, and is asked for once", () => {
    const level = new Level();
    expect(level.take()).toBe(0);
    level.hear(new Float32Array(960).fill(0.0009));
    expect(level.take()).toBe(0);
    level.hear(new Float32Array(960).fill(0.02));
    expect(level.take()).toBeCloseTo(0.52, 1);
    level.hear(new Float32Array(960).fill(0.5));
    expect(level.take()).toBe(1);
    expect(level.take()).toBe(0);
  });
});
