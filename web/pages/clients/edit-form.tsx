/** Around the fields of an entry: what another device did meanwhile, and "Speichern". */
import type { Accessor, JSX } from "solid-js";
import { SaveRow } from "./save-row.tsx";
import type { Saving } from "./saving.ts";
import { Stale } from "./stale.tsx";

type EditFormProps = {
  draft: { readonly isDirty: Accessor<boolean>; readonly isStale: Accessor<boolean> };
  saving: Saving;
  deleted: boolean;
  children: JSX.Element;
};

export function EditForm(props: EditFormProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void props.saving.save();
  };
  return (
    <>
      <Stale
        clash={props.saving.clash()}
        stale={props.draft.isStale() && !props.saving.busy()}
        deleted={props.deleted}
      />
      <form class="form" novalidate onSubmit={submit}>
        {props.children}
        <SaveRow dirty={props.draft.isDirty()} busy={props.saving.busy()} saved={props.saving.saved()} />
      </form>
    </>
  );
}
