/** The client's quiet button at the edge, always within reach, and the words that say once what it is for. */
import Notes from "lucide-solid/icons/notebook-text";
import { createSignal, Show } from "solid-js";
import { browserStore } from "../../call/browser.ts";
import { keptFlag } from "../../call/kept-flag.ts";
import { t } from "../../i18n/cover.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useCover } from "./use-cover.ts";

/** No tooltip, no fading: one tap, whatever was before it. */
export function CoverButton() {
  const view = useCover();
  return (
    <Show when={view}>
      {(found) => (
        <button
          type="button"
          class="cover-button"
          aria-label={t("title")}
          title={t("title")}
          onClick={() => found().cover.cover()}
        >
          <Icon of={Notes} />
        </button>
      )}
    </Show>
  );
}

const seenHere = keptFlag("notes-seen", "1", browserStore());

export function CoverHint() {
  const [seen, setSeen] = createSignal(seenHere.get());
  const dismiss = () => {
    setSeen(true);
    seenHere.set(true);
  };
  const hasKeys = matchMedia("(any-hover: hover)").matches;
  return (
    <Show when={useCover() !== undefined && !seen()}>
      <div data-testid="cover-hint">
        <Banner
          tone="look"
          title={t("hintTitle")}
          act={
            <Button small onClick={dismiss}>
              {t("seen")}
            </Button>
          }
        >
          {t(hasKeys ? "hint" : "hintTouch")}
        </Banner>
      </div>
    </Show>
  );
}
