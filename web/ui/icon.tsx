/** One icon of the set: 1.75 stroke, hidden from screen readers because the words beside it (or the label of its button) say it. */
import type { LucideProps } from "lucide-solid";
import type { Component } from "solid-js";
import { Dynamic } from "solid-js/web";

export type IconOf = Component<LucideProps>;

/** `size` in CSS pixels. */
export function Icon(props: { of: IconOf; size?: number }) {
  return <Dynamic component={props.of} size={props.size ?? 20} stroke-width={1.75} aria-hidden="true" />;
}
