/** Bounded msgpack for the handshake: nothing is decoded before its size is known, and what does not fit is one reason word. */
import { decode, encode } from "@msgpack/msgpack";
import type { Bytes } from "../wire/bytes.ts";
import type { Read, Shape } from "../wire/shape.ts";
import { TP1Error } from "./error.ts";

/** Version of TP1 in every message and core. */
export const VERSION = 1;

/** What a reader lets in before it looks at the values. Higher: a hostile server makes us decode more per message.
 * Lower: an honest message, or another spelling of its msgpack, stops fitting. */
export type Bound = { readonly message: number; readonly text: number; readonly bin: number };

/** Lists in the handshake hold at most 16 candidates. */
const ARRAY_MAX = 16;

/** `enc` of TP1. */
export function pack(value: unknown): Bytes {
  return encode(value) as Bytes;
}

/** The value of a message within `bound`. Throws `TP1Error` "format". */
export function unpack(bytes: Uint8Array, bound: Bound): unknown {
  if (bytes.length > bound.message) throw new TP1Error("format");
  try {
    return decode(bytes, {
      maxStrLength: bound.text,
      maxBinLength: bound.bin,
      maxArrayLength: ARRAY_MAX,
      maxMapLength: 0,
      maxExtLength: 0,
    });
  } catch {
    throw new TP1Error("format");
  }
}

type Shapes = readonly Shape<unknown>[];
type Values<S extends Shapes> = { -readonly [K in keyof S]: Read<S[K]> };

/** An array of exactly these values. */
export function tuple<S extends Shapes>(...shapes: S): Shape<Values<S>> {
  return (value) => {
    if (!Array.isArray(value) || value.length !== shapes.length) return undefined;
    const out = shapes.map((shape, i) => shape(value[i]));
    return out.includes(undefined) ? undefined : (out as Values<S>);
  };
}

/** The values of an array of exactly these shapes. Throws `TP1Error` "format". */
export function fields<S extends Shapes>(value: unknown, ...shapes: S): Values<S> {
  const out = tuple(...shapes)(value);
  if (out === undefined) throw new TP1Error("format");
  return out;
}

/** What follows version and letter. Throws `TP1Error` "format" or "version". */
export function body<S extends Shapes>(value: unknown, letter: string, ...shapes: S): Values<S> {
  if (!Array.isArray(value) || typeof value[0] !== "number") throw new TP1Error("format");
  if (value[0] !== VERSION) throw new TP1Error("version");
  if (value[1] !== letter) throw new TP1Error("format");
  return fields(value.slice(2), ...shapes);
}
