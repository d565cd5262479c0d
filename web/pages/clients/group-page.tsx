/** The page of one group: name and note, who is in it, and the call of all with one press. */
import type { ItemId } from "../../../wire/ids.ts";
import { CLIENTS_PER_ROOM_MAX } from "../../../wire/signal.ts";
import { t } from "../../i18n/clients.ts";
import { Card } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { editGroup, membersOf } from "../../vault/entries.ts";
import type { GroupRecord } from "../../vault/records.ts";
import type { VaultView } from "../vault-view.ts";
import { GROUP_MIN } from "./add-group.tsx";
import { createDraft } from "./draft.ts";
import { EditForm } from "./edit-form.tsx";
import { nameFault, noteFault } from "./faults.ts";
import { EntryHead } from "./head.tsx";
import { createLeaving } from "./leaving.ts";
import { Members } from "./members.tsx";
import { NotStarted } from "./not-started.tsx";
import { RemoveGroup } from "./remove.tsx";
import { createSaving } from "./saving.ts";
import type { Clash } from "./stale.tsx";
import { createStart } from "./start.ts";

type GroupPageProps = { item: ItemId; record: GroupRecord; view: VaultView };

export function GroupPage(props: GroupPageProps) {
  const start = createStart(props.view);
  const members = () => membersOf(props.view.state().records, props.record);
  const not = () => {
    if (members().length < GROUP_MIN) return t("group.few");
    return members().length > CLIENTS_PER_ROOM_MAX ? t("group.many") : undefined;
  };
  const change = (clients: readonly ItemId[]) => {
    // what could not be saved is kept and said by the frame around
    const edit = { clients: [...clients] };
    editGroup(props.view.vault, props.item, props.record, edit).catch(() => undefined);
  };
  return (
    <>
      <EntryHead
        title={props.record.name}
        more={t("groupOf", members().length)}
        clients={members()}
        start={start}
        not={not()}
      />
      <NotStarted start={start} view={props.view} />
      <Card title={t("group.members")}>
        <Members view={props.view} clients={props.record.clients} linked onChange={change} />
      </Card>
      <GroupDetails {...props} />
      <RemoveGroup item={props.item} title={props.record.name} view={props.view} />
    </>
  );
}

const textsOf = ({ name, note }: GroupRecord) => ({ name, note });

function GroupDetails(props: GroupPageProps) {
  const draft = createDraft(() => props.record, textsOf);
  const fault = () => ({
    name:
      draft.texts().name.trim() === ""
        ? t("group.nameMissing")
        : nameFault(draft.texts().name, draft.before().name),
    note: noteFault(draft.texts().note, draft.before().note),
  });
  const faults = () => Object.values(fault()).filter((said) => said !== undefined);
  const isFit = () => faults().length === 0;
  const saving = createSaving({
    draft,
    isFit,
    write: () => editGroup(props.view.vault, props.item, draft.base(), draft.edit()),
    clashOf: (typed) => clashOf(typed, props.record),
  });
  const set = (field: "name" | "note") => (text: string) => {
    saving.touch();
    draft.set(field, text);
  };
  createLeaving(draft.isDirty, faults, () => {
    if (!props.view.vault.state.get().records.has(props.item)) return;
    const fit = Object.entries(draft.edit()).filter(([field]) => !fault()[field as "name" | "note"]);
    editGroup(props.view.vault, props.item, draft.base(), Object.fromEntries(fit)).catch(() => undefined);
  });
  return (
    <Card title={t("edit.title")}>
      <EditForm draft={draft} saving={saving} deleted={false}>
        <Field
          label={t("group.name")}
          name="group-name"
          value={draft.texts().name}
          onInput={set("name")}
          error={fault().name}
        />
        <TextArea
          label={t("edit.note")}
          name="note"
          value={draft.texts().note}
          onInput={set("note")}
          hint={t("edit.noteHint")}
          error={fault().note}
        />
      </EditForm>
    </Card>
  );
}

function clashOf(typed: { name: string; note: string }, { name, note }: GroupRecord): Clash {
  if (!note.includes(typed.note) || !name.includes(typed.name)) return "lost";
  return note === typed.note && name === typed.name ? null : "merged";
}
