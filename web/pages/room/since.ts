/** The moment something first became true; Unix milliseconds. */
import { type Accessor, createEffect, createSignal } from "solid-js";

/** Null until `happened` is true for the first time; the second value starts anew. */
export function createSince(happened: Accessor<boolean>): [Accessor<number | null>, () => void] {
  const [since, setSince] = createSignal<number | null>(null);
  createEffect(() => {
    if (happened() && since() === null) setSince(Date.now());
  });
  return [since, () => setSince(null)];
}
