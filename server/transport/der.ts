/** As much of DER (X.690) as a self-made certificate needs: values in, bytes out. */
import { type Bytes, concat, utf8 } from "../../wire/bytes.ts";

/** Tag ‖ length ‖ content. */
export function der(tag: number, ...content: readonly Uint8Array[]): Bytes {
  const body = concat(...content);
  return concat(new Uint8Array([tag, ...lengthOf(body.length)]), body);
}

/** Short below 128, else the count of length bytes first. */
function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  if (length < 0x10000) return [0x82, length >> 8, length & 255];
  throw new RangeError("longer than any certificate");
}

export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
/** `[n]`, constructed. */
export const tagged = (n: number, ...parts: readonly Uint8Array[]) => der(0xa0 | n, ...parts);
/** `[n]` of a primitive. */
export const implicit = (n: number, content: Uint8Array) => der(0x80 | n, content);
/** A whole number of the given bytes, positive: a leading zero where the first bit is set. */
export const integer = (bytes: Uint8Array) =>
  der(0x02, (bytes[0] ?? 0) >= 0x80 ? concat(new Uint8Array(1), bytes) : bytes);
export const octets = (content: Uint8Array) => der(0x04, content);
export const bits = (content: Uint8Array) => der(0x03, new Uint8Array(1), content);
export const flag = (value: boolean) => der(0x01, new Uint8Array([value ? 0xff : 0]));
export const utf8Text = (text: string) => der(0x0c, utf8(text));

/** An object identifier such as "1.2.840.10045.4.3.2". */
export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return der(0x06, new Uint8Array([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(n: number): number[] {
  const bytes = [n & 0x7f];
  for (let left = n >>> 7; left > 0; left >>>= 7) bytes.unshift(0x80 | (left & 0x7f));
  return bytes;
}

/** A UTC time (years 1950–2049, RFC 5280 4.1.2.5), to the second. */
export function utcTime(unixMs: number): Bytes {
  const text = new Date(unixMs).toISOString().replace(/[-:T]/g, "");
  return der(0x17, utf8(`${text.slice(2, 14)}Z`));
}
