/** Another time for one planned call. */
import { createEffect, createSignal, on } from "solid-js";
import type { PlannedCall } from "../../../wire/planned.ts";
import { t } from "../../i18n/planned.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { createTask } from "../task.ts";
import { startsOf, type Typed, typedOf } from "./dates.ts";
import { type DraftFaults, faultsOf, hereZone } from "./plan-draft.ts";
import type { PlannedDesk } from "./planned-desk.ts";
import { WhenFields } from "./when-fields.tsx";

type MoveProps = {
  plan: PlannedCall;
  planned: Pick<PlannedDesk, "move">;
  who: string;
  open: boolean;
  onClose: () => void;
};

export function MovePlan(props: MoveProps) {
  const task = createTask();
  const now = () => typedOf(props.plan.startsAt, hereZone());
  const [typed, setTyped] = createSignal<Typed>(now());
  const [faults, setFaults] = createSignal<DraftFaults>({});
  const begin = () => {
    setTyped(now());
    setFaults({});
    task.clear();
  };
  createEffect(
    on(
      () => props.open,
      (open) => open && begin(),
    ),
  );
  const save = async () => {
    const made = startsOf(typed(), 1, hereZone(), Date.now());
    setFaults("fault" in made ? faultsOf(made.fault) : {});
    const [at] = "starts" in made ? made.starts : [];
    if (at !== undefined && (await task.run(() => props.planned.move(props.plan.plan, at)))) props.onClose();
  };
  const text = () =>
    [t("move.text", props.who), props.plan.series === null ? "" : t("move.series")].join(" ");
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t("move.title")} text={text()}>
      <Form
        onSubmit={() => void save()}
        error={task.error()}
        acts={
          <Button kind="main" type="submit" busy={task.busy()}>
            {t("move.save")}
          </Button>
        }
      >
        <WhenFields typed={typed()} faults={faults()} onTyped={setTyped} />
      </Form>
    </Dialog>
  );
}
