/** The own picture, small and mirrored, with what is off said on it; put away, a small light says that the camera is on. */
import EyeOff from "lucide-solid/icons/eye-off";
import { createMemo, Show } from "solid-js";
import { t } from "../../i18n/call.ts";
import { t as say } from "../../i18n/sight.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import type { Sight } from "./sight.ts";
import type { CaptureView } from "./use-capture.ts";
import { Video } from "./video.tsx";

const isMuted = (view: CaptureView) => view.captured().muted && view.captured().microphone !== null;

export function SelfView(props: { view: CaptureView; sight: Sight }) {
  const picture = createMemo(() => props.view.captured().screen ?? props.view.captured().camera);
  const stream = createMemo(() => {
    const track = picture();
    return track && new MediaStream([track]);
  });
  const shared = () => props.view.captured().screen !== null;
  return (
    <>
      <Show when={!props.sight.selfHidden()}>
        <aside
          class="room-self"
          classList={{ "room-self-away": props.sight.selfAway() }}
          aria-label={t("room.self")}
          aria-hidden={props.sight.selfAway()}
          inert={props.sight.selfAway()}
        >
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
          <Show when={isMuted(props.view)}>
            <p class="room-self-word">{t("room.muted")}</p>
          </Show>
          <div class="room-self-hide">
            <IconButton
              icon={EyeOff}
              label={say("hideSelf")}
              placement="left"
              onClick={() => props.sight.hideSelf()}
            />
          </div>
        </aside>
      </Show>
      <SelfLight view={props.view} sight={props.sight} />
    </>
  );
}

/** While the own picture is away: whether one is seen and heard, and the way back to it. */
export function SelfLight(props: { view: CaptureView; sight: Sight }) {
  const captured = () => props.view.captured();
  const seen = () => captured().camera !== null || captured().screen !== null;
  const word = () => {
    if (captured().screen) return t("room.sharing");
    return seen() ? say("cameraOn") : say("cameraOff");
  };
  return (
    <Show when={props.sight.selfAway()}>
      <div class="room-light" data-testid="self-light">
        <Show when={isMuted(props.view)}>
          <p class="room-word">{t("room.muted")}</p>
        </Show>
        <button type="button" class="room-light-button" onClick={() => props.sight.showSelf()}>
          <span class="room-light-dot" classList={{ "room-light-on": seen() }} />
          {word()}
          <span class="visually-hidden">. {say("showSelf")}</span>
        </button>
      </div>
    </Show>
  );
}
