import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  type CallId,
  newId,
  type PeerId,
  type PracticeId,
  type Rid,
  type RoomId,
  type SeatId,
} from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { TOKEN_MAX_BYTES } from "../../wire/signal.ts";
import { type Claims, createTokens } from "./token.ts";

const tokens = createTokens(new Uint8Array(32).fill(1));
const call = { room: newId<RoomId>(), call: newId<CallId>() };
const longest: Claims = {
  t: "client",
  v: 1,
  peer: newId<PeerId>(),
  way: { by: "link", rid: newId<Rid>() },
  seat: { ...call, seat: newId<SeatId>(), slot: 15 },
  issued: Number.MAX_SAFE_INTEGER,
};
const byCode: Claims = { ...longest, way: { by: "code", user: "f".repeat(32) as UserName } };
const host: Claims = {
  t: "host",
  v: 1,
  peer: newId<PeerId>(),
  practice: newId<PracticeId>(),
  lease: true,
  call,
  issued: 0,
};

describe("resume tokens", () => {
  test("carry what they were made of, and the longest fits the message", () => {
    for (const claims of [
      longest,
      byCode,
      host,
      { ...longest, seat: null },
      { ...host, call: null, lease: false },
    ]) {
      const token = tokens.make(claims as Claims);
      expect(tokens.read(token)).toEqual(claims as Claims);
      expect(token.length).toBeLessThanOrEqual(TOKEN_MAX_BYTES);
    }
  });

  test("no bit can be changed and no byte cut or added", () => {
    const token = tokens.make(longest);
    for (let bit = 0; bit < token.length * 8; bit++) {
      const changed = Uint8Array.from(token);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(tokens.read(changed)).toBeUndefined();
    }
    for (let length = 0; length < token.length; length++)
      expect(tokens.read(token.slice(0, length))).toBeUndefined();
    expect(tokens.read(new Uint8Array([...token, 0]))).toBeUndefined();
  });

  test("another server's key makes other tokens", () => {
    expect(createTokens(new Uint8Array(32).fill(2)).read(tokens.make(host))).toBeUndefined();
    expect(() => createTokens(new Uint8Array(31))).toThrow(RangeError);
  });

  test("property: random bytes are never a token and never throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => tokens.read(bytes) === undefined));
  });
});
