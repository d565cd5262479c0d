/** One person's picture and sound in a <video> element; says nothing by itself. */
import { createEffect } from "solid-js";
import { isSilent } from "./silent.ts";

type VideoProps = {
  stream: MediaStream | null;
  label: string;
  testId: string;
  class: string;
  /** The own picture never sounds. */
  silent?: boolean;
  /** Output device id; empty is the system's own. */
  speaker?: string;
  /** The browser wants a press before it plays sound. */
  onBlocked?: () => void;
};

export function Video(props: VideoProps) {
  let element: HTMLVideoElement | undefined;
  createEffect(() => {
    if (!element) return;
    if (element.srcObject !== props.stream) element.srcObject = props.stream;
    if (props.stream)
      element.play().catch((error: Error) => error.name === "NotAllowedError" && props.onBlocked?.());
  });
  createEffect(() => {
    const speaker = props.speaker;
    // not every browser can choose the output; the system's own stays then
    if (speaker !== undefined && element && "setSinkId" in element)
      element.setSinkId(speaker).catch(() => undefined);
  });
  return (
    <video
      ref={element}
      class={props.class}
      data-testid={props.testId}
      aria-label={props.label}
      autoplay
      playsinline
      muted={props.silent === true || isSilent()}
    />
  );
}
