/** The client's scale: eleven large buttons; what is pressed goes to the therapist alone. */
import { For, Show } from "solid-js";
import { SCALE_MAX } from "../../../../wire/tools.ts";
import type { MemberToolsState } from "../../../call/tools-member.ts";
import { t } from "../../../i18n/tools.ts";

const VALUES = Array.from({ length: SCALE_MAX + 1 }, (_, value) => value);

type ScaleProps = { scale: NonNullable<MemberToolsState["scale"]>; onAnswer: (value: number) => void };

export function ScaleAnswer(props: ScaleProps) {
  const mine = () => props.scale.mine;
  const said = () => {
    const value = mine();
    if (value !== null) return t("scale.answered", value);
    return t(props.scale.shared ? "scale.everybody" : "scale.onlyTherapist");
  };
  return (
    <>
      <p class="scale-question">{props.scale.question || t("scale.spoken")}</p>
      <fieldset class="scale-values">
        <legend class="visually-hidden">{t("scale.spoken")}</legend>
        <For each={VALUES}>
          {(value) => (
            <button
              type="button"
              class="scale-value"
              aria-label={t("scale.value", value)}
              aria-pressed={mine() === value}
              onClick={() => props.onAnswer(value)}
            >
              {value}
            </button>
          )}
        </For>
      </fieldset>
      <p class="scale-ends" aria-hidden="true">
        <span>0 {t("scale.low")}</span>
        <span>10 {t("scale.high")}</span>
      </p>
      <p class="tool-hint" role="status">
        {said()}
      </p>
      <Show when={props.scale.shared}>
        {(values) => (
          <p class="scale-shared" data-testid="scale-shared">
            {values().length > 0 ? t("scale.shared", values().join(", ")) : t("scale.noneShared")}
          </p>
        )}
      </Show>
    </>
  );
}
