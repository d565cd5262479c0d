/** The check in one sentence, said again whenever it changes. */
import Good from "lucide-solid/icons/circle-check";
import Look from "lucide-solid/icons/info";
import Loss from "lucide-solid/icons/triangle-alert";
import { For, Show } from "solid-js";
import type { Verdict } from "../../call/check/verdict.ts";
import { t } from "../../i18n/check.ts";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";

const ICONS = { good: Good, look: Look, loss: Loss };

export function VerdictWords(props: { verdict: Verdict }) {
  const icon = () => {
    const { tone } = props.verdict;
    return tone === "quiet" ? undefined : ICONS[tone];
  };
  return (
    <div
      class={`verdict verdict-${props.verdict.tone}`}
      role="status"
      data-testid="verdict"
      data-tone={props.verdict.tone}
      data-words={props.verdict.words.join(" ")}
    >
      <Show when={icon()} fallback={<Spinner label={t("verdict.quiet")} />} keyed>
        {(of) => <Icon of={of} size={28} />}
      </Show>
      <div>
        <strong>{t(`verdict.${props.verdict.tone}`)}</strong>
        <For each={props.verdict.words}>{(word) => <p>{t(`verdict.${word}`)}</p>}</For>
      </div>
    </div>
  );
}
