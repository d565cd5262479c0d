/** The recovery key, shown once: printed or saved, and proven by typing two of its eight groups. */
import "./recovery-sheet.css";
import Download from "lucide-solid/icons/download";
import Printer from "lucide-solid/icons/printer";
import { createSignal, For } from "solid-js";
import { formatRecovery, isRecoveryGroup, recoveryGroups } from "../../../wasm/recovery.ts";
import type { Bytes } from "../../../wire/bytes.ts";
import { t } from "../../i18n/account.ts";
import { t as common } from "../../i18n/common.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { saveText } from "./save-text.ts";

/** Two places out of eight, in order: one from each half. */
export function askedGroups(random: () => number = Math.random): readonly [number, number] {
  return [Math.floor(random() * 4), 4 + Math.floor(random() * 4)];
}

type RecoverySheetProps = {
  user: string;
  recovery: Bytes;
  /** The word on the button that goes on. */
  act: string;
  busy: boolean;
  error: string;
  onBack: () => void;
  onConfirm: () => void;
};

export function RecoverySheet(props: RecoverySheetProps) {
  const groups = () => recoveryGroups(props.recovery);
  const asked = askedGroups();
  const [typed, setTyped] = createSignal(["", ""]);
  const [tried, setTried] = createSignal(false);
  const right = (n: 0 | 1) => isRecoveryGroup(typed()[n] ?? "", groups()[asked[n]] ?? "-");
  const type = (n: 0 | 1, text: string) => setTyped(typed().map((old, at) => (at === n ? text : old)));
  const confirm = () => {
    setTried(true);
    if (right(0) && right(1)) props.onConfirm();
  };
  const save = () =>
    saveText(
      t("recovery.fileName"),
      t("recovery.file", props.user, formatRecovery(props.recovery), location.origin),
    );
  const Group = (at: { n: 0 | 1 }) => (
    <Field
      label={t("recovery.group", asked[at.n] + 1)}
      value={typed()[at.n] ?? ""}
      onInput={(text) => type(at.n, text)}
      error={tried() && !right(at.n) ? t("recovery.groupWrong") : undefined}
      maxLength={9}
      plain
      mono
    />
  );
  return (
    <div class="sheet">
      <p>{t("recovery.why")}</p>
      <Groups groups={groups()} user={props.user} />
      <div class="sheet-acts">
        <Button icon={Printer} onClick={() => print()}>
          {t("recovery.print")}
        </Button>
        <Button icon={Download} onClick={save}>
          {t("recovery.save")}
        </Button>
      </div>
      <Form
        onSubmit={confirm}
        error={props.error}
        acts={
          <>
            <Button kind="main" type="submit" busy={props.busy}>
              {props.act}
            </Button>
            <Button kind="plain" onClick={props.onBack}>
              {common("back")}
            </Button>
          </>
        }
      >
        <p class="sheet-ask">{t("recovery.confirm")}</p>
        <div class="sheet-fields">
          <Group n={0} />
          <Group n={1} />
        </div>
      </Form>
    </div>
  );
}

function Groups(props: { groups: readonly string[]; user: string }) {
  return (
    <div class="sheet-paper">
      <p class="sheet-user">
        {t("recovery.title")} · {props.user}
      </p>
      <ol class="sheet-groups">
        <For each={props.groups}>
          {(group, at) => (
            <li class="sheet-group">
              <span class="sheet-number" aria-hidden="true">
                {at() + 1}
              </span>
              {group}
            </li>
          )}
        </For>
      </ol>
    </div>
  );
}
