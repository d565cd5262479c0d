/** From a headless value to a Solid signal that ends with its owner. */
import { type Accessor, createSignal, onCleanup } from "solid-js";
import type { Readable } from "../../call/value.ts";

/** The value now, reactive. */
export function watched<T>(value: Readable<T>): Accessor<T> {
  const [get, set] = createSignal<T>(value.get(), { equals: false });
  onCleanup(value.watch((next) => set(() => next)));
  return get;
}
