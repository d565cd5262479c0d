/** The menu bottom left: cameras, microphones, loudspeakers, and as its lowest entry "Bildschirm teilen" (journey 9). */

import Keyboard from "lucide-solid/icons/keyboard";
import Microphone from "lucide-solid/icons/mic";
import Screen from "lucide-solid/icons/monitor-up";
import ScreenOff from "lucide-solid/icons/monitor-x";
import Settings from "lucide-solid/icons/settings-2";
import Camera from "lucide-solid/icons/video";
import Speaker from "lucide-solid/icons/volume-2";
import { Show } from "solid-js";
import type { Device } from "../../call/devices.ts";
import type { Kind } from "../../call/opening.ts";
import { t as keys } from "../../i18n/by-ear.ts";
import { t } from "../../i18n/call.ts";
import { t as words } from "../../i18n/devices.ts";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuChoice, MenuFoot, MenuItem, MenuLine, MenuSwitch } from "../../ui/menu.tsx";
import { canChooseSpeaker, optionsOf } from "./device-options.ts";
import { LevelBar } from "./level-bar.tsx";
import { RefineItems } from "./refine-items.tsx";
import type { CaptureView } from "./use-capture.ts";
import { show } from "./use-shortcuts.ts";

const options = (devices: readonly Device[]) => optionsOf(devices, (n) => t("room.device", n));

export function DevicesMenu(props: { view: CaptureView; bar: number }) {
  const { capture, speakers } = props.view;
  const usedId = (kind: Kind) => {
    props.view.captured();
    return capture.source(kind)?.getSettings().deviceId ?? "";
  };
  return (
    <Menu
      label={t("room.settings")}
      class="icon-button icon-button-round"
      placement="top-start"
      trigger={<Icon of={Settings} size={24} />}
    >
      <MenuChoice
        title={t("room.cameras")}
        icon={Camera}
        options={options(props.view.devices().cameras)}
        value={usedId("camera")}
        onChoose={(id) => void capture.choose("camera", id)}
      />
      <MenuChoice
        title={t("room.microphones")}
        icon={Microphone}
        options={options(props.view.devices().microphones)}
        value={usedId("microphone")}
        onChoose={(id) => void speakers.chooseMicrophone(id)}
        extra={<LevelBar bar={props.bar} />}
      />
      <Show when={canChooseSpeaker() && props.view.devices().speakers.length > 0}>
        <MenuChoice
          title={t("room.speakers")}
          icon={Speaker}
          options={options(props.view.devices().speakers)}
          value={props.view.speaker() || "default"}
          onChoose={props.view.chooseSpeaker}
        />
      </Show>
      <RefineItems view={props.view.refine} />
      <MenuItem icon={Keyboard} onSelect={() => show(true)}>
        {keys("keys.title")}
      </MenuItem>
      <Show when={canShareScreen()}>
        <MenuFoot>
          <MenuLine />
          <Show when={canShareSound()}>
            <MenuSwitch
              checked={props.view.captured().screenSound !== "off"}
              disabled={props.view.captured().screen !== null && !capture.hasScreenSound}
              onChange={(on) => capture.setScreenSound(on)}
            >
              {words("tabSound")}
            </MenuSwitch>
          </Show>
          <ScreenItem view={props.view} />
        </MenuFoot>
      </Show>
    </Menu>
  );
}

function ScreenItem(props: { view: CaptureView }) {
  const shared = () => props.view.captured().screen !== null;
  return (
    <MenuItem icon={shared() ? ScreenOff : Screen} onSelect={() => toggleScreen(props.view)}>
      {shared() ? t("room.stopScreen") : t("room.shareScreen")}
    </MenuItem>
  );
}

export function toggleScreen({ capture, captured }: CaptureView): void {
  if (captured().screen !== null) capture.stopScreen();
  else void capture.shareScreen();
}

/** Phones have no such thing; the entry is hidden there. */
export const canShareScreen = () => typeof navigator.mediaDevices?.getDisplayMedia === "function";
/** Where a shared tab's sound can come along; others have no such word. */
const canShareSound = () => "suppressLocalAudioPlayback" in navigator.mediaDevices.getSupportedConstraints();
