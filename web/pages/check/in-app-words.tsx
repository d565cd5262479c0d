/** Says it where this page was opened inside another app; in a browser nothing of it is fetched. */
import { lazy, Show, Suspense } from "solid-js";
import { inAppOf } from "../../call/in-app.ts";
import { fetched } from "../../fetched.ts";
import { Whole } from "../../ui/whole.tsx";

const InAppCard = lazy(() => fetched(() => import("./in-app-card.tsx")));

/** Put onto the home screen, this page has no browser around it either. */
const isInstalled = () =>
  matchMedia("(display-mode: standalone)").matches ||
  (navigator as Navigator & { standalone?: boolean }).standalone === true;

export function InAppWords() {
  const found = inAppOf(navigator.userAgent, isInstalled());
  return (
    <Show when={found}>
      {(inApp) => (
        <Whole>
          <Suspense>
            <InAppCard inApp={inApp()} />
          </Suspense>
        </Whole>
      )}
    </Show>
  );
}
