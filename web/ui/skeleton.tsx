/** The shape of what is loading, so that the page does not jump when it comes. */
import "./skeleton.css";
import { For } from "solid-js";

export function Skeleton(props: { lines?: number; label: string }) {
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{props.label}</span>
      <For each={Array.from({ length: props.lines ?? 3 })}>{() => <span class="skeleton-line" />}</For>
    </div>
  );
}
