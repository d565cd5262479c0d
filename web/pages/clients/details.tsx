/** Name, ID and note of a client, with one "Speichern"; leaving saves too, so that nothing typed is lost. */
import { createEffect } from "solid-js";
import type { ItemId } from "../../../wire/ids.ts";
import { CLIENT_ID_MAX } from "../../../wire/names.ts";
import { t } from "../../i18n/clients.ts";
import { Card } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { toast } from "../../ui/toast.tsx";
import { type ClientEdit, editClient, faultOfId } from "../../vault/entries.ts";
import type { ClientRecord } from "../../vault/records.ts";
import { titleOf } from "../../vault/search.ts";
import type { VaultView } from "../vault-view.ts";
import { createDraft } from "./draft.ts";
import { EditForm } from "./edit-form.tsx";
import { nameFault, noteFault, sayIdFault } from "./faults.ts";
import { createLeaving } from "./leaving.ts";
import { createSaving } from "./saving.ts";
import type { Clash } from "./stale.tsx";

type DetailsProps = {
  item: ItemId;
  /** The newest form of the entry; the last one where it was deleted. */
  record: ClientRecord;
  deleted: boolean;
  view: VaultView;
  onDirty: (dirty: boolean) => void;
};

const textsOf = ({ id, name, note }: ClientRecord) => ({ id, name: name ?? "", note });

export function Details(props: DetailsProps) {
  const draft = createDraft(() => props.record, textsOf);
  const idFault = () =>
    draft.texts().id === draft.before().id
      ? undefined
      : sayIdFault(faultOfId(props.view.state().records, draft.texts().id, props.item));
  const fault = () => ({
    id: idFault(),
    name: nameFault(draft.texts().name, draft.before().name),
    note: noteFault(draft.texts().note, draft.before().note),
  });
  const faults = () => Object.values(fault()).filter((said) => said !== undefined);
  const isFit = () => faults().length === 0;
  const edit = () => editOf(draft.edit());
  const saving = createSaving({
    draft,
    isFit,
    write: () => editClient(props.view.vault, props.item, draft.base(), edit()),
    clashOf: (typed) => clashOf(typed, props.record),
  });
  createEffect(() => props.onDirty(draft.isDirty()));
  const set = (field: "id" | "name" | "note") => (text: string) => {
    saving.touch();
    draft.set(field, text);
  };
  createLeaving(draft.isDirty, faults, () => {
    // deleted here a moment ago, or elsewhere: leaving brings nothing back
    if (!props.view.vault.state.get().records.has(props.item)) return;
    const fit = Object.entries(draft.edit()).filter(([field]) => !fault()[field as keyof ClientEdit]);
    if (fit.length === 0) return;
    const typed = editOf(Object.fromEntries(fit));
    editClient(props.view.vault, props.item, draft.base(), typed).catch(() => undefined);
    toast(t("edit.savedOnLeave", titleOf(props.record)));
  });
  return (
    <Card title={t("edit.title")}>
      <EditForm draft={draft} saving={saving} deleted={props.deleted}>
        <Field
          label={t("edit.name")}
          optional
          name="client-name"
          value={draft.texts().name}
          onInput={set("name")}
          hint={t("edit.nameHint")}
          error={fault().name}
        />
        <Field
          label={t("edit.id")}
          plain
          name="client-id"
          maxLength={2 * CLIENT_ID_MAX}
          value={draft.texts().id}
          onInput={set("id")}
          hint={t(props.record.code === null ? "edit.idHintCode" : "edit.idHint")}
          error={fault().id}
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

function editOf({ id, name, note }: Partial<ReturnType<typeof textsOf>>): ClientEdit {
  return {
    ...(id === undefined ? {} : { id: id.normalize("NFKC").trim() }),
    ...(name === undefined ? {} : { name: name.trim() || null }),
    ...(note === undefined ? {} : { note }),
  };
}

/** What became of the texts beside those of another device. */
function clashOf(typed: ReturnType<typeof textsOf>, { id, name, note }: ClientRecord): Clash {
  if (!note.includes(typed.note) || !(name ?? "").includes(typed.name.trim())) return "lost";
  const isSame = note === typed.note && (name ?? "") === typed.name.trim();
  return isSame && id === typed.id.normalize("NFKC").trim() ? null : "merged";
}
