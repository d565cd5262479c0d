/** Why the others do not hear or see this person, and how to mend it; one sentence each. */
import { ErrorBoundary, For, lazy, Show, Suspense } from "solid-js";
import type { Kind } from "../../call/opening.ts";
import { fetched } from "../../fetched.ts";
import { t } from "../../i18n/call.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import type { CaptureView } from "./use-capture.ts";

const MissingHelp = lazy(() => fetched(() => import("../check/missing-help.tsx")));

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
              <ErrorBoundary fallback={null}>
                <Suspense>
                  <MissingHelp kind={kind} why={why()} />
                </Suspense>
              </ErrorBoundary>
            </Banner>
          )}
        </Show>
      )}
    </For>
  );
}
