/** Camera, microphone and loudspeaker before a call: which one, and whether it works. Asks for them as soon as it is shown. */
import "./check.css";
import Microphone from "lucide-solid/icons/mic";
import Camera from "lucide-solid/icons/video";
import Speaker from "lucide-solid/icons/volume-2";
import { createMemo, createSignal, Show } from "solid-js";
import type { Device } from "../../call/devices.ts";
import type { Kind } from "../../call/opening.ts";
import { t } from "../../i18n/check.ts";
import { Pick } from "../../ui/pick.tsx";
import { canChooseSpeaker, optionsOf } from "../room/device-options.ts";
import type { CaptureView } from "../room/use-capture.ts";
import { Video } from "../room/video.tsx";
import { SpeakTest } from "./speak-test.tsx";
import { ToneButton } from "./tone-button.tsx";

/** No device has this for its id. */
const OFF = "off";

const options = (devices: readonly Device[]) => optionsOf(devices, (n) => t("devices.device", n));

export default function DeviceCheck(props: { view: CaptureView; picture?: boolean }) {
  const { capture } = props.view;
  const [isOpen, setOpen] = createSignal(false);
  void capture.open().then(() => setOpen(true));
  return (
    <div class="devices" data-testid="devices" data-open={isOpen()}>
      <Show when={props.picture}>
        <OwnPicture view={props.view} />
      </Show>
      <Show when={isOpen()} fallback={<p role="status">{t("devices.opening")}</p>}>
        <Choosers view={props.view} />
      </Show>
    </div>
  );
}

function OwnPicture(props: { view: CaptureView }) {
  const stream = createMemo(() => {
    const { camera } = props.view.captured();
    return camera && new MediaStream([camera]);
  });
  return (
    <div class="door-picture">
      <Show when={stream()} fallback={<p>{t("devices.withoutHint")}</p>}>
        <Video class="door-video" stream={stream()} label={t("devices.preview")} testId="preview" silent />
      </Show>
    </div>
  );
}

function Choosers(props: { view: CaptureView }) {
  const { capture } = props.view;
  const usedId = (kind: Kind) => {
    props.view.captured();
    return capture.source(kind)?.getSettings().deviceId ?? OFF;
  };
  const chooseCamera = (id: string) =>
    void (id === OFF ? capture.setCamera(false) : capture.choose("camera", id));
  const microphones = () => {
    const found = options(props.view.devices().microphones);
    return props.view.captured().microphone ? found : [{ value: OFF, label: t("devices.none") }, ...found];
  };
  return (
    <>
      <Pick
        label={t("devices.camera")}
        icon={Camera}
        options={[...options(props.view.devices().cameras), { value: OFF, label: t("devices.without") }]}
        value={usedId("camera")}
        onPick={chooseCamera}
      />
      <div class="devices-one">
        <Pick
          label={t("devices.microphone")}
          icon={Microphone}
          options={microphones()}
          value={usedId("microphone")}
          onPick={(id) => id !== OFF && void capture.choose("microphone", id)}
        />
        <Show when={props.view.captured().microphone} keyed>
          {(track) => <SpeakTest track={track} />}
        </Show>
      </div>
      <div class="devices-one">
        <Show when={canChooseSpeaker() && props.view.devices().speakers.length > 0}>
          <Pick
            label={t("devices.speaker")}
            icon={Speaker}
            options={speakersOf(props.view)}
            value={props.view.speaker()}
            onPick={props.view.chooseSpeaker}
          />
        </Show>
        <ToneButton speaker={props.view.speaker()} />
      </div>
    </>
  );
}

/** The system's own is not named twice. */
function speakersOf(view: CaptureView) {
  const named = view.devices().speakers.filter(({ id }) => id !== "default");
  return [{ value: "", label: t("devices.own") }, ...options(named)];
}
