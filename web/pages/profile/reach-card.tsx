/** "Wenn die Verbindung abreißt": what clients read when a call is interrupted for long. */
import { createSignal } from "solid-js";
import { REACH_MAX } from "../../../wire/sealed.ts";
import { t } from "../../i18n/reach.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Form } from "../../ui/form.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeSettings, settingsOf } from "../../vault/clients.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

export function ReachCard(props: { view: VaultView }) {
  // what was typed wins over what comes from another device meanwhile
  const [typed, setTyped] = createSignal<string>();
  const task = createTask();
  const text = () => typed() ?? settingsOf(props.view.state().records).reach;
  const save = async () => {
    const reach = text().normalize("NFC").replaceAll("\r\n", "\n").trim();
    if (!(await task.run(() => changeSettings(props.view.vault, { reach }, Date.now())))) return;
    setTyped(undefined);
    toast(t("saved"));
  };
  return (
    <Card title={t("title")}>
      <p class="quiet">{t("lead")}</p>
      <Form
        onSubmit={() => void save()}
        error={task.error()}
        acts={
          <Button type="submit" busy={task.busy()}>
            {t("act")}
          </Button>
        }
      >
        <TextArea
          label={t("text")}
          hint={t("hint")}
          value={text()}
          onInput={(next) => setTyped(next.slice(0, REACH_MAX))}
        />
      </Form>
    </Card>
  );
}
