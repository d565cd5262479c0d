import { describe, expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { type CallId, newId, type PeerId, type Rid, type RoomId, type SeatId } from "./ids.ts";
import type { UserName } from "./names.ts";
import {
  CLIENTS_PER_ROOM_MAX,
  COUNTER_MAX,
  DRAIN_SECONDS_MAX,
  decodeSignal,
  encodeSignal,
  foreignVersion,
  LINKS_PER_CLIENT_MAX,
  MESSAGE_MAX_BYTES,
  OPEN_CLIENTS_MAX,
  RELAY_MAX_BYTES,
  TOKEN_MAX_BYTES,
  type ToBrowser,
  type ToServer,
  toBrowser,
  toServer,
} from "./signal.ts";
import { SIGNAL_VERSION } from "./version.ts";

const v = SIGNAL_VERSION;
const peer = newId<PeerId>();
const room = newId<RoomId>();
const data = new Uint8Array([1, 2, 3]);
const token = new Uint8Array(TOKEN_MAX_BYTES);
const full = {
  room,
  clients: Array.from({ length: CLIENTS_PER_ROOM_MAX }, () =>
    Array.from({ length: LINKS_PER_CLIENT_MAX }, () => newId<Rid>()),
  ),
  closesAt: 1_800_000_000_000,
  startable: true,
  call: newId<CallId>(),
};
const ice = [{ urls: "turn:here:3478", username: "u", credential: "c" }, { urls: "stun:here:3478" }];

const UP: ToServer[] = [
  { t: "hello", v, rid: newId<Rid>() },
  { t: "helloCode", v, user: "praxis.am-park" as UserName },
  { t: "host", v },
  { t: "resume", v, token },
  { t: "claim", force: true },
  { t: "enter", room: null },
  { t: "enter", room },
  { t: "relay", to: peer, n: COUNTER_MAX, ack: 0, data },
  { t: "ack", to: peer, ack: 1 },
  { t: "anew", to: peer },
  { t: "seat", peer, seat: newId<SeatId>(), slot: null },
  { t: "unseat", peer },
  { t: "end", room },
  { t: "leave" },
  { t: "beat" },
];
const DOWN: ToBrowser[] = [
  { t: "welcome", peer, token, resumed: false },
  { t: "at", node: "node-2" },
  { t: "token", token },
  { t: "door", state: "open", host: peer, planned: null },
  { t: "door", state: "closed", host: null, planned: null },
  { t: "relay", from: peer, n: 1, ack: 0, data },
  { t: "ack", from: peer, ack: 1 },
  { t: "anew", from: peer },
  { t: "peer", peer, state: "gone" },
  { t: "lease", state: "here", inCall: true, ice },
  { t: "rooms", rooms: Array.from({ length: OPEN_CLIENTS_MAX }, () => full) },
  { t: "seated", seat: newId<SeatId>(), ice },
  { t: "unseated" },
  { t: "over", reason: "ended" },
  { t: "draining", seconds: DRAIN_SECONDS_MAX },
  { t: "stopping" },
  { t: "beat" },
];

describe("signaling messages", () => {
  test.each(UP)("to the server: $t is read as it was written", (message) => {
    expect(decodeSignal(toServer, encodeSignal(message))).toEqual(message);
  });

  test.each(DOWN)("to the browser: $t is read as it was written", (message) => {
    expect(decodeSignal(toBrowser, encodeSignal(message))).toEqual(message);
  });

  test("none of one side is one of the other, but those that look the same both ways", () => {
    const both = UP.filter((message) => decodeSignal(toBrowser, encodeSignal(message)));
    expect(both.map(({ t }) => t)).toEqual(["beat"]);
  });

  test.each([...UP, ...DOWN])("$t with a field more, and with any field missing, is refused", (message) => {
    const shape = UP.includes(message as ToServer) ? toServer : toBrowser;
    expect(shape({ ...message, extra: 1 })).toBeUndefined();
    for (const name of Object.keys(message)) {
      const less = Object.fromEntries(Object.entries(message).filter(([key]) => key !== name));
      expect(shape(less)).toBeUndefined();
    }
  });

  test("each limit: exactly reached is read, one more is refused", () => {
    const read = (message: unknown) => decodeSignal(toServer, encode(message)) !== undefined;
    const relay = (bytes: number, n = 1) => ({
      t: "relay",
      to: peer,
      n,
      ack: 0,
      data: new Uint8Array(bytes),
    });
    expect([relay(RELAY_MAX_BYTES), relay(RELAY_MAX_BYTES + 1), relay(1), relay(0)].map(read)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([relay(1, COUNTER_MAX), relay(1, COUNTER_MAX + 1), relay(1, -1), relay(1, 0.5)].map(read)).toEqual(
      [true, false, false, false],
    );
    const resume = (bytes: number) => ({ t: "resume", v, token: new Uint8Array(bytes) });
    expect([resume(TOKEN_MAX_BYTES), resume(TOKEN_MAX_BYTES + 1)].map(read)).toEqual([true, false]);
    expect(encodeSignal(relay(RELAY_MAX_BYTES) as ToServer).length).toBeLessThanOrEqual(MESSAGE_MAX_BYTES);
  });

  test("a user name passes in its folded form alone", () => {
    const read = (user: unknown) => decodeSignal(toServer, encode({ t: "helloCode", v, user })) !== undefined;
    expect(["praxis-1", "Praxis-1", " praxis-1", "pr", "a".repeat(32), "a".repeat(33), 7].map(read)).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(foreignVersion(encode({ t: "helloCode", v: 7 }))).toBe(7);
  });

  test("a foreign version is named for first messages only", () => {
    expect(foreignVersion(encode({ t: "hello", v: 7, new: true }))).toBe(7);
    for (const other of [{ t: "hello", v }, { t: "beat", v: 7 }, { t: "hello", v: "7" }, null, [7], "x"]) {
      expect(foreignVersion(encode(other))).toBeUndefined();
    }
    expect(foreignVersion(encode({ t: "hello", v: 7, pad: new Uint8Array(1024) }))).toBeUndefined();
  });

  test("property: no bytes make a reader throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        decodeSignal(toServer, bytes);
        decodeSignal(toBrowser, bytes);
        foreignVersion(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.anything(), (value) => {
        toServer(value);
        toBrowser(value);
      }),
    );
  });
});
