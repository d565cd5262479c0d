/** A raised sheet for one thing; cards never stand inside cards. */
import "./card.css";
import { type JSX, Show } from "solid-js";

type CardProps = { title?: string; children: JSX.Element; tone?: "plain" | "red" };

export function Card(props: CardProps) {
  return (
    <section class="card" classList={{ "card-red": props.tone === "red" }}>
      <Show when={props.title}>
        <h2 class="card-title">{props.title}</h2>
      </Show>
      {props.children}
    </section>
  );
}
