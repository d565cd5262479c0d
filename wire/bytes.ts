/** Bytes and their text forms. Every reader is bounded and throws `RangeError` on input it cannot read. */

/** Bytes with a buffer of their own; what crypto, sockets and the database hand around. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of `text` in UTF-8. */
export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** One array of all `parts` in order. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** `n` as four bytes, big endian. Throws `RangeError` unless 0 ≤ n < 2^32. */
export function u32be(n: number): Bytes {
  if (!Number.isInteger(n) || n < 0 || n > 0xffffffff) throw new RangeError("not a u32");
  return new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]);
}

/** TP1 §2.0: for each field u32be length ‖ bytes; strings as UTF-8. Injective, so no two field lists hash alike. */
export function lv(...fields: readonly (string | Uint8Array)[]): Bytes {
  const parts = fields.flatMap((field) => {
    const bytes = typeof field === "string" ? utf8(field) : field;
    return [u32be(bytes.length), bytes];
  });
  return concat(...parts);
}

/** Lower-case hex. */
export function hex(bytes: Uint8Array): string {
  let out = "";
  for (const byte of bytes) out += byte.toString(16).padStart(2, "0");
  return out;
}

/** The bytes of lower- or upper-case hex. Throws `RangeError` on anything else. */
export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) throw new RangeError("not hex");
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return out;
}

/** base64url without padding (RFC 4648 §5). */
export function base64url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The bytes of base64url without padding. Throws `RangeError` on other characters or a non-canonical end. */
export function fromBase64url(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new RangeError("not base64url");
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  if (base64url(out) !== text) throw new RangeError("not canonical base64url");
  return out;
}

/** Equality for values that are not secret; secrets are compared in `wasm` in constant time. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
