/** The clock in the picture: a row of bars that says when the picture was drawn, and by whom. Read back after encoder, network and
 * decoder; a check keeps a blurred row from being taken for a time. */

/** White in front, 32 bits of milliseconds, 4 of who, 4 of check, black behind. */
export const BARS = 42;
/** Part of the picture's height that the bars take, at the top. Higher: less picture to move. Lower: blurred at 180 lines. */
export const BARS_HEIGHT = 1 / 8;
const MS_BITS = 32;
const WHO_BITS = 4;

/** `ms` is the wall clock modulo 2^32, `who` 0 to 15. */
export type Stamp = { readonly ms: number; readonly who: number };

/** White bars of a stamp, from left to right. */
export function barsOf({ ms, who }: Stamp): boolean[] {
  return [true, ...bits(ms, MS_BITS), ...bits(who, WHO_BITS), ...bits(checkOf(ms, who), 4), false];
}

/** What was read, by the brightness of each bar (0 to 255); `null` where that is no stamp. */
export function stampOf(brightness: ArrayLike<number>): Stamp | null {
  const white = Array.from({ length: BARS }, (_, i) => (brightness[i] ?? 0) > 127);
  if (white[0] !== true || white[BARS - 1] !== false) return null;
  const ms = number(white.slice(1, 1 + MS_BITS));
  const who = number(white.slice(1 + MS_BITS, 1 + MS_BITS + WHO_BITS));
  return number(white.slice(1 + MS_BITS + WHO_BITS, BARS - 1)) === checkOf(ms, who) ? { ms, who } : null;
}

/** Milliseconds since a stamp's picture was drawn, on the clock of `now`; the 32 bits may have gone round. */
export function ageOf({ ms }: Stamp, now: number): number {
  return (low32(now) - ms) >>> 0;
}

/** The low 32 bits of a wall clock in milliseconds. */
export function low32(ms: number): number {
  return (Math.floor(ms) % 2 ** 32) >>> 0;
}

function bits(value: number, count: number): boolean[] {
  return Array.from({ length: count }, (_, i) => ((value >>> i) & 1) === 1);
}

function number(white: readonly boolean[]): number {
  return white.reduce((sum, bit, i) => (bit ? sum | (1 << i) : sum), 0) >>> 0;
}

/** All nibbles together, never zero for an all-black row. */
function checkOf(ms: number, who: number): number {
  let check = who ^ 0b1010;
  for (let at = 0; at < MS_BITS; at += 4) check ^= (ms >>> at) & 15;
  return check & 15;
}
