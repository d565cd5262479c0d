/** "Neue Klient:in": an ID, a name if wanted; leads to the new entry with its link. */
import { useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { CLIENT_ID_MAX } from "../../../wire/names.ts";
import { t } from "../../i18n/clients.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { addClient, faultOfId } from "../../vault/entries.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { nameFault, sayIdFault } from "./faults.ts";

type AddProps = { open: boolean; view: VaultView; onClose: () => void };

export function AddClient(props: AddProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t("create.title")} text={t("create.text")}>
      <AddForm view={props.view} />
    </Dialog>
  );
}

function AddForm(props: { view: VaultView }) {
  const navigate = useNavigate();
  const task = createTask();
  const [id, setId] = createSignal("");
  const [name, setName] = createSignal("");
  const [tried, setTried] = createSignal(false);
  const fault = () => (tried() ? faultOfId(props.view.state().records, id(), null) : null);
  const taken = () => {
    const why = fault();
    return why?.why === "taken" ? why.by : null;
  };
  const submit = async () => {
    setTried(true);
    if (fault() || nameFault(name())) return;
    let item = "";
    const add = async () => {
      item = await addClient(props.view.vault, id(), name().trim() || null, Date.now());
    };
    // found before the answer, the new entry would stand in its own way
    setTried(false);
    if (await task.run(add)) navigate(`/clients/${item}`);
  };
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <>
          <Button kind="main" type="submit" busy={task.busy()}>
            {t("create.act")}
          </Button>
          <Show when={taken()}>
            {(other) => <ButtonLink href={`/clients/${other().item}`}>{t("create.open")}</ButtonLink>}
          </Show>
        </>
      }
    >
      <Field
        label={t("edit.id")}
        plain
        name="client-id"
        required
        autofocus
        maxLength={2 * CLIENT_ID_MAX}
        value={id()}
        onInput={setId}
        error={sayIdFault(fault())}
      />
      <Field
        label={t("edit.name")}
        optional
        name="client-name"
        value={name()}
        onInput={setName}
        hint={t("edit.nameHint")}
        error={nameFault(name())}
      />
    </Form>
  );
}
