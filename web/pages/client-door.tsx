/** Before the call: the own picture, a name if one likes, and one button. */
import { createMemo, Show } from "solid-js";
import { t } from "../i18n/call.ts";
import { chooseLanguage, language } from "../i18n/language.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { LanguageSwitch } from "../ui/language.tsx";
import { Switch } from "../ui/switch.tsx";
import { CheckOffer } from "./check/check-offer.tsx";
import { InAppWords } from "./check/in-app-words.tsx";
import { HeadLogo } from "./logo/head-logo.tsx";
import { PracticeLines } from "./logo/practice-lines.tsx";
import { PlannedAt } from "./planned-at.tsx";
import { AbleWords } from "./room/able-words.tsx";
import { MissingWords } from "./room/missing-words.tsx";
import { RefineSwitches } from "./room/refine-switches.tsx";
import { RefineWords } from "./room/refine-words.tsx";
import type { CaptureView } from "./room/use-capture.ts";
import { Video } from "./room/video.tsx";

type DoorProps = {
  view: CaptureView;
  label: string;
  onLabel: (label: string) => void;
  /** The address stays hidden from the other side. */
  hide: boolean;
  onHide: (hide: boolean) => void;
  /** The therapist has opened the room. */
  open: boolean;
  /** The server has answered. */
  known: boolean;
  exposed: boolean;
  /** When the therapist has planned to open the room. */
  planned: number | null;
  /** False: with sound alone, the camera is not even asked for. */
  onJoin: (camera: boolean) => void;
  onTherapist: (() => void) | undefined;
};

function lead({ known, open, planned }: DoorProps): string {
  if (!known || open) return t("client.lead");
  return planned === null ? t("client.notOpenYet") : t("planned.door");
}

export function ClientDoor(props: DoorProps) {
  const stream = createMemo(() => {
    const { camera } = props.view.captured();
    return camera && new MediaStream([camera]);
  });
  const off = () => (props.view.captured().microphone ? t("check.unseen") : t("client.previewOff"));
  return (
    <div class="door-page">
      <header class="client-head">
        <HeadLogo />
        <LanguageSwitch value={language()} onChange={chooseLanguage} />
      </header>
      <main class="door">
        <div class="door-side">
          <InAppWords />
          <div class="door-picture">
            <Show when={stream()} fallback={<p>{off()}</p>}>
              <Video
                class="door-video"
                stream={stream()}
                label={t("client.preview")}
                testId="preview"
                silent
              />
            </Show>
          </div>
          <CheckOffer view={props.view} />
        </div>
        <form
          class="door-form"
          onSubmit={(event) => {
            event.preventDefault();
            props.onJoin(true);
          }}
        >
          <h1>{t("client.title")}</h1>
          <PlannedAt at={props.planned} />
          <p class="door-lead">{lead(props)}</p>
          <Show when={props.exposed}>
            <Banner tone="look">{t("client.exposed")}</Banner>
          </Show>
          <AbleWords />
          <MissingWords view={props.view} />
          <RefineWords view={props.view.refine} />
          <Field
            label={t("client.name")}
            hint={t("client.nameHint")}
            value={props.label}
            onInput={props.onLabel}
            maxLength={64}
            autocomplete="name"
            optional
          />
          {/* beside a picture one sees what they do; whoever has none yet finds "Beitreten" without scrolling */}
          <Show when={stream() || props.view.refine.camera?.state().on}>
            <RefineSwitches view={props.view.refine} />
          </Show>
          <Switch
            label={t("client.hide")}
            hint={t("client.hideHint")}
            checked={props.hide}
            onChange={props.onHide}
          />
          <Button kind="main" type="submit" wide>
            {t("join")}
          </Button>
          <Button kind="plain" wide onClick={() => props.onJoin(false)}>
            {t("check.without")}
          </Button>
          <p class="door-sealed">{t("client.sealed")}</p>
          <PracticeLines />
          <Show when={props.onTherapist}>
            {(logIn) => (
              <p class="door-therapist">
                <Button kind="plain" small onClick={() => logIn()()}>
                  {t("planned.therapist")}
                </Button>
              </p>
            )}
          </Show>
        </form>
      </main>
    </div>
  );
}
