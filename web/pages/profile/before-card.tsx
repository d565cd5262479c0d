/** "Vor dem Gespräch": what clients are asked before they come in, and the practice's consent text. */
import { createSignal, Show } from "solid-js";
import { CONSENT_TEXT_MAX } from "../../../wire/asked.ts";
import { t } from "../../i18n/before.ts";
import { dayOf, numberOf } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Form } from "../../ui/form.tsx";
import { Switch } from "../../ui/switch.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { toast } from "../../ui/toast.tsx";
import { settingsOf } from "../../vault/clients.ts";
import { changeBefore } from "../../vault/consents.ts";
import type { BeforeCall } from "../../vault/records.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

export function BeforeCard(props: { view: VaultView }) {
  // Unsaved, the choice holds here, is said at the top of the page, and is tried again.
  const before = () => settingsOf(props.view.state().records).before;
  const change = (changed: Partial<BeforeCall>) =>
    void changeBefore(props.view.vault, changed, Date.now()).catch(() => undefined);
  return (
    <Card title={t("title")}>
      <p class="quiet">{t("lead")}</p>
      <Switch
        label={t("name")}
        hint={t("nameHint")}
        checked={before().name}
        onChange={(name) => change({ name })}
      />
      <Switch
        label={t("card")}
        hint={t("cardHint")}
        checked={before().card}
        onChange={(card) => change({ card })}
      />
      <ConsentText view={props.view} before={before()} />
      <Show when={before().text !== ""}>
        <Switch
          label={t("must")}
          hint={t("mustHint")}
          checked={before().must}
          onChange={(must) => change({ must })}
        />
      </Show>
    </Card>
  );
}

function ConsentText(props: { view: VaultView; before: BeforeCall }) {
  // what was typed wins over what comes from another device meanwhile
  const [typed, setTyped] = createSignal<string>();
  const task = createTask();
  const text = () => typed() ?? props.before.text;
  const isTooLong = () => text().trim().length > CONSENT_TEXT_MAX;
  const hint = () => {
    const { version, since } = props.before;
    const size = t("textHint", numberOf(CONSENT_TEXT_MAX));
    return version === 0 ? size : `${t("version", version, dayOf(since))}. ${t("newVersion")} ${size}`;
  };
  const save = async () => {
    const next = text().replaceAll("\r\n", "\n").trim();
    if (isTooLong() || !(await task.run(() => changeBefore(props.view.vault, { text: next }, Date.now()))))
      return;
    setTyped(undefined);
    toast(t("saved"));
  };
  return (
    <Form
      onSubmit={() => void save()}
      error={task.error()}
      acts={
        <>
          <Button type="submit" busy={task.busy()}>
            {t("act")}
          </Button>
          <Show when={text().trim() === ""}>
            <Button kind="plain" onClick={() => setTyped(t("offered"))}>
              {t("offer")}
            </Button>
          </Show>
        </>
      }
    >
      <TextArea
        label={t("text")}
        hint={hint()}
        value={text()}
        onInput={setTyped}
        error={isTooLong() ? t("tooLong") : undefined}
      />
    </Form>
  );
}
