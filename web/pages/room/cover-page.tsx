/** A page of ordinary notes that stands before the call. No name, no mark, no word of what is under it; what is typed here goes nowhere. */
import { createUniqueId, For, onMount } from "solid-js";
import { Portal } from "solid-js/web";
import { t } from "../../i18n/cover.ts";
import { language } from "../../i18n/language.ts";
import { Button } from "../../ui/button.tsx";

const SHOP = ["bread", "milk", "apples", "soap"] as const;
const WEEK = ["bike", "plants", "books"] as const;

export default function CoverPage(props: { onBack: () => void }) {
  let heading: HTMLHeadingElement | undefined;
  onMount(() => heading?.focus({ preventScroll: true }));
  const today = new Intl.DateTimeFormat(language(), { weekday: "long", day: "numeric", month: "long" });
  return (
    <Portal
      ref={(place) => {
        place.dataset.cover = "";
      }}
    >
      <main class="cover" data-testid="cover">
        <header class="cover-head">
          <h1 tabindex={-1} ref={heading}>
            {t("title")}
          </h1>
          <Button onClick={props.onBack}>{t("back")}</Button>
        </header>
        <p class="cover-day">{today.format(new Date())}</p>
        <List title={t("shop")} items={SHOP} done={1} />
        <List title={t("week")} items={WEEK} done={0} />
        <textarea class="cover-field" rows={4} aria-label={t("field")} placeholder={t("field")} />
      </main>
    </Portal>
  );
}

type Item = (typeof SHOP)[number] | (typeof WEEK)[number];

function List(props: { title: string; items: readonly Item[]; done: number }) {
  const id = createUniqueId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      <For each={props.items}>
        {(item, at) => (
          <label class="cover-item">
            <input type="checkbox" checked={at() < props.done} />
            <span>{t(item)}</span>
          </label>
        )}
      </For>
    </section>
  );
}
