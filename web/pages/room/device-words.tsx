/** What happened to devices by itself, and what a person does not notice: one sentence each, at most one thing to do. */
import { createEffect, For, type JSX, Show } from "solid-js";
import type { Swap } from "../../call/captured.ts";
import { KINDS, type Kind } from "../../call/opening.ts";
import { t } from "../../i18n/devices.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import type { CaptureView } from "./use-capture.ts";
import { useMicrophone } from "./use-microphone.ts";

type WordsProps = { view: CaptureView; onBar: (bar: number) => void };

export default function DeviceWords(props: WordsProps) {
  const { view } = props;
  const microphone = useMicrophone(view);
  createEffect(() => props.onBar(microphone.bar()));
  return (
    <>
      <Show when={microphone.word() === "muted"}>
        <Word act={<Act text={t("unmute")} onPress={() => view.capture.setMuted(false)} />}>
          {t("speaksMuted")}
        </Word>
      </Show>
      <Show when={microphone.word() === "silent"}>
        <Word act={<Act text={t("retry")} onPress={() => void view.capture.reopen("microphone")} />}>
          {t("silent")}
        </Word>
      </Show>
      <Swaps view={view} />
      <Offer view={view} />
      <Show when={view.captured().screen && view.captured().screenSound === "none"}>
        <Word act={<Act text={t("read")} onPress={() => view.capture.setScreenSound(false)} />}>
          {t("noTabSound")}
        </Word>
      </Show>
    </>
  );
}

/** What was swapped: microphone and loudspeaker of one headset in one sentence. */
function Swaps(props: { view: CaptureView }) {
  const swap = (kind: Kind) => props.view.captured().swaps[kind];
  const lost = () => props.view.sounding().lost;
  const isBoth = () => lost() !== null && swap("microphone")?.why === "gone";
  const read = (kind: Kind) => {
    props.view.capture.dismissSwap(kind);
    if (kind === "microphone") props.view.speakers.dismiss();
  };
  const say = (kind: Kind, { why, from, to }: Swap) => {
    if (why === "refused") return t(`refused.${kind}`, to);
    return kind === "microphone" && isBoth() ? t("gone.both", from) : t(`gone.${kind}`, from, to);
  };
  return (
    <>
      <For each={KINDS}>
        {(kind) => (
          <Show when={swap(kind)}>
            {(one) => (
              <Word act={<Act text={t("read")} onPress={() => read(kind)} />}>{say(kind, one())}</Word>
            )}
          </Show>
        )}
      </For>
      <Show when={!isBoth() && lost()}>
        {(name) => (
          <Word act={<Act text={t("read")} onPress={() => props.view.speakers.dismiss()} />}>
            {t("gone.speaker", name())}
          </Word>
        )}
      </Show>
    </>
  );
}

/** A headset that was plugged in. */
function Offer(props: { view: CaptureView }) {
  const { speakers } = props.view;
  return (
    <Show when={props.view.sounding().offer}>
      {(pair) => (
        <Word
          act={
            <>
              <Act text={t("use")} onPress={() => void speakers.accept()} />
              <Act text={t("not")} onPress={() => speakers.dismiss()} />
            </>
          }
        >
          {t("plugged", pair().name)}
        </Word>
      )}
    </Show>
  );
}

function Word(props: { children: JSX.Element; act: JSX.Element }) {
  return (
    <Banner tone="look" act={props.act}>
      {props.children}
    </Banner>
  );
}

function Act(props: { text: string; onPress: () => void }) {
  return (
    <Button small onClick={props.onPress}>
      {props.text}
    </Button>
  );
}
