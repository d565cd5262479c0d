/** Control messages of the relay's hop: bounded, exact, told apart from frames. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { concat } from "./bytes.ts";
import { STREAM, writeHeader } from "./frame.ts";
import {
  type Ack,
  CONTROL_MAX_BYTES,
  decodeControl,
  encodeControl,
  fromRelay,
  isControl,
  toRelay,
} from "./relay.ts";

const heard = [{ slot: 3, stream: 1, ctr: 70_000, age: 12, frames: 9, bytes: 4_096 }];

test("every message comes back as it went out", () => {
  const up = { t: "view" as const, wants: [{ slot: 2, screen: 0, height: 360, rank: 0 }] };
  const down = { t: "want" as const, streams: [{ stream: 2, kbps: 500 }] };
  expect(decodeControl(toRelay, encodeControl(up))).toEqual(up);
  expect(decodeControl(fromRelay, encodeControl(down))).toEqual(down);
  const ack: Ack = { t: "ack", at: 77, late: 8, heard };
  expect(decodeControl(toRelay, encodeControl(ack))).toEqual(ack);
  expect(decodeControl(fromRelay, encodeControl(ack))).toEqual(ack);
});

test("a frame is no control message, and a control message no frame", () => {
  const flags = { key: false, discardable: false, rv: 0, temporal: 0, spatial: 0, ctr: 0 };
  const header = writeHeader({ kind: "audio", slot: 1, stream: STREAM.microphone, ...flags });
  expect(isControl(header)).toBe(false);
  expect(isControl(encodeControl({ t: "beat" }))).toBe(true);
});

test("what is too long, of the other direction, or named too much is none", () => {
  const beat = encodeControl({ t: "beat" });
  expect(decodeControl(toRelay, concat(beat, new Uint8Array(CONTROL_MAX_BYTES)))).toBeUndefined();
  expect(decodeControl(toRelay, encodeControl({ t: "want", streams: [] }))).toBeUndefined();
  expect(decodeControl(fromRelay, encodeControl({ t: "view", wants: [] }))).toBeUndefined();
  const many = { t: "ack" as const, at: 0, late: 0, heard: new Array(65).fill(heard[0]) };
  expect(decodeControl(toRelay, encodeControl(many))).toBeUndefined();
});

test("any bytes are read without throwing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      decodeControl(toRelay, concat(new Uint8Array([0x80]), bytes));
      decodeControl(fromRelay, bytes);
    }),
  );
});
