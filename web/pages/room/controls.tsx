/** The controls of the room: the menu bottom left, microphone, camera, chat and "Auflegen" in the middle. */

import Microphone from "lucide-solid/icons/mic";
import MicrophoneOff from "lucide-solid/icons/mic-off";
import HangUp from "lucide-solid/icons/phone";
import Camera from "lucide-solid/icons/video";
import CameraOff from "lucide-solid/icons/video-off";
import { type JSX, Show } from "solid-js";
import { isCameraOn } from "../../call/captured.ts";
import { t } from "../../i18n/call.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { ChatButton, type ChatView } from "./chat-button.tsx";
import { DevicesMenu } from "./devices-menu.tsx";
import { LevelBar } from "./level-bar.tsx";
import type { CaptureView } from "./use-capture.ts";
import { keyOf } from "./use-shortcuts.ts";

type ControlsProps = {
  view: CaptureView;
  /** How loud the own microphone is, 0 to 1. */
  bar: number;
  chat: ChatView;
  onHangUp: () => void;
  /** Stands above the menu bottom left. */
  corner?: JSX.Element;
  /** Stand between camera and chat. */
  buttons?: JSX.Element;
};

export function Controls(props: ControlsProps) {
  const muted = () => isMuted(props.view);
  const seen = () => isCameraOn(props.view.captured());
  return (
    <footer class="room-controls">
      <div class="room-menu room-corner fades">
        {props.corner}
        <DevicesMenu view={props.view} bar={props.bar} />
      </div>
      <div class="room-buttons">
        <div class="stays room-mute">
          <IconButton
            kind="round"
            icon={muted() ? MicrophoneOff : Microphone}
            label={muted() ? t("room.unmute") : t("room.mute")}
            keys={keyOf("mic")}
            pressed={!muted()}
            onClick={() => toggleMicrophone(props.view)}
          />
          <Show when={!muted()}>
            <LevelBar bar={props.bar} />
          </Show>
        </div>
        <div class="fades">
          <IconButton
            kind="round"
            icon={seen() ? Camera : CameraOff}
            label={seen() ? t("room.cameraOff") : t("room.cameraOn")}
            keys={keyOf("camera")}
            pressed={seen()}
            onClick={() => toggleCamera(props.view)}
          />
        </div>
        {props.buttons}
        <ChatButton view={props.chat} />
        <div class="stays">
          <IconButton kind="danger" icon={HangUp} label={t("room.hangUp")} onClick={props.onHangUp} />
        </div>
      </div>
    </footer>
  );
}

/** Nothing of what is said goes out. */
export const isMuted = ({ captured }: CaptureView) => captured().muted || captured().microphone === null;

export const toggleMicrophone = (view: CaptureView) => void unmute(view, !isMuted(view));
export const toggleCamera = (view: CaptureView) => void view.capture.toggleCamera();

/** Unmuting with no microphone open asks for one. */
async function unmute(view: CaptureView, muted: boolean): Promise<void> {
  view.capture.setMuted(muted);
  if (!muted && view.captured().microphone === null) await view.capture.retry("microphone");
}
