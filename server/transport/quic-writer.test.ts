/** One write in flight per stream: checked on a stream that, like the addon's, lets unawaited writes overtake each other. */
import { beforeEach, expect, test } from "bun:test";
import { type Bytes, u32be } from "../../wire/bytes.ts";
import { Cutter } from "../../wire/hop.ts";
import { Writer } from "./quic-writer.ts";

let written: Bytes[];
let pending: { bytes: Bytes; done: () => void; fail: (error: Error) => void }[];
let ends: string[];
let falls: number[];
let opened: () => void;
let writer: Writer;

beforeEach(() => {
  [written, pending, ends, falls] = [[], [], [], []];
  const stream = {
    write: (data: Uint8Array) =>
      new Promise<void>((done, fail) => void pending.push({ bytes: Uint8Array.from(data), done, fail })),
    finish: async () => void ends.push("finish"),
    reset: async () => void ends.push("reset"),
    setPriority: async () => undefined,
  };
  const opening = new Promise<typeof stream>((done) => {
    opened = () => done(stream);
  });
  writer = new Writer(opening, { fell: () => void falls.push(writer.held) });
});

const turn = () => new Promise((done) => setImmediate(done));
/** The addon gets round to its writes, the last first. */
async function carryOut(): Promise<void> {
  for (const { bytes, done } of pending.splice(0).reverse()) {
    written.push(bytes);
    done();
  }
  await turn();
}
const items = () => {
  const cutter = new Cutter();
  return written.flatMap((bytes) => cutter.push(bytes) ?? []);
};

test("[T6] items that come while a write is in flight are joined into the next, in their order", async () => {
  for (const n of [0, 1]) writer.push(u32be(n));
  opened();
  await turn();
  for (const n of [2, 3, 4]) writer.push(u32be(n));
  expect(pending).toHaveLength(1);
  await carryOut();
  expect(pending).toHaveLength(1);
  await carryOut();
  expect(items()).toEqual([0, 1, 2, 3, 4].map(u32be));
});

test("[T7] held counts what the stream has not taken, and every fall is told", async () => {
  writer.push(new Uint8Array(6));
  expect(writer.held).toBe(10);
  opened();
  await turn();
  writer.push(new Uint8Array(16));
  expect([writer.held, falls]).toEqual([30, []]);
  await carryOut();
  await carryOut();
  expect([writer.held, falls]).toEqual([0, [20, 0]]);
});

test("[T6] the end waits for everything; nothing is taken after it", async () => {
  opened();
  await turn();
  writer.push(u32be(1));
  writer.push(u32be(2));
  writer.finish();
  writer.push(u32be(3));
  expect(ends).toEqual([]);
  await carryOut();
  await carryOut();
  expect([items().length, ends, writer.isOver]).toEqual([2, ["finish"], true]);
});

test("[T6] a cut resets at once, also a stream that is not open yet", async () => {
  writer.push(u32be(1));
  writer.cut();
  expect([writer.held, writer.isOver, falls]).toEqual([0, true, [0]]);
  opened();
  await turn();
  expect([ends, pending]).toEqual([["reset"], []]);
});

test("[T6] a cut after the end still resets what is on its way", async () => {
  opened();
  await turn();
  writer.push(u32be(1));
  writer.finish();
  writer.cut();
  await carryOut();
  expect(ends).toEqual(["reset"]);
});

test("a stream that its reader gave up holds nothing and takes nothing", async () => {
  opened();
  await turn();
  for (const n of [1, 2]) writer.push(u32be(n));
  pending.splice(0)[0]?.fail(new Error("stopped"));
  await turn();
  writer.push(u32be(3));
  expect([writer.held, writer.isOver, pending.length]).toEqual([0, true, 0]);
});
