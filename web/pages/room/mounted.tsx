/** Puts an element that the media part owns on the page, and takes it off again. */
import { createEffect, createMemo, onCleanup } from "solid-js";
import type { PictureElement } from "../../call/relay-plane.ts";

export function Mounted(props: { element: PictureElement | null; testId: string; label: string }) {
  let place: HTMLDivElement | undefined;
  // taken off and put back only where it is another one, not with each word that is said about its person
  const mounted = createMemo(() => props.element);
  createEffect(() => mounted()?.setAttribute("aria-label", props.label));
  createEffect(() => {
    const element = mounted();
    if (!element || !place) return;
    element.dataset.testid = props.testId;
    // a <video> has a role of its own
    if (element instanceof HTMLCanvasElement) element.setAttribute("role", "img");
    place.append(element);
    // a <video> that was taken off the page pauses
    if (element instanceof HTMLVideoElement) element.play().catch(() => undefined);
    onCleanup(() => element.remove());
  });
  return <div class="group-picture" ref={place} />;
}
