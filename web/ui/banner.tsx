/** Says something about the whole page: an icon, words, and what to do. */
import "./banner.css";
import Good from "lucide-solid/icons/circle-check";
import Look from "lucide-solid/icons/info";
import Loss from "lucide-solid/icons/triangle-alert";
import { type JSX, Show } from "solid-js";
import { Icon } from "./icon.tsx";

type Tone = "good" | "look" | "loss";
const ICONS = { good: Good, look: Look, loss: Loss };

type BannerProps = { tone: Tone; title?: string; children: JSX.Element; act?: JSX.Element };

export function Banner(props: BannerProps) {
  return (
    <div class={`banner banner-${props.tone}`} role={props.tone === "loss" ? "alert" : "status"}>
      <Icon of={ICONS[props.tone]} />
      <div class="banner-words">
        <Show when={props.title}>
          <strong>{props.title}</strong>
        </Show>
        <div>{props.children}</div>
        <Show when={props.act}>
          <div class="banner-act">{props.act}</div>
        </Show>
      </div>
    </div>
  );
}
