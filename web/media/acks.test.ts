/** What is counted on the way (PROTOCOL.md "Relay"): acks for what came down, rates and losses read from acks and counters. */
import { describe, expect, test } from "bun:test";
import type { FrameHeader } from "../../wire/frame.ts";
import { Arrived } from "./arrived.ts";
import { HeardStreams } from "./heard.ts";
import { SoundLoss } from "./sound-loss.ts";

const header = (slot: number, stream: number, ctr: number) => ({ slot, stream, ctr }) as FrameHeader;

describe("acks", () => {
  test("say the highest counter, its age, and everything that came", () => {
    const heard = new HeardStreams();
    heard.frame(header(1, 2, 7), 100, 1_000);
    heard.frame(header(1, 2, 9), 50, 1_010);
    heard.frame(header(1, 2, 8), 50, 1_020);
    expect(heard.ack(1_030, 12.4)).toEqual({
      t: "ack",
      at: 1_030,
      late: 12,
      heard: [{ slot: 1, stream: 2, ctr: 9, age: 20, frames: 3, bytes: 200 }],
    });
  });
  test("go every 50 ms while something comes, every 100 ms for a moment after it, and then not", () => {
    const heard = new HeardStreams();
    heard.frame(header(1, 0, 0), 122, 0);
    expect(heard.ack(0, 0)).not.toBeNull();
    heard.frame(header(1, 0, 1), 122, 20);
    expect(heard.ack(49, 0)).toBeNull();
    expect(heard.ack(50, 0)).not.toBeNull();
    expect(heard.ack(149, 0)).toBeNull();
    expect(heard.ack(150, 0)).not.toBeNull();
    expect(heard.ack(321, 0)).toBeNull();
  });
  test("a new session and a new person begin at nothing", () => {
    const heard = new HeardStreams();
    heard.frame(header(1, 0, 5), 10, 0);
    heard.frame(header(2, 0, 5), 10, 0);
    heard.forget(1);
    expect(heard.ack(0, 0)?.heard.map(({ slot }) => slot)).toEqual([2]);
    heard.reset();
    expect(heard.ack(1_000, 0)).toBeNull();
  });
});

test("[A9] the rate that arrives is that of the last second, over a turn of the count", () => {
  const arrived = new Arrived();
  const ack = (bytes: number) => ({
    t: "ack" as const,
    at: 0,
    late: 0,
    heard: [{ slot: 1, stream: 1, ctr: 1, age: 0, frames: 1, bytes }],
  });
  arrived.ack(ack(2 ** 32 - 1_000), 0);
  arrived.ack(ack(4_000), 1_500);
  expect(arrived.kbps(1_600)).toBe(40);
  expect(arrived.kbps(2_500)).toBe(0);
});

describe("[A9] lost sound", () => {
  const feed = (loss: SoundLoss, ctrs: readonly number[], from = 0) => {
    for (const [n, ctr] of ctrs.entries()) loss.frame(1, ctr, true, from + n * 20);
  };
  test("is the gaps in the counters of the last whole window", () => {
    const loss = new SoundLoss();
    feed(
      loss,
      Array.from({ length: 100 }, (_, n) => n).filter((n) => n % 10 !== 5),
    );
    expect(loss.part(2_000)).toBeCloseTo(0.1, 1);
    expect(loss.part(4_000)).toBe(0);
  });
  test("repeats tell of a loss that they mended", () => {
    const loss = new SoundLoss();
    feed(loss, [0, 1, 2]);
    loss.frame(1, 2, false, 60);
    expect(loss.part(2_000)).toBe(0.02);
  });
  test("who joins late has lost nothing", () => {
    const loss = new SoundLoss();
    feed(loss, [5_000, 5_001]);
    expect(loss.part(2_000)).toBe(0);
  });
});
