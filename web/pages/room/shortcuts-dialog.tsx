/** "Tastenkürzel": which key does what, and the switch that turns them off. Fetched when somebody looks. */
import "./shortcuts-dialog.css";
import { For } from "solid-js";
import { t } from "../../i18n/by-ear.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Switch } from "../../ui/switch.tsx";
import { type Act, KEYS } from "./shortcuts.ts";
import { areOn, show, switchKeys } from "./use-shortcuts.ts";

type ShortcutsProps = {
  /** What this room can do. */
  acts: readonly Act[];
};

export default function ShortcutsDialog(props: ShortcutsProps) {
  return (
    <Dialog open onClose={() => show(false)} title={t("keys.title")} text={t("keys.text")}>
      <dl class="keys" classList={{ "keys-off": !areOn() }}>
        <For each={props.acts}>
          {(act) => (
            <div>
              <dt>{t(`keys.${act}`)}</dt>
              <dd>
                <kbd>{KEYS[act].toUpperCase()}</kbd>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <Switch label={t("keys.switch")} hint={t("keys.switchHint")} checked={areOn()} onChange={switchKeys} />
    </Dialog>
  );
}
