/** From blocks to frames with a codec of numbers: steps of the rate, failures, pauses. */
import { describe, expect, test } from "bun:test";
import type { Bytes } from "../../../wire/bytes.ts";
import { type OpusCodec, packetBytes, RATES, type SoundRate } from "./opus.ts";
import { readSound } from "./plain.ts";
import { SoundSender } from "./sender.ts";

/** An encoder whose packets have the size of their rate, unless it is told to be odd or broken. */
function fakeCodec() {
  const told = { opened: 0, odd: false, broken: false, waiting: 0, say: [] as (() => void)[], hold: false };
  const codec: OpusCodec = {
    name: "browser",
    decoder: () => ({ decode: () => undefined, close: () => undefined }),
    encoder: (first, onPacket, onError) => {
      told.opened += 1;
      let rate: SoundRate = first;
      const packet = () => {
        const out = new Uint8Array(packetBytes(rate) + (told.odd ? 1 : 0));
        out[0] = rate.durationMs === 60 ? 0x58 : 0xf8;
        return out;
      };
      return {
        encode(samples) {
          expect(samples.length).toBe(rate.durationMs * 48);
          if (told.broken) return onError();
          const made = packet();
          if (told.hold) told.say.push(() => onPacket(made));
          else onPacket(made);
        },
        get waiting() {
          return told.waiting;
        },
        setRate: (next) => {
          rate = next;
        },
        close: () => undefined,
      };
    },
  };
  return { codec, told };
}

async function opened() {
  const { codec, told } = fakeCodec();
  const frames: Bytes[] = [];
  const sender = new SoundSender({ onFrame: (plain) => frames.push(plain), codec: async () => codec });
  await Promise.resolve();
  await Promise.resolve();
  let at = 0;
  const speak = (blocks: number) => {
    for (let i = 0; i < blocks; i++) {
      sender.take({ captureUs: 1_000_000 + at * 20_000, samples: new Float32Array(960) });
      at += 1;
    }
  };
  const times = () => frames.map((plain) => ((readSound(plain)?.captureUs ?? 0) - 993_500) / 20_000);
  return { sender, told, frames, speak, times, pause: (blocks: number) => (at += blocks) };
}

describe("[A10] steps of the rate", () => {
  test("32, 16, 12 kbit/s: 93, 53 and 103 bytes, each block once, in order", async () => {
    const { sender, frames, speak, times } = await opened();
    speak(3);
    sender.setStep(1);
    speak(3);
    sender.setStep(2);
    speak(6);
    sender.setStep(0);
    speak(1);
    expect(frames.map((plain) => plain.length)).toEqual([93, 93, 93, 53, 53, 53, 103, 103, 93]);
    expect(times()).toEqual([0, 1, 2, 3, 4, 5, 6, 9, 12]);
    expect(RATES.map(packetBytes)).toEqual([80, 40, 90]);
  });

  test("a step in the middle of a packet waits for its end; steps that are none are the nearest", async () => {
    const { sender, frames, speak } = await opened();
    sender.setStep(99);
    speak(4);
    sender.setStep(-1);
    speak(2);
    speak(1);
    expect(frames.map((plain) => plain.length)).toEqual([103, 103, 93]);
  });
});

describe("what goes wrong", () => {
  test("[B2] an encoder that failed is opened again, and the next block goes out", async () => {
    const { told, frames, speak, sender } = await opened();
    speak(1);
    told.broken = true;
    speak(1);
    told.broken = false;
    speak(1);
    expect(frames.length).toBe(2);
    expect(told.opened).toBe(2);
    expect(sender.stats().failures).toBe(1);
  });

  test("one that fails on and on is left alone for a second", async () => {
    const { told, speak } = await opened();
    told.broken = true;
    speak(50);
    expect(told.opened).toBe(5);
  });

  test("a packet of another size never leaves", async () => {
    const { told, frames, speak } = await opened();
    told.odd = true;
    speak(3);
    expect(frames).toEqual([]);
  });

  test("an encoder that is behind gets no more: holes, no delay", async () => {
    const { told, frames, speak, sender } = await opened();
    told.waiting = 10;
    speak(2);
    told.waiting = 9;
    speak(1);
    expect(frames.length).toBe(1);
    expect(sender.stats().skipped).toBe(2);
  });

  test("packets that come later still get the time of their own blocks", async () => {
    const { told, speak, times, sender } = await opened();
    told.hold = true;
    speak(2);
    sender.setStep(1);
    speak(1);
    for (const say of told.say) say();
    expect(times()).toEqual([0, 1, 2]);
  });

  test("after a pause what was begun before it is no beginning", async () => {
    const { sender, speak, times, pause } = await opened();
    sender.setStep(2);
    speak(2);
    pause(100);
    speak(3);
    expect(times()).toEqual([102]);
  });
});
