/** The therapist's scale: a question, then who has answered what. */
import { createSignal, For, Show } from "solid-js";
import { QUESTION_MAX } from "../../../../wire/tools.ts";
import type { HostTools, HostToolsState } from "../../../call/tools-host.ts";
import { t } from "../../../i18n/tools.ts";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";

export function ScaleAsk(props: { tools: HostTools }) {
  const [question, setQuestion] = createSignal("");
  const ask = (event: SubmitEvent) => {
    event.preventDefault();
    props.tools.askScale(question());
  };
  return (
    <form class="tool-form" onSubmit={ask}>
      <Field
        label={t("scale.field")}
        value={question()}
        onInput={setQuestion}
        maxLength={QUESTION_MAX}
        hint={t("scale.fieldHint")}
        optional
      />
      <Button kind="room" type="submit">
        {t("scale.ask")}
      </Button>
    </form>
  );
}

type AnswersProps = {
  tools: HostTools;
  scale: NonNullable<HostToolsState["scale"]>;
  nameOf: (slot: number) => string;
};

export function ScaleAnswers(props: AnswersProps) {
  return (
    <>
      <Show when={props.scale.question}>
        <p class="scale-question">{props.scale.question}</p>
      </Show>
      <ul class="scale-answers" aria-live="polite" data-testid="answers">
        <For each={props.scale.answers} fallback={<li>{t("scale.none")}</li>}>
          {({ slot, value }) => <li>{t("scale.answer", props.nameOf(slot), value)}</li>}
        </For>
      </ul>
      <Show
        when={props.scale.shared}
        fallback={
          <Button small onClick={() => props.tools.shareScale(true)}>
            {t("scale.share")}
          </Button>
        }
      >
        <p class="tool-hint" data-testid="shown">
          {props.scale.fresh > 0 ? t("scale.fresh", props.scale.fresh) : t("scale.isShown")}
        </p>
        <div class="scale-acts">
          <Show when={props.scale.fresh > 0}>
            <Button small onClick={() => props.tools.shareScale(true)}>
              {t("scale.shareAgain")}
            </Button>
          </Show>
          <Button small onClick={() => props.tools.shareScale(false)}>
            {t("scale.unshare")}
          </Button>
        </div>
      </Show>
    </>
  );
}
