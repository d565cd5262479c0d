/** The frame of the therapist's pages: areas at the side, on a phone as a bar at the bottom. */
import "./app-frame.css";
import { For, type JSX } from "solid-js";
import { t } from "../i18n/common.ts";
import { Icon, type IconOf } from "./icon.tsx";
import { Logo } from "./logo.tsx";

export type Area = { href: string; label: string; icon: IconOf };

type AppFrameProps = {
  areas: readonly Area[];
  /** Accessible name of the list of areas. */
  label: string;
  /** The address shown now. */
  path: string;
  /** Stands at the foot of the side, on a phone at the right of the head. */
  foot: JSX.Element;
  children: JSX.Element;
};

export function AppFrame(props: AppFrameProps) {
  return (
    <div class="frame">
      <a class="skip visually-hidden" href="#content">
        {t("skip")}
      </a>
      <header class="frame-side">
        <Logo href="/" />
        <nav class="frame-nav" aria-label={props.label}>
          <For each={props.areas}>
            {(area) => (
              <a
                href={area.href}
                class="frame-area"
                aria-current={area.href === props.path ? "page" : undefined}
              >
                <Icon of={area.icon} size={21} />
                <span>{area.label}</span>
              </a>
            )}
          </For>
        </nav>
        <div class="frame-foot">{props.foot}</div>
      </header>
      <main id="content" class="frame-main">
        {props.children}
      </main>
    </div>
  );
}
