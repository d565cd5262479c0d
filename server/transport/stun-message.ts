/** STUN messages as far as a responder needs them (RFC 8489 §5, §6, §14): reads a Binding request, writes the answer that
 * tells the sender its own address. Pure; ignores everything that is not exactly a request.
 *
 *   0                   1                   2                   3
 *  |0 0|   type            |         length of what follows       |
 *  |              magic cookie 0x2112A442                          |
 *  |              transaction id, 12 bytes                         |
 *  | attributes: type u16, length u16, value, padded to 4 bytes …  |
 */
import { type Bytes, concat, u32be } from "../../wire/bytes.ts";

const HEADER_BYTES = 20;
/** Browsers send 20 to 100 bytes. Higher: more to read for strangers. Lower: a request with a long SOFTWARE is ignored. */
export const REQUEST_MAX_BYTES = 548;
const COOKIE = 0x2112a442;
const FINGERPRINT_XOR = 0x5354554e;

const BINDING = { request: 0x0001, success: 0x0101, error: 0x0111 } as const;
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  unknown: 0x000a,
  xorMappedAddress: 0x0020,
  fingerprint: 0x8028,
} as const;
/** Attributes below 0x8000 must be understood; these two are, as "we ask nobody for a password". */
const UNDERSTOOD: readonly number[] = [ATTRIBUTE.username, ATTRIBUTE.integrity];
/** So many unknown attributes are named in an error; it stays smaller than the request that had them. */
const UNKNOWN_MAX = 4;

export type Request = {
  readonly transaction: Bytes;
  /** It had a FINGERPRINT, so the answer has one. */
  readonly fingerprint: boolean;
  /** Attributes that must be understood and are not. */
  readonly unknown: readonly number[];
};

type Attribute = { readonly type: number; readonly at: number; readonly value: Uint8Array };

/** The Binding request in a datagram; `undefined` for anything else. Never throws. */
export function readRequest(datagram: Uint8Array): Request | undefined {
  if (datagram.length > REQUEST_MAX_BYTES || !hasHeader(datagram)) return undefined;
  const attributes = readAttributes(datagram);
  const print = attributes?.at(-1)?.type === ATTRIBUTE.fingerprint ? attributes.at(-1) : undefined;
  if (!attributes || (print && !isFingerprint(datagram, print))) return undefined;
  const unknown = attributes.map(({ type }) => type).filter((type) => type < 0x8000);
  return {
    transaction: Uint8Array.from(datagram.subarray(8, HEADER_BYTES)),
    fingerprint: print !== undefined,
    unknown: [...new Set(unknown)].filter((type) => !UNDERSTOOD.includes(type)).slice(0, UNKNOWN_MAX),
  };
}

/** The answer to `request`: the address it came from, or error 420 where it has attributes we do not understand.
 * `undefined` where `address` is none. */
export function answerTo(request: Request, address: string, port: number): Bytes | undefined {
  if (request.unknown.length > 0)
    return message(BINDING.error, request, [unknownError(), unknownList(request)]);
  const mapped = xorMappedAddress(address, port, request.transaction);
  return mapped && message(BINDING.success, request, [attribute(ATTRIBUTE.xorMappedAddress, mapped)]);
}

function hasHeader(datagram: Uint8Array): boolean {
  if (datagram.length < HEADER_BYTES || datagram.length % 4 !== 0) return false;
  const view = viewOf(datagram);
  const length = view.getUint16(2) === datagram.length - HEADER_BYTES;
  return view.getUint16(0) === BINDING.request && length && view.getUint32(4) === COOKIE;
}

function readAttributes(datagram: Uint8Array): Attribute[] | undefined {
  const view = viewOf(datagram);
  const found: Attribute[] = [];
  let at = HEADER_BYTES;
  while (at < datagram.length) {
    const end = at + 4 + view.getUint16(at + 2);
    if (end > datagram.length) return undefined;
    found.push({ type: view.getUint16(at), at, value: datagram.subarray(at + 4, end) });
    at = Math.ceil(end / 4) * 4;
  }
  return found;
}

function isFingerprint(datagram: Uint8Array, { at, value }: Attribute): boolean {
  return value.length === 4 && viewOf(value).getUint32(0) === fingerprintOf(datagram.subarray(0, at));
}

function fingerprintOf(before: Uint8Array): number {
  return (Bun.hash.crc32(before) ^ FINGERPRINT_XOR) >>> 0;
}

function message(type: number, { transaction, fingerprint }: Request, attributes: Bytes[]): Bytes {
  const body = concat(...attributes);
  const length = body.length + (fingerprint ? 8 : 0);
  const head = concat(u16be(type), u16be(length), u32be(COOKIE), transaction);
  const whole = concat(head, body);
  return fingerprint ? concat(whole, attribute(ATTRIBUTE.fingerprint, u32be(fingerprintOf(whole)))) : whole;
}

function attribute(type: number, value: Uint8Array): Bytes {
  return concat(u16be(type), u16be(value.length), value, new Uint8Array(-value.length & 3));
}

function unknownError(): Bytes {
  return attribute(ATTRIBUTE.error, new Uint8Array([0, 0, 4, 20]));
}

function unknownList({ unknown }: Request): Bytes {
  return attribute(ATTRIBUTE.unknown, concat(...unknown.map(u16be)));
}

/** The bytes of XOR-MAPPED-ADDRESS (RFC 8489 §14.2): middleboxes rewrite plain addresses, so it is masked. */
function xorMappedAddress(address: string, port: number, transaction: Bytes): Bytes | undefined {
  const bytes = addressBytes(address);
  if (!bytes) return undefined;
  const mask = concat(u32be(COOKIE), transaction);
  const masked = bytes.map((byte, i) => byte ^ (mask[i] ?? 0));
  return concat(u16be(bytes.length === 4 ? 1 : 2), u16be(port ^ (COOKIE >>> 16)), masked);
}

/** The 4 or 16 bytes of an address in text; an IPv4 address in IPv6 clothes is 4. */
function addressBytes(address: string): Bytes | undefined {
  const plain = address.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(plain)) {
    const bytes = plain.split(".").map(Number);
    return bytes.every((byte) => byte < 256) ? new Uint8Array(bytes) : undefined;
  }
  return plain.includes(":") ? ipv6Bytes(plain) : undefined;
}

function ipv6Bytes(text: string): Bytes | undefined {
  const [head = "", tail, more] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const gap = 8 - left.length - right.length;
  const isWhole = tail === undefined ? gap === 0 : gap > 0 && more === undefined;
  const words = [...left, ...Array<string>(Math.max(0, gap)).fill("0"), ...right];
  if (!isWhole || words.some((word) => !/^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  return concat(...words.map((word) => u16be(Number.parseInt(word, 16))));
}

function u16be(n: number): Bytes {
  return new Uint8Array([n >>> 8, n]);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
