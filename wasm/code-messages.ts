/** The bytes of M1 to M3 where a client comes by user name and code (TP1 §2.3, §2.4); M4 is the link path's.
 *
 *     M1 C→T [1,"K",[user],commit]          core2 = [1,"H",idT,eT,nT,[Yt_0,…]]
 *     M3 C→T [core3,[[macC_i,hC_i],…]]      core3 = [1,"R",eC,nC,Yc]                  1 to 16 candidates, in order */
import type { Bytes } from "../wire/bytes.ts";
import { ID_BYTES, idOf, type Rid } from "../wire/ids.ts";
import { foldUserName, type UserName } from "../wire/names.ts";
import { bin, list, type Shape } from "../wire/shape.ts";
import { TP1Error } from "./error.ts";
import type { Core2, Core3, Proof } from "./messages.ts";
import { type Bound, body, fields, pack, tuple, unpack, VERSION } from "./packed.ts";

/** Candidates of one M2. Higher: a lying server may try more guesses at once, and one attempt costs more.
 * Lower: fewer rooms may be open at the same time. */
export const CANDIDATES_MAX = 16;

/** core2 with 16 points has 653 B, M2 with it 723 B, M3 with 16 proofs 1,088 B. */
const BOUND: Bound = { message: 1536, text: 32, bin: 1024 };

const bin32 = bin(32);
const raw = bin(1, BOUND.bin);
const userShape: Shape<UserName> = (value) =>
  typeof value === "string" && foldUserName(value) === value ? (value as UserName) : undefined;
const points = some(bin32);
const proofs = some(tuple(bin32, bin(24)));

export type CodeM1 = { readonly route: readonly [UserName]; readonly commit: Bytes };
export type CodeCore2 = Core2 & { readonly points: readonly Bytes[] };
export type CodeCore3 = Core3 & { readonly point: Bytes };
/** Who knocks, as M1 claims it; nothing of it is proven. */
export type Claim =
  | { readonly by: "link"; readonly rid: Rid }
  | { readonly by: "code"; readonly user: UserName };

/** By which door an M1 asks to come in. Throws `TP1Error` "format" or "version", as all readers here. */
export function claimOf(m1: Uint8Array): Claim {
  const [route] = body(unpack(m1, BOUND), "K", either(bin(ID_BYTES), tuple(userShape)), bin32);
  return Array.isArray(route) ? { by: "code", user: route[0] } : { by: "link", rid: idOf<Rid>(route) };
}

export function writeCodeM1({ route, commit }: CodeM1): Bytes {
  return pack([VERSION, "K", route, commit]);
}

export function readCodeM1(bytes: Uint8Array): CodeM1 {
  const [route, commit] = body(unpack(bytes, BOUND), "K", tuple(userShape), bin32);
  return { route, commit };
}

export function writeCodeCore2({ identity, share, nonce, points: all }: CodeCore2): Bytes {
  return pack([VERSION, "H", identity, share, nonce, all]);
}

/** M2, with core2 both as the bytes that were signed and as their content. */
export function readCodeM2(bytes: Uint8Array): { core2: Bytes; signature: Bytes; content: CodeCore2 } {
  const [core2, signature] = fields(unpack(bytes, BOUND), raw, bin(64));
  const [identity, share, nonce, all] = body(unpack(core2, BOUND), "H", bin32, bin32, bin32, points);
  return { core2, signature, content: { identity, share, nonce, points: all } };
}

export function writeCodeCore3({ share, nonce, point }: CodeCore3): Bytes {
  return pack([VERSION, "R", share, nonce, point]);
}

export function writeCodeM3(core3: Bytes, all: readonly Proof[]): Bytes {
  return pack([core3, all.map(({ mac, header }) => [mac, header])]);
}

/** M3 as the answer to `count` candidates: any other number of proofs is "format". */
export function readCodeM3(
  bytes: Uint8Array,
  count: number,
): { core3: Bytes; content: CodeCore3; proofs: readonly Proof[] } {
  const [core3, all] = fields(unpack(bytes, BOUND), raw, proofs);
  if (all.length !== count) throw new TP1Error("format");
  const [share, nonce, point] = body(unpack(core3, BOUND), "R", bin32, bin32, bin32);
  return { core3, content: { share, nonce, point }, proofs: all.map(([mac, header]) => ({ mac, header })) };
}

/** One to sixteen values. */
function some<T>(shape: Shape<T>): Shape<T[]> {
  const all = list(shape, CANDIDATES_MAX);
  return (value) => {
    const read = all(value);
    return read?.length === 0 ? undefined : read;
  };
}

function either<A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> {
  return (value) => one(value) ?? other(value);
}
