/** "Ansicht", top right: how the others are laid out, the small window, the whole screen, and the own picture. Fetched with the room. */

import Bell from "lucide-solid/icons/bell";
import BellOff from "lucide-solid/icons/bell-off";
import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import Grid from "lucide-solid/icons/layout-grid";
import Maximize from "lucide-solid/icons/maximize";
import Minimize from "lucide-solid/icons/minimize";
import Small from "lucide-solid/icons/picture-in-picture-2";
import { Show } from "solid-js";
import { t as line } from "../../i18n/line.ts";
import { t } from "../../i18n/sight.ts";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../../ui/menu.tsx";
import type { FullScreen } from "./full-screen.ts";
import type { Layout, Sight } from "./sight.ts";
import { tonesOn, wantTones } from "./tones.ts";
import { keyOf } from "./use-shortcuts.ts";

type ViewMenuProps = {
  sight: Sight;
  full: FullScreen;
  /** Two people, or several: the words differ. */
  pair: boolean;
  /** The picture of the other that the small window would show; a canvas cannot go there. */
  picture: () => HTMLVideoElement | null;
};

export default function ViewMenu(props: ViewMenuProps) {
  const options = () => {
    const alike = props.pair ? t("side") : t("grid");
    return [
      { value: "speaker", label: t("speaker") },
      { value: "grid", label: alike },
      { value: "eye", label: t("eye") },
    ];
  };
  return (
    <Menu
      label={t("menu")}
      class="icon-button room-view-button"
      placement="bottom-end"
      trigger={<Icon of={Grid} size={20} />}
    >
      <MenuChoice
        title={t("people")}
        options={options()}
        value={props.sight.layout()}
        onChoose={(layout) => props.sight.choose(layout as Layout)}
      />
      <MenuLine />
      <SelfItem sight={props.sight} />
      <SmallWindow picture={props.picture} />
      <Show when={props.full.can}>
        <FullItem full={props.full} />
      </Show>
      <MenuItem icon={tonesOn() ? Bell : BellOff} onSelect={() => wantTones(!tonesOn())}>
        {tonesOn() ? line("tonesOff") : line("tonesOn")}
      </MenuItem>
    </Menu>
  );
}

function FullItem(props: { full: FullScreen }) {
  const words = () => (props.full.isOn() ? t("fullOff") : t("full"));
  const key = () => keyOf("full");
  return (
    <MenuItem icon={props.full.isOn() ? Minimize : Maximize} onSelect={props.full.toggle}>
      {key() ? t("byKey", words(), key() ?? "") : words()}
    </MenuItem>
  );
}

function SelfItem(props: { sight: Sight }) {
  return (
    <Show
      when={props.sight.selfAway()}
      fallback={
        <MenuItem icon={EyeOff} onSelect={() => props.sight.hideSelf()}>
          {t("hideSelf")}
        </MenuItem>
      }
    >
      <MenuItem icon={Eye} onSelect={() => props.sight.showSelf()}>
        {t("showSelf")}
      </MenuItem>
    </Show>
  );
}

/** Looked at whenever the menu opens: whether there is a picture, and whether it is in the small window already. */
function SmallWindow(props: { picture: ViewMenuProps["picture"] }) {
  const video = document.pictureInPictureEnabled ? props.picture() : null;
  const isOut = document.pictureInPictureElement != null;
  const toggle = () => {
    const done = isOut ? document.exitPictureInPicture() : video?.requestPictureInPicture();
    // a browser may say no: the room stays as it is
    Promise.resolve(done).catch(() => undefined);
  };
  return (
    <Show when={video !== null || isOut}>
      <MenuItem icon={Small} onSelect={toggle}>
        {isOut ? t("pictureOff") : t("picture")}
      </MenuItem>
    </Show>
  );
}
