/** The keys of a room while it is shown, whether they are on (remembered on this device), and whether their overview is open. */
import { createSignal, onCleanup, onMount } from "solid-js";
import { browserStore } from "../../call/browser.ts";
import { keptFlag } from "../../call/kept-flag.ts";
import { type Act, actOf, KEYS, pressedBy } from "./shortcuts.ts";
import { useCover } from "./use-cover.ts";

const off = keptFlag("shortcuts", "off", browserStore());
const [areOn, set] = createSignal(!off.get());
const [isShown, show] = createSignal(false);

/** Reactive. */
export { areOn, isShown, show };

/** Switches the keys on or off and remembers it. */
export function switchKeys(on: boolean): void {
  set(on);
  off.set(!on);
}

/** The key as a tooltip names it; nothing where keys are off. */
export const keyOf = (act: Act): string | undefined => (areOn() ? KEYS[act].toUpperCase() : undefined);

/** `acts`: what this room can do; a key without an act does nothing. */
export function useShortcuts(acts: () => Partial<Record<Act, (() => void) | undefined>>): void {
  const cover = useCover();
  const onKey = (event: KeyboardEvent) => {
    if (!areOn() || event.defaultPrevented) return;
    const isOpen = document.querySelector("[role=dialog], [role=alertdialog]") !== null;
    const taken = isOpen || cover?.isCovered() === true;
    const act = actOf(pressedBy(event, document.activeElement, taken));
    const run = act === "help" ? () => show(true) : act && acts()[act];
    if (!run) return;
    event.preventDefault();
    run();
  };
  onMount(() => addEventListener("keydown", onKey));
  onCleanup(() => {
    removeEventListener("keydown", onKey);
    show(false);
  });
}
