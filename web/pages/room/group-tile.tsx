/** One person in a group: the picture, or the name where there is none, and what this person shows of itself. */
import EyeOff from "lucide-solid/icons/eye-off";
import Hand from "lucide-solid/icons/hand";
import MicrophoneOff from "lucide-solid/icons/mic-off";
import Screen from "lucide-solid/icons/monitor-up";
import Weak from "lucide-solid/icons/signal-medium";
import { createMemo, type JSX, Show } from "solid-js";
import type { Person } from "../../call/relay-call.ts";
import { t } from "../../i18n/call.ts";
import { t as devices } from "../../i18n/devices.ts";
import { t as say } from "../../i18n/sight.ts";
import { Icon, type IconOf } from "../../ui/icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Mounted } from "./mounted.tsx";
import type { Sight } from "./sight.ts";
import type { CaptureView } from "./use-capture.ts";
import { Video } from "./video.tsx";

type TileProps = {
  person: Person;
  name: string;
  speaking: boolean;
  large: boolean;
  view: CaptureView;
  sight: Sight;
  acts?: JSX.Element;
  sign?: JSX.Element;
};

export function Tile(props: TileProps) {
  const { view } = props;
  const own = createMemo(() => {
    const { camera, screen } = view.captured();
    // as the others see it: a shared screen stands in its place
    return props.person.isMe && camera && !screen ? new MediaStream([camera]) : null;
  });
  const muted = () =>
    props.person.isMe
      ? view.captured().muted || view.captured().microphone === null
      : !props.person.shows.mic;
  const shares = () => (props.person.isMe ? view.captured().screen !== null : props.person.shows.screen);
  const hasPicture = () =>
    props.person.isMe ? own() !== null : props.person.picture !== null && props.person.shows.cam;
  return (
    <li
      class="group-tile"
      classList={{ "group-speaking": props.speaking, "group-large": props.large }}
      data-testid="tile"
      data-slot={props.person.slot}
      aria-label={props.name}
    >
      <Show
        when={hasPicture()}
        fallback={
          <p class="group-name-large" aria-hidden="true">
            {props.name}
          </p>
        }
      >
        <Show
          when={own()}
          fallback={
            <Mounted element={props.person.picture} testId="picture" label={t("room.remote", props.name)} />
          }
        >
          {(stream) => (
            <Video
              class="group-own room-mirror"
              stream={stream()}
              label={t("room.self")}
              testId="self"
              silent
            />
          )}
        </Show>
      </Show>
      <p class="group-words">
        <span class="group-name">{props.name}</span>
        <Sign when={muted()} icon={MicrophoneOff} text={t("group.muted")} />
        <Sign when={shares()} icon={Screen} text={devices("shares")} shown />
        <Sign when={props.person.shows.hand} icon={Hand} text={t("group.handUp")} />
        <Sign when={props.person.weak} icon={Weak} text={t("group.weak")} shown />
      </p>
      {props.sign}
      <Show when={props.person.isMe}>
        <div class="group-acts fades">
          <IconButton
            kind="round"
            icon={EyeOff}
            label={say("hideSelf")}
            placement="left"
            onClick={() => props.sight.hideSelf()}
          />
        </div>
      </Show>
      <Show when={props.acts}>
        <div class="group-acts fades">{props.acts}</div>
      </Show>
    </li>
  );
}

/** A sign with a word: for screen readers only, or for everybody. */
function Sign(props: { when: boolean; icon: IconOf; text: string; shown?: boolean }) {
  return (
    <Show when={props.when}>
      <span class="group-sign" title={props.text}>
        <Icon of={props.icon} size={16} />
        <span class={props.shown ? "" : "visually-hidden"}>{props.text}</span>
      </span>
    </Show>
  );
}
