/** "Neue Gruppe": a name and two to eight clients; leads to the new group. */
import { useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import type { ItemId } from "../../../wire/ids.ts";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { addGroup } from "../../vault/entries.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { nameFault } from "./faults.ts";
import { Members } from "./members.tsx";

/** One client alone needs no group. */
export const GROUP_MIN = 2;

type AddProps = { open: boolean; view: VaultView; onClose: () => void };

export function AddGroup(props: AddProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t("group.create")} text={t("group.createText")}>
      <AddForm view={props.view} />
    </Dialog>
  );
}

function AddForm(props: { view: VaultView }) {
  const navigate = useNavigate();
  const task = createTask();
  const [name, setName] = createSignal("");
  const [clients, setClients] = createSignal<readonly ItemId[]>([]);
  const [tried, setTried] = createSignal(false);
  const fault = () => {
    if (tried() && name().trim() === "") return t("group.nameMissing");
    return nameFault(name());
  };
  const isFew = () => clients().length < GROUP_MIN;
  const submit = async () => {
    setTried(true);
    if (fault() || isFew()) return;
    let item = "";
    const add = async () => {
      item = await addGroup(props.view.vault, name().trim(), clients(), Date.now());
    };
    if (await task.run(add)) navigate(`/clients/${item}`);
  };
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <Button kind="main" type="submit" busy={task.busy()}>
          {t("create.act")}
        </Button>
      }
    >
      <Field
        label={t("group.name")}
        name="group-name"
        required
        autofocus
        value={name()}
        onInput={setName}
        error={fault()}
      />
      <Members view={props.view} clients={clients()} onChange={setClients} />
      <Show when={tried() && isFew()}>
        <p class="field-error" role="alert">
          {t("group.few")}
        </p>
      </Show>
    </Form>
  );
}
