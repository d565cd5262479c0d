/** Gives a passkey a name and lets the browser make it. */
import { createSignal } from "solid-js";
import { type FactorTurned, PASSKEY_NAME_MAX } from "../../../wire/factors.ts";
import { t } from "../../i18n/second-factor.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { createTask } from "../task.ts";
import { makePasskey } from "./passkeys.ts";

export function PasskeySetup(props: { ticket: string; onTurned: (turned: FactorTurned) => void }) {
  const [name, setName] = createSignal("");
  const task = createTask();
  const submit = () =>
    task.run(async () =>
      props.onTurned(await makePasskey(props.ticket, name().trim() || t("passkey.first"))),
    );
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <Button kind="main" type="submit" busy={task.busy()}>
          {t("passkey.act")}
        </Button>
      }
    >
      <Field
        label={t("passkey.name")}
        hint={t("passkey.nameHint")}
        optional
        autofocus
        maxLength={PASSKEY_NAME_MAX}
        value={name()}
        onInput={setName}
      />
    </Form>
  );
}
