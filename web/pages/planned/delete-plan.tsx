/** "Löschen": asks first, and of a series also whether the later dates go too. */
import { createSignal, Show } from "solid-js";
import type { PlannedCall } from "../../../wire/planned.ts";
import { t } from "../../i18n/planned.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Refused } from "../../vault/remote.ts";
import { createTask } from "../task.ts";
import { laterOf, type PlannedDesk } from "./planned-desk.ts";

type DeleteProps = {
  plan: PlannedCall;
  planned: Pick<PlannedDesk, "list" | "remove" | "refresh">;
  who: string;
  when: string;
};

export function DeletePlan(props: DeleteProps) {
  const task = createTask();
  const [asking, setAsking] = createSignal(false);
  const [which, setWhich] = createSignal<"one" | "later">("one");
  const later = () => laterOf(props.planned.list() ?? [], props.plan).length;
  const remove = async () => {
    if (await task.run(() => props.planned.remove(props.plan, which() === "later")))
      return void setAsking(false);
    const why = task.fault();
    // gone already is what was wanted
    if (why instanceof Refused && why.code === "planned.unknown")
      await props.planned.refresh().catch(() => undefined);
  };
  const options = () => [
    { value: "one" as const, label: t("remove.one") },
    { value: "later" as const, label: t("remove.later", later()) },
  ];
  return (
    <>
      <Button label={t("remove.label", props.who, props.when)} onClick={() => setAsking(true)}>
        {t("remove.act")}
      </Button>
      <Confirm
        open={asking()}
        title={t("remove.title")}
        text={`${props.who}, ${props.when}. ${t("remove.text")}`}
        act={t("remove.act")}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void remove()}
        onClose={() => setAsking(false)}
      >
        <Show when={later() > 1}>
          <Choice label={t("remove.which")} options={options()} value={which()} onChange={setWhich} />
        </Show>
      </Confirm>
    </>
  );
}
