/** Asks before something is lost. The way back has the focus first. */
import "./dialog.css";
import { Content, Description, Overlay, Portal, Root, Title } from "@kobalte/core/alert-dialog";
import { type JSX, Show } from "solid-js";
import { t } from "../i18n/common.ts";
import { Button } from "./button.tsx";
import { createFocusBack } from "./focus-back.ts";

type ConfirmProps = {
  open: boolean;
  title: string;
  text: JSX.Element;
  /** The word on the button that does it. */
  act: string;
  busy?: boolean;
  error?: string | undefined;
  onAct: () => void;
  onClose: () => void;
  children?: JSX.Element;
};

export function Confirm(props: ConfirmProps) {
  const focusBack = createFocusBack(() => props.open);
  return (
    <Root open={props.open} onOpenChange={(open) => open || props.onClose()}>
      <Portal>
        <Overlay class="dialog-veil" />
        <div class="dialog-place">
          <Content class="dialog" onCloseAutoFocus={focusBack}>
            <Title class="dialog-title">{props.title}</Title>
            <Description class="dialog-text">{props.text}</Description>
            {props.children}
            <Show when={props.error}>
              <p class="field-error" role="alert">
                {props.error}
              </p>
            </Show>
            <div class="dialog-acts">
              <Button onClick={props.onClose}>{t("cancel")}</Button>
              <Button kind="danger" busy={props.busy} onClick={props.onAct}>
                {props.act}
              </Button>
            </div>
          </Content>
        </div>
      </Portal>
    </Root>
  );
}
