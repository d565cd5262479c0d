/** "Hintergrund unscharf" and "Geräusche mindern" in the room's menu. Hidden where the browser cannot. */
import Aperture from "lucide-solid/icons/aperture";
import { For, Show } from "solid-js";
import { t } from "../../i18n/refine.ts";
import { MenuGroup, MenuLine, MenuSwitch } from "../../ui/menu.tsx";
import { able, type RefineView } from "./use-refine.ts";

/** With a line above. */
export function RefineItems(props: { view: RefineView }) {
  return (
    <Show when={able(props.view).length > 0}>
      <MenuLine />
      <MenuGroup title={t("title")} icon={Aperture}>
        <For each={able(props.view)}>
          {({ kind, state, refinement }) => (
            <MenuSwitch checked={state().on} onChange={(on) => refinement.set(on)}>
              {kind === "camera" ? t("camera") : t("microphone")}
            </MenuSwitch>
          )}
        </For>
      </MenuGroup>
    </Show>
  );
}
