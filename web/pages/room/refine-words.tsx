/** What is to be said of blur and noise suppression: it begins, it was too slow, it failed; and what the person can do. */
import { Match, Show, Switch } from "solid-js";
import { t } from "../../i18n/refine.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import type { RefineView } from "./use-refine.ts";

export function RefineWords(props: { view: RefineView }) {
  return (
    <>
      <Show when={props.view.camera}>{(one) => <BlurWords one={one()} />}</Show>
      <Show when={props.view.microphone}>{(one) => <CalmWords one={one()} />}</Show>
    </>
  );
}

type Given = { one: NonNullable<RefineView["camera"]> };

function BlurWords(props: Given) {
  const { refinement, state } = props.one;
  return (
    <Switch>
      <Match when={state().trouble}>
        {(why) => (
          <Banner
            tone="look"
            act={
              <>
                <Button small kind="room" onClick={() => refinement.dismiss()}>
                  {t("stayDark")}
                </Button>
                <Button small onClick={() => refinement.showPlain()}>
                  {t("showPlain")}
                </Button>
              </>
            }
          >
            {t(`${why()}.camera`)}
          </Banner>
        )}
      </Match>
      <Match when={state().isStarting}>
        <Banner tone="look">{t("starting")}</Banner>
      </Match>
    </Switch>
  );
}

function CalmWords(props: Given) {
  return (
    <Show when={props.one.state().trouble}>
      {(why) => (
        <Banner
          tone="look"
          act={
            <Button small onClick={() => props.one.refinement.dismiss()}>
              {t("read")}
            </Button>
          }
        >
          {t(`${why()}.microphone`)}
        </Banner>
      )}
    </Show>
  );
}
