/** The bytes of M1 to M4 (TP1 §2.4): written here, read here, bounded before anything is decoded.
 *
 *     M1 C→T [1,"K",rid,commit]   M2 T→C [core2,sig]   M3 C→T [core3,[[macC,hC]]]   M4 T→C [1,"A",macT,hT]
 *     core2 = [1,"H",idT,eT,nT,nil]      core3 = [1,"R",eC,nC,nil]      link path: 56, 176, 138, 64 B
 *
 * Messages are hashed as the raw bytes received, so nobody relies on msgpack having one spelling. */
import { decode, encode } from "@msgpack/msgpack";
import type { Bytes } from "../wire/bytes.ts";
import { ID_BYTES } from "../wire/ids.ts";
import { bin, type Read, type Shape } from "../wire/shape.ts";
import { TP1Error } from "./error.ts";

const VERSION = 1;
/** Higher: a hostile server makes us decode more per message. Lower: other spellings of the same msgpack stop fitting. */
const MESSAGE_MAX_BYTES = 512;

const LIMITS = {
  maxStrLength: 1,
  maxBinLength: 256,
  maxArrayLength: 8,
  maxMapLength: 0,
  maxExtLength: 0,
} as const;

const nil: Shape<null> = (value) => (value === null ? null : undefined);
const raw = bin(1, 256);
const bin32 = bin(32);

export type M1 = { readonly route: Bytes; readonly commit: Bytes };
export type Core2 = { readonly identity: Bytes; readonly share: Bytes; readonly nonce: Bytes };
export type Core3 = { readonly share: Bytes; readonly nonce: Bytes };
/** A MAC and the header of the secretstream it vouches for. */
export type Proof = { readonly mac: Bytes; readonly header: Bytes };

const proofShape = tuple(bin32, bin(24));

/** M1: `route` is the 16 B of the rid. */
export function writeM1({ route, commit }: M1): Bytes {
  return pack([VERSION, "K", route, commit]);
}

/** Throws `TP1Error` "format" or "version", as all readers here. */
export function readM1(bytes: Uint8Array): M1 {
  const [route, commit] = body(unpack(bytes), "K", bin(ID_BYTES), bin32);
  return { route, commit };
}

/** core2 in the link path: no CPace points. */
export function writeCore2({ identity, share, nonce }: Core2): Bytes {
  return pack([VERSION, "H", identity, share, nonce, null]);
}

export function writeM2(core2: Bytes, signature: Bytes): Bytes {
  return pack([core2, signature]);
}

/** M2, with core2 both as the bytes that were signed and as their content. */
export function readM2(bytes: Uint8Array): { core2: Bytes; signature: Bytes; content: Core2 } {
  const [core2, signature] = fields(unpack(bytes), raw, bin(64));
  const [identity, share, nonce] = body(unpack(core2), "H", bin32, bin32, bin32, nil);
  return { core2, signature, content: { identity, share, nonce } };
}

/** core3 in the link path: no CPace point. */
export function writeCore3({ share, nonce }: Core3): Bytes {
  return pack([VERSION, "R", share, nonce, null]);
}

export function writeM3(core3: Bytes, proof: Proof): Bytes {
  return pack([core3, [[proof.mac, proof.header]]]);
}

/** M3, with core3 both as the bytes that are hashed and as their content. The link path has exactly one proof. */
export function readM3(bytes: Uint8Array): { core3: Bytes; content: Core3; proof: Proof } {
  const [core3, proofs] = fields(unpack(bytes), raw, tuple(proofShape));
  const [share, nonce] = body(unpack(core3), "R", bin32, bin32, nil);
  const [[mac, header]] = proofs;
  return { core3, content: { share, nonce }, proof: { mac, header } };
}

export function writeM4(proof: Proof): Bytes {
  return pack([VERSION, "A", proof.mac, proof.header]);
}

export function readM4(bytes: Uint8Array): Proof {
  const [mac, header] = body(unpack(bytes), "A", bin32, bin(24));
  return { mac, header };
}

/** `enc` of TP1: how the route enters the safety words. */
export function pack(value: unknown): Bytes {
  return encode(value) as Bytes;
}

type Shapes = readonly Shape<unknown>[];
type Values<S extends Shapes> = { -readonly [K in keyof S]: Read<S[K]> };

/** An array of exactly these values. */
function tuple<S extends Shapes>(...shapes: S): Shape<Values<S>> {
  return (value) => {
    if (!Array.isArray(value) || value.length !== shapes.length) return undefined;
    const out = shapes.map((shape, i) => shape(value[i]));
    return out.includes(undefined) ? undefined : (out as Values<S>);
  };
}

function fields<S extends Shapes>(value: unknown, ...shapes: S): Values<S> {
  const out = tuple(...shapes)(value);
  if (out === undefined) throw new TP1Error("format");
  return out;
}

/** What follows version and letter. */
function body<S extends Shapes>(value: unknown, letter: string, ...shapes: S): Values<S> {
  if (!Array.isArray(value) || typeof value[0] !== "number") throw new TP1Error("format");
  if (value[0] !== VERSION) throw new TP1Error("version");
  if (value[1] !== letter) throw new TP1Error("format");
  return fields(value.slice(2), ...shapes);
}

function unpack(bytes: Uint8Array): unknown {
  if (bytes.length > MESSAGE_MAX_BYTES) throw new TP1Error("format");
  try {
    return decode(bytes, LIMITS);
  } catch {
    throw new TP1Error("format");
  }
}
