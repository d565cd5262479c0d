/** At the start of a call, on both screens: who is in the room, and that nobody records (R17). */
import "./start-card.css";
import { type Accessor, createEffect, createSignal, onCleanup, Show } from "solid-js";
import { browserClock } from "../../call/browser-clock.ts";
import { StartCard } from "../../call/start-card.ts";
import { t } from "../../i18n/start-card.ts";
import { Button } from "../../ui/button.tsx";

export type StartCardView = { readonly shown: Accessor<boolean>; readonly dismiss: () => void };

/** `since`: when the two first saw each other; null starts anew. To be made above the rooms: it outlives a change of the way. */
export function createStartCard(since: Accessor<number | null>): StartCardView {
  const [shown, setShown] = createSignal(false);
  let card = new StartCard(browserClock);
  let unwatch: () => void = () => undefined;
  const renew = () => {
    unwatch();
    card.dismiss();
    card = new StartCard(browserClock);
    unwatch = card.shown.watch(setShown);
    setShown(false);
  };
  renew();
  createEffect((before: number | null) => {
    const now = since();
    if (now === null && before !== null) renew();
    if (now !== null) card.begin();
    return now;
  }, null);
  onCleanup(() => {
    unwatch();
    card.dismiss();
  });
  return { shown, dismiss: () => card.dismiss() };
}

export function StartCardNotice(props: { card: StartCardView }) {
  return (
    <div role="status">
      <Show when={props.card.shown()}>
        <div class="start-card" data-testid="start-card">
          <p>
            <strong>{t("title")}</strong> {t("text")}
          </p>
          <Button small onClick={props.card.dismiss}>
            {t("read")}
          </Button>
        </div>
      </Show>
    </div>
  );
}
