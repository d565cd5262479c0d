/** True after four seconds without movement, touch or key: then the controls fade (look.md). */
import { type Accessor, createSignal, onCleanup } from "solid-js";

/** Higher: the controls stand on the face longer. Lower: they vanish while a slow hand is on its way. */
const IDLE_MS = 4_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin"] as const;

export function createIdle(): Accessor<boolean> {
  const [idle, setIdle] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = () => {
    clearTimeout(timer);
    setIdle(false);
    timer = setTimeout(() => setIdle(true), IDLE_MS);
  };
  for (const sign of SIGNS) addEventListener(sign, wake, { passive: true });
  wake();
  onCleanup(() => {
    clearTimeout(timer);
    for (const sign of SIGNS) removeEventListener(sign, wake);
  });
  return idle;
}
