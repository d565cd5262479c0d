/** A dialog over the page: takes the focus, gives it back, closes by Escape and by its cross. */
import "./dialog.css";
import { Dialog as Base } from "@kobalte/core/dialog";
import X from "lucide-solid/icons/x";
import { type JSX, Show } from "solid-js";
import { t } from "../i18n/common.ts";
import { Icon } from "./icon.tsx";

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  text?: JSX.Element;
  children: JSX.Element;
};

export function Dialog(props: DialogProps) {
  return (
    <Base open={props.open} onOpenChange={(open) => open || props.onClose()}>
      <Base.Portal>
        <Base.Overlay class="dialog-veil" />
        <div class="dialog-place">
          <Base.Content class="dialog">
            <header class="dialog-head">
              <Base.Title class="dialog-title">{props.title}</Base.Title>
              <Base.CloseButton class="icon-button" aria-label={t("close")}>
                <Icon of={X} />
              </Base.CloseButton>
            </header>
            <Show when={props.text}>
              <Base.Description class="dialog-text">{props.text}</Base.Description>
            </Show>
            {props.children}
          </Base.Content>
        </div>
      </Base.Portal>
    </Base>
  );
}
