/** An empty list: says what will be here and offers the first step. */
import "./empty.css";
import { type JSX, Show } from "solid-js";
import { Icon, type IconOf } from "./icon.tsx";

export function EmptyState(props: { icon: IconOf; title: string; children: JSX.Element; act?: JSX.Element }) {
  return (
    <div class="empty">
      <Icon of={props.icon} size={28} />
      <p class="empty-title">{props.title}</p>
      <p class="quiet">{props.children}</p>
      <Show when={props.act}>{props.act}</Show>
    </div>
  );
}
