/** At the door: nothing is asked and nothing fetched until the person presses. */
import { createSignal, lazy, Show, Suspense } from "solid-js";
import { fetched } from "../../fetched.ts";
import { t } from "../../i18n/call.ts";
import { Button } from "../../ui/button.tsx";
import { Whole } from "../../ui/whole.tsx";
import type { CaptureView } from "../room/use-capture.ts";

const DeviceCheck = lazy(() => fetched(() => import("./device-check.tsx")));

/** `picture`: the own picture belongs to it, where the page shows none. */
export function CheckOffer(props: { view: CaptureView; picture?: boolean }) {
  const [isShown, setShown] = createSignal(false);
  return (
    <div class="check-offer">
      <Show
        when={isShown()}
        fallback={
          <Button small onClick={() => setShown(true)}>
            {t("check.start")}
          </Button>
        }
      >
        <Whole>
          <Suspense>
            <DeviceCheck view={props.view} picture={props.picture === true} />
          </Suspense>
        </Whole>
      </Show>
      <a class="check-link" href="/check">
        {t("check.page")}
      </a>
    </div>
  );
}
