/** The whole screen for the room; where the browser has no such thing (iPhone), nobody is offered it. */
import { type Accessor, createSignal, onCleanup } from "solid-js";

export type FullScreen = {
  readonly can: boolean;
  readonly isOn: Accessor<boolean>;
  readonly toggle: () => void;
};

/** Follows it, toggles it by the key F, and leaves it with the room. */
export function createFullScreen(): FullScreen {
  const can = document.fullscreenEnabled === true;
  const now = () => document.fullscreenElement !== null;
  const [isOn, setOn] = createSignal(can && now());
  const toggle = () => {
    if (!can) return;
    // the whole page, not the room alone: dialogs and words beside it must stay on top; a browser may say no
    const done = now() ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    done.catch(() => undefined);
  };
  const onKey = (event: KeyboardEvent) => {
    if (isPlainF(event)) toggle();
  };
  const onChange = () => setOn(now());
  addEventListener("keydown", onKey);
  document.addEventListener("fullscreenchange", onChange);
  onCleanup(() => {
    removeEventListener("keydown", onKey);
    document.removeEventListener("fullscreenchange", onChange);
    if (can && now()) document.exitFullscreen().catch(() => undefined);
  });
  return { can, isOn, toggle };
}

/** Letters that somebody types, and those in a menu or dialog, are theirs. */
function isPlainF({ key, ctrlKey, metaKey, altKey, repeat, target }: KeyboardEvent): boolean {
  if (key.toLowerCase() !== "f" || ctrlKey || metaKey || altKey || repeat) return false;
  const busy = "input, textarea, select, [contenteditable], [role=menu], [role=dialog]";
  return !(target instanceof Element && target.closest(busy));
}
