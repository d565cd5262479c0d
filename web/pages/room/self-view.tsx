/** The own picture, small and mirrored, with what is off said on it. */
import { createMemo, Show } from "solid-js";
import { t } from "../../i18n/call.ts";
import type { CaptureView } from "./use-capture.ts";
import { Video } from "./video.tsx";

export function SelfView(props: { view: CaptureView }) {
  const picture = createMemo(() => props.view.captured().screen ?? props.view.captured().camera);
  const stream = createMemo(() => {
    const track = picture();
    return track && new MediaStream([track]);
  });
  const shared = () => props.view.captured().screen !== null;
  const muted = () => props.view.captured().muted && props.view.captured().microphone !== null;
  return (
    <aside class="room-self" aria-label={t("room.self")}>
      <Show when={stream()} fallback={<div class="room-self-off" />}>
        <Video
          class={shared() ? "room-self-video" : "room-self-video room-mirror"}
          stream={stream()}
          label={t("room.self")}
          testId="self"
          silent
        />
      </Show>
      <Show when={shared()}>
        <p class="room-self-word">{t("room.sharing")}</p>
      </Show>
      <Show when={muted()}>
        <p class="room-self-word" role="status">
          {t("room.muted")}
        </p>
      </Show>
    </aside>
  );
}
