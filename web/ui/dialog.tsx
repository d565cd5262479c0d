/** A dialog over the page: takes the focus, gives it back, closes by Escape and by its cross. */
import "./dialog.css";
// The parts by their own names: Kobalte hangs the parts of Dialog and AlertDialog on one and the same function.
import { CloseButton, Content, Description, Overlay, Portal, Root, Title } from "@kobalte/core/dialog";
import X from "lucide-solid/icons/x";
import { type JSX, Show } from "solid-js";
import { t } from "../i18n/common.ts";
import { createFocusBack } from "./focus-back.ts";
import { Icon } from "./icon.tsx";

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  text?: JSX.Element;
  children: JSX.Element;
};

export function Dialog(props: DialogProps) {
  const focusBack = createFocusBack(() => props.open);
  return (
    <Root open={props.open} onOpenChange={(open) => open || props.onClose()}>
      <Portal>
        <Overlay class="dialog-veil" />
        <div class="dialog-place">
          <Content class="dialog" onCloseAutoFocus={focusBack}>
            <header class="dialog-head">
              <Title class="dialog-title">{props.title}</Title>
              <CloseButton class="icon-button" aria-label={t("close")}>
                <Icon of={X} />
              </CloseButton>
            </header>
            <Show when={props.text}>
              <Description class="dialog-text">{props.text}</Description>
            </Show>
            {props.children}
          </Content>
        </div>
      </Portal>
    </Root>
  );
}
