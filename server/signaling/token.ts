/** Resume tokens: what the server has to know of a peer to take it back after a lost line or its own restart, signed so
 * that it need not be stored: payload ‖ HMAC-SHA-256(server key, "tp1 resume" ‖ payload). Ids lie in it as bytes, which
 * keeps the longest payload below 200 B. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { decode, encode } from "@msgpack/msgpack";
import { type Bytes, concat, fromHex, hex, utf8 } from "../../wire/bytes.ts";
import {
  type CallId,
  ID_BYTES,
  isId,
  type PeerId,
  type PracticeId,
  type Rid,
  type RoomId,
  type SeatId,
} from "../../wire/ids.ts";
import { userNameOf } from "../../wire/names.ts";
import { exactly, flag, id, map, nullable, type Read, type Shape, uint, union } from "../../wire/shape.ts";
import { SLOT_MAX, TOKEN_MAX_BYTES } from "../../wire/signal.ts";
import type { Way } from "./events.ts";

const MAC_BYTES = 32;
const LABEL = utf8("tp1 resume");

const room = id<RoomId>();
const call = id<CallId>();
const peer = id<PeerId>();
const seat = map({ room, call, seat: id<SeatId>(), slot: nullable(uint(SLOT_MAX)) });
const byLink = map({ by: exactly("link"), rid: id<Rid>() });
const byCode = map({ by: exactly("code"), user: userNameOf });
const way: Shape<Way> = (value) => byLink(value) ?? byCode(value);
const issued = uint(Number.MAX_SAFE_INTEGER);

const payload = union({
  /** `way`: by which link, or by whose user name. `seat`: admitted, and where. `issued`: Unix milliseconds. */
  client: { v: exactly(1), peer, way, seat: nullable(seat), issued },
  /** `lease`: held it. `call`: was in it. */
  host: {
    v: exactly(1),
    peer,
    practice: id<PracticeId>(),
    lease: flag,
    call: nullable(map({ room, call })),
    issued,
  },
});

/** What a token says. */
export type Claims = NonNullable<Read<typeof payload>>;

export type Tokens = {
  make(claims: Claims): Bytes;
  /** `undefined` for anything not made with this server's key. Never throws. */
  read(token: Uint8Array): Claims | undefined;
};

/** Tokens under the server's stored key (32 bytes). Throws `RangeError` on a shorter key. */
export function createTokens(key: Uint8Array): Tokens {
  if (key.length < 32) throw new RangeError("the server key has 32 bytes");
  const mac = (body: Uint8Array) => createHmac("sha256", key).update(LABEL).update(body).digest();
  return {
    make: (claims) => {
      const body = encode(eachValue(claims, idToBytes));
      return concat(body, mac(body));
    },
    read: (token) => {
      if (token.length <= MAC_BYTES || token.length > TOKEN_MAX_BYTES) return undefined;
      const body = token.subarray(0, token.length - MAC_BYTES);
      if (!timingSafeEqual(mac(body), token.subarray(body.length))) return undefined;
      return payload(eachValue(decode(body), bytesToId));
    },
  };
}

function idToBytes(value: unknown): unknown {
  return isId(value) ? fromHex(value) : value;
}

function bytesToId(value: unknown): unknown {
  return value instanceof Uint8Array && value.length === ID_BYTES ? hex(value) : value;
}

/** A copy in which `change` was applied to every value of the maps. */
function eachValue(value: unknown, change: (value: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return change(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, eachValue(one, change)]));
}
