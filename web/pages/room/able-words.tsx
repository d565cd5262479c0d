/** What this browser cannot do in a group, or in any call over the server, said before somebody is in it (media.md decision 11). Two who
 * reach each other directly need none of it. */
import { createSignal, Show } from "solid-js";
import { t } from "../../i18n/call.ts";
import { able, type Lack, lackOf } from "../../media/able.ts";
import { Banner } from "../../ui/banner.tsx";

export function AbleWords() {
  // not a resource: the page must not wait for what may take seconds
  const [lack, setLack] = createSignal<Lack | null>(null);
  void able().then((found) => setLack(lackOf(found)));
  return (
    <Show when={lack()}>
      {(what) => (
        <div data-testid="lack" data-lack={what()}>
          <Banner tone={what() === "all" ? "loss" : "look"}>{t(`able.${what()}`)}</Banner>
        </div>
      )}
    </Show>
  );
}
