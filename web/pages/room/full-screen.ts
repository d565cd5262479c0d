/** The whole screen for the room; where the browser has no such thing (iPhone), nobody is offered it. */
import { type Accessor, createSignal, onCleanup } from "solid-js";

export type FullScreen = {
  readonly can: boolean;
  readonly isOn: Accessor<boolean>;
  readonly toggle: () => void;
};

/** Follows it, and leaves it with the room. */
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
  const onChange = () => setOn(now());
  document.addEventListener("fullscreenchange", onChange);
  onCleanup(() => {
    document.removeEventListener("fullscreenchange", onChange);
    if (can && now()) document.exitFullscreen().catch(() => undefined);
  });
  return { can, isOn, toggle };
}
