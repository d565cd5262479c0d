/** "Termin planen" for one shared client: the therapist's own fields, in a dialog. */
import { createEffect, createSignal, on } from "solid-js";
import { t } from "../../i18n/staff.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import type { SharedEntry } from "../../vault/work.ts";
import { newDraft, type PlanDraft, readDraft } from "../planned/plan-draft.ts";
import { PlanPanel } from "../planned/plan-panel.tsx";
import { createTask } from "../task.ts";
import type { WorkDesk } from "./work-desk.ts";

type PlanProps = { entry: SharedEntry; desk: WorkDesk; open: boolean; onClose: () => void };

export function PlanWork(props: PlanProps) {
  const task = createTask();
  const [draft, setDraft] = createSignal<PlanDraft>(newDraft());
  const [tried, setTried] = createSignal(false);
  const begin = () => {
    setDraft(newDraft());
    setTried(false);
    task.clear();
  };
  createEffect(
    on(
      () => props.open,
      (open) => open && begin(),
    ),
  );
  const faults = () => {
    const read = tried() ? readDraft(draft()) : null;
    return read && "faults" in read ? read.faults : {};
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    const read = readDraft(draft());
    if (!("starts" in read)) return;
    if (!(await task.run(() => props.desk.planned.add(read.starts, [props.entry.rids])))) return;
    toast(t("work.planned"));
    props.onClose();
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t("work.plan")}
      text={t("work.planFor", props.entry.label)}
    >
      <form novalidate onSubmit={(event) => void submit(event)}>
        <PlanPanel
          draft={draft()}
          faults={faults()}
          error={task.error()}
          busy={task.busy()}
          onDraft={setDraft}
          onCancel={props.onClose}
        />
      </form>
    </Dialog>
  );
}
