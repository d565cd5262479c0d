/** Where a breath is at a moment: which part, the second of it that is counted, and how large the circle stands. Pure. */
import type { Pattern } from "./tools-host.ts";

export type Breath = {
  readonly part: "in" | "hold" | "out";
  /** Counts 1, 2, 3 … in each part. */
  readonly count: number;
  /** 0 = empty, 1 = full. */
  readonly full: number;
};

/** `ms` since it began; before that it stands at its beginning. */
export function breathAt(pattern: Pattern, ms: number): Breath {
  const whole = pattern.in + pattern.hold + pattern.out;
  if (whole <= 0) return { part: "in", count: 1, full: 0 };
  const at = (Math.max(0, ms) / 1_000) % whole;
  const [held, out] = [at - pattern.in, at - pattern.in - pattern.hold];
  if (held < 0) return { part: "in", count: Math.floor(at) + 1, full: ease(at / pattern.in) };
  if (out < 0) return { part: "hold", count: Math.floor(held) + 1, full: 1 };
  return { part: "out", count: Math.floor(out) + 1, full: 1 - ease(out / pattern.out) };
}

/** Slow at both ends, as breath is. */
function ease(x: number): number {
  return (1 - Math.cos(Math.PI * x)) / 2;
}
