/** Crockford's base 32: what people read out and type without mistaking one character for another. */

/** The alphabet: no I, L, O, U. */
export const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The characters of `bytes`, whose bits are a multiple of five; highest bits first. */
export function crockford(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const count = (bytes.length * 8) / 5;
  const chars = Array.from({ length: count }, (_, i) =>
    CROCKFORD.charAt(Number((bits >> BigInt(5 * (count - 1 - i))) & 31n)),
  );
  return chars.join("");
}
