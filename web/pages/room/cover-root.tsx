/** Around all pages of a client: where somebody comes in, a page of notes stands before them. */
import { createEffect, ErrorBoundary, type JSX, lazy, Show, Suspense } from "solid-js";
import { Portal } from "solid-js/web";
import { fetched } from "../../fetched.ts";
import { t } from "../../i18n/cover.ts";
import { Button } from "../../ui/button.tsx";
import { CoverProvider, createCover } from "./use-cover.ts";

const Page = lazy(() => fetched(() => import("./cover-page.tsx")));
/** Fetched while there is time: when it is wanted it must be there. */
export const fetchCoverPage = () => void Page.preload().catch(() => undefined);

export function CoverRoot(props: { children: JSX.Element }) {
  const view = createCover();
  const back = () => void view.cover.uncover();
  // the tab hides all else at once, before this page is drawn
  createEffect(() => view.isCovered() && scrollTo(0, 0));
  return (
    <CoverProvider value={view}>
      {props.children}
      <Show when={view.isCovered()}>
        <ErrorBoundary fallback={<OnlyBack onBack={back} />}>
          <Suspense>
            <Page onBack={back} />
          </Suspense>
        </ErrorBoundary>
      </Show>
    </CoverProvider>
  );
}

/** The notes did not come: an empty page, and the way back. */
function OnlyBack(props: { onBack: () => void }) {
  return (
    <Portal
      ref={(place) => {
        place.dataset.cover = "";
      }}
    >
      <main class="cover">
        <Button onClick={props.onBack}>{t("back")}</Button>
      </main>
    </Portal>
  );
}
