/** The therapist's button "Werkzeuge" among the controls, and the place of what it opens; the tools themselves are fetched on use. */

import Board from "lucide-solid/icons/pencil-line";
import Tools from "lucide-solid/icons/shapes";
import Scale from "lucide-solid/icons/sliders-horizontal";
import Breath from "lucide-solid/icons/wind";
import { createSignal, lazy, Show, Suspense } from "solid-js";
import type { HostTools } from "../../../call/tools-host.ts";
import { fetched } from "../../../fetched.ts";
import { t } from "../../../i18n/tools.ts";
import { Icon } from "../../../ui/icon.tsx";
import { Menu, MenuItem } from "../../../ui/menu.tsx";
import { Whole } from "../../../ui/whole.tsx";
import { watched } from "../watched.ts";

const Page = lazy(() => fetched(() => import("./host-tools.tsx")));

/** Chosen in the menu, not yet shown to anybody. */
export type Draft = "scale" | "breath" | null;

/** The button and the place are apart in the page, so what they share is made here. */
export function createHostTools(tools: HostTools) {
  const [draft, setDraft] = createSignal<Draft>(null);
  const state = watched(tools.state);
  const board = watched(tools.board.state);
  const isOpen = () =>
    draft() !== null || state().scale !== null || state().breath !== null || board().id !== null;
  const Button = () => (
    <div class="fades">
      <Menu
        label={t("menu")}
        class="icon-button icon-button-round"
        placement="top-end"
        trigger={<Icon of={Tools} size={24} />}
      >
        <MenuItem icon={Scale} onSelect={() => setDraft("scale")}>
          {t("scale.name")}
        </MenuItem>
        <MenuItem icon={Breath} onSelect={() => setDraft("breath")}>
          {t("breath.name")}
        </MenuItem>
        <MenuItem icon={Board} disabled={board().id !== null} onSelect={() => tools.openBoard()}>
          {t("board.name")}
        </MenuItem>
      </Menu>
    </div>
  );
  const Place = (props: { nameOf: (slot: number) => string }) => (
    <Show when={isOpen()}>
      <Whole place="tools">
        <Suspense>
          <Page
            tools={tools}
            state={state()}
            board={board()}
            draft={draft()}
            onDraft={setDraft}
            nameOf={props.nameOf}
          />
        </Suspense>
      </Whole>
    </Show>
  );
  return { Button, Place };
}
