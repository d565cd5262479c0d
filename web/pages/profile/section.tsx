/** The parts of the profile: a line that leads to each, and the cards that belong together. */
import "./section.css";
import { For, type JSX } from "solid-js";
import { t } from "../../i18n/profile-parts.ts";

/** In the order in which they stand on the page. */
const PARTS = ["credit", "practice", "calls", "view", "security", "data"] as const;
type Part = (typeof PARTS)[number];

const nameOf = (part: Part): string => t(`parts.${part}`);

export function PartLinks() {
  return (
    <nav class="profile-parts" aria-label={t("label")}>
      <For each={PARTS}>{(part) => <a href={`#${part}`}>{nameOf(part)}</a>}</For>
    </nav>
  );
}

export function Section(props: { part: Part; children: JSX.Element }) {
  return (
    <section class="profile-part" id={props.part} aria-label={nameOf(props.part)}>
      {props.children}
    </section>
  );
}
