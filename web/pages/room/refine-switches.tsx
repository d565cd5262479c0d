/** "Hintergrund unscharf" and "Geräusche mindern" as switches before the call. Hidden where the browser cannot. */
import { For } from "solid-js";
import { t } from "../../i18n/refine.ts";
import { Switch } from "../../ui/switch.tsx";
import { able, type RefineView } from "./use-refine.ts";

export function RefineSwitches(props: { view: RefineView }) {
  return (
    <For each={able(props.view)}>
      {({ kind, state, refinement }, index) => (
        <Switch
          label={t(kind)}
          {...(index() === able(props.view).length - 1 ? { hint: t("where") } : {})}
          checked={state().on}
          onChange={(on) => refinement.set(on)}
        />
      )}
    </For>
  );
}
