/** "Anruf starten": a client ID becomes an entry with its link, and its room opens for two hours. */
import { createSignal } from "solid-js";
import type { RoomId } from "../../../wire/ids.ts";
import { CLIENT_ID_MAX, normalClientId } from "../../../wire/names.ts";
import { t } from "../../i18n/app.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { clientFor, handlesOfClient } from "../../vault/clients.ts";
import { Refused } from "../../vault/remote.ts";
import { useDesk } from "../desk.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

export function StartForm(props: { view: VaultView; onOpen: (room: RoomId) => void }) {
  const desk = useDesk();
  const task = createTask();
  const [id, setId] = createSignal("");
  const [tried, setTried] = createSignal(false);
  const error = () => {
    if (!tried() || normalClientId(id()) !== null) return task.error();
    return id().trim() === "" ? t("calls.idMissing") : t("calls.idLong", CLIENT_ID_MAX);
  };
  const open = async () => {
    const client = await clientFor(props.view.vault, id(), Date.now());
    const room = await desk.open([handlesOfClient(client)]);
    props.onOpen(room.room);
  };
  const submit = async () => {
    setTried(true);
    if (normalClientId(id()) === null) return;
    const done = await task.run(open);
    const fault = task.fault();
    if (fault instanceof Refused && fault.code === "room.client-open") await showFirst(fault.room);
    // What was typed stays in the field until it is a room.
    if (!done) return;
    setTried(false);
    setId("");
  };
  const showFirst = async (room: string | undefined) => {
    await desk.refresh().catch(() => undefined);
    const first = desk.rooms()?.find((open) => open.room === room);
    if (first) props.onOpen(first.room);
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <form class="calls-start" novalidate onSubmit={onSubmit}>
      <Field
        label={t("calls.id")}
        plain
        name="client-id"
        maxLength={2 * CLIENT_ID_MAX}
        value={id()}
        onInput={(text) => {
          task.clear();
          setId(text);
        }}
        hint={t("calls.idHint")}
        error={error() || undefined}
      />
      <Button kind="main" type="submit" busy={task.busy()}>
        {t("calls.start")}
      </Button>
    </form>
  );
}
