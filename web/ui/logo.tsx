/** The mark: a doorway with two people in it; and the name beside it. */
import "./logo.css";
import { Show } from "solid-js";
import { t } from "../i18n/common.ts";

export function Mark(props: { size?: number }) {
  return (
    <svg
      class="mark"
      width={props.size ?? 30}
      height={props.size ?? 30}
      viewBox="0 0 32 32"
      aria-hidden="true"
    >
      <path class="mark-door" d="M6 28V14a10 10 0 0 1 20 0v14" />
      <circle class="mark-one" cx="12.6" cy="20.4" r="3.1" />
      <circle class="mark-two" cx="19.9" cy="20.4" r="3.1" />
    </svg>
  );
}

/** `href`: where a press leads; without it the name is only shown. */
export function Logo(props: { href?: string }) {
  const Inside = () => (
    <>
      <Mark />
      <span>{t("product")}</span>
    </>
  );
  return (
    <Show
      when={props.href}
      fallback={
        <span class="logo">
          <Inside />
        </span>
      }
    >
      {(href) => (
        <a class="logo" href={href()}>
          <Inside />
        </a>
      )}
    </Show>
  );
}
