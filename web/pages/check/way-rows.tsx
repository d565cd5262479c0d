/** The three ways of a call, each with what came of trying it. */
import Good from "lucide-solid/icons/circle-check";
import Skip from "lucide-solid/icons/circle-minus";
import Look from "lucide-solid/icons/info";
import Loss from "lucide-solid/icons/triangle-alert";
import { For, Show } from "solid-js";
import { type CheckState, WAYS, type WayName, type WayState } from "../../call/check/ways.ts";
import { t } from "../../i18n/check.ts";
import { Icon, type IconOf } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";

type Tone = "wait" | "good" | "quiet" | "look" | "loss";
const ICONS: Record<Exclude<Tone, "wait">, IconOf> = { good: Good, quiet: Skip, look: Look, loss: Loss };

/** A way that is missing is a loss only where no other one makes up for it. */
function toneOf(way: WayName, { at }: WayState): Tone {
  if (at === "good") return "good";
  if (at === "skip") return "quiet";
  if (at === "none") return way === "socket" ? "loss" : "look";
  return "wait";
}

function wordOf(state: WayState): string {
  return state.at === "good" ? t("ways.good", Math.max(1, Math.round(state.ms))) : t(`ways.${state.at}`);
}

/** What it means for a call; nothing while it is not known. */
function meaningOf(way: WayName, state: WayState): string {
  if (state.at === "good") return t(`ways.${way}.good`);
  if (state.at === "none") return t(`ways.${way}.none`);
  if (state.at !== "skip" || way === "socket") return "";
  if (way === "direct") return t("ways.direct.skip");
  return state.why === "browser" ? t("ways.quic.skipBrowser") : t("ways.quic.skipServer");
}

export function WayRows(props: { state: CheckState }) {
  return (
    <ul class="ways">
      <For each={WAYS}>{(way) => <Row way={way} state={props.state.ways[way]} />}</For>
    </ul>
  );
}

function Row(props: { way: WayName; state: WayState }) {
  const tone = () => toneOf(props.way, props.state);
  const icon = () => {
    const now = tone();
    return now === "wait" ? undefined : ICONS[now];
  };
  return (
    <li class={`way way-${tone()}`} data-testid={`way-${props.way}`} data-tone={tone()}>
      <Show when={icon()} fallback={<Waiting state={props.state} />} keyed>
        {(of) => <Icon of={of} size={22} />}
      </Show>
      <div>
        <h3>{t(`ways.${props.way}.name`)}</h3>
        <p class="way-word">{wordOf(props.state)}</p>
        <Show when={meaningOf(props.way, props.state)}>{(words) => <p class="field-hint">{words()}</p>}</Show>
      </div>
    </li>
  );
}

function Waiting(props: { state: WayState }) {
  return (
    <Show when={props.state.at === "trying"} fallback={<Icon of={Skip} size={22} />}>
      <Spinner label={t("ways.trying")} />
    </Show>
  );
}
