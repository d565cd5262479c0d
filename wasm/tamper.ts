/** What a hostile server does to bytes, and what comes of it; for tests only. */
import { type Bytes, concat } from "../wire/bytes.ts";
import { TP1Error, type TP1Reason } from "./error.ts";

/** The reason `run` is refused with, or "nothing". Anything that is no `TP1Error` is a bug of ours and passes on. */
export function reasonOf(run: () => unknown): TP1Reason | "nothing" {
  try {
    run();
  } catch (error) {
    if (error instanceof TP1Error) return error.reason;
    throw error;
  }
  return "nothing";
}

/** The bytes with one bit changed; bit 0 is the lowest of the first byte. */
export function flipped(bytes: Uint8Array, bit: number): Bytes {
  const out = concat(bytes);
  out[bit >> 3] = (out[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return out;
}
