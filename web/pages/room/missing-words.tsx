/** Why the others do not hear or see this person, and how to mend it; one sentence each. */
import { For, Show } from "solid-js";
import type { Kind } from "../../call/capture.ts";
import { t } from "../../i18n/call.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import type { CaptureView } from "./use-capture.ts";

const KINDS: readonly Kind[] = ["microphone", "camera"];

export function MissingWords(props: { view: CaptureView }) {
  const missing = (kind: Kind) => props.view.captured().problems[kind];
  return (
    <For each={KINDS}>
      {(kind) => (
        <Show when={missing(kind)}>
          {(why) => (
            <Banner
              tone={kind === "microphone" ? "loss" : "look"}
              act={
                <Button small onClick={() => void props.view.capture.retry(kind)}>
                  {t("missing.retry")}
                </Button>
              }
            >
              {t(`missing.${kind}.${why()}`)}
            </Banner>
          )}
        </Show>
      )}
    </For>
  );
}
