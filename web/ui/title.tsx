/** The heading of a page: names the tab, and takes the focus after navigation so that screen readers start here. */
import { createEffect, onMount } from "solid-js";
import { t } from "../i18n/common.ts";
import { nameTab } from "./tab-title.ts";

/** The page that opens first keeps the browser's own focus; only later ones take it. */
let first = true;

/** `text` is the words; `hidden` where the page shows them in another way. */
export function PageTitle(props: { text: string; hidden?: boolean }) {
  let heading: HTMLHeadingElement | undefined;
  createEffect(() => {
    nameTab(`${props.text} · ${t("product")}`);
  });
  onMount(() => {
    const focused = document.activeElement;
    if (!first && !(focused instanceof HTMLInputElement)) heading?.focus({ preventScroll: true });
    first = false;
  });
  return (
    <h1 ref={heading} tabIndex={-1} classList={{ "visually-hidden": props.hidden === true }}>
      {props.text}
    </h1>
  );
}
