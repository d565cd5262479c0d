/** Puts an element that the media part owns on the page, and takes it off again. */
import { createEffect, onCleanup } from "solid-js";
import type { PictureElement } from "../../call/relay-plane.ts";

export function Mounted(props: { element: PictureElement | null; testId: string; label: string }) {
  let place: HTMLDivElement | undefined;
  createEffect(() => {
    const { element } = props;
    if (!element || !place) return;
    element.dataset.testid = props.testId;
    // a <video> has a role of its own
    if (element instanceof HTMLCanvasElement) element.setAttribute("role", "img");
    element.setAttribute("aria-label", props.label);
    place.append(element);
    // a <video> that was taken off the page pauses
    if (element instanceof HTMLVideoElement) element.play().catch(() => undefined);
    onCleanup(() => element.remove());
  });
  return <div class="group-picture" ref={place} />;
}
