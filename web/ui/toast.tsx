/** Short notices that leave by themselves. Nothing that must be acted on stands only here. */
import "./toast.css";
import { Toast, toaster } from "@kobalte/core/toast";
import Warn from "lucide-solid/icons/circle-alert";
import Check from "lucide-solid/icons/circle-check";
import X from "lucide-solid/icons/x";
import { t } from "../i18n/common.ts";
import { Icon } from "./icon.tsx";

/** Higher: notices pile up over what people do. Lower: slow readers lose them; hover and focus stop the clock. */
const SHOWN_MS = 6000;

/** Where notices appear; once per page. */
export function Toasts() {
  return (
    <Toast.Region duration={SHOWN_MS} limit={3} aria-label={t("notices")}>
      <Toast.List as="div" class="toasts" />
    </Toast.Region>
  );
}

/** Shows `text`; `trouble` for what did not work. */
export function toast(text: string, kind: "good" | "trouble" = "good"): void {
  toaster.show((props) => (
    <Toast as="div" toastId={props.toastId} class={`toast toast-${kind}`}>
      <Icon of={kind === "good" ? Check : Warn} />
      <Toast.Description class="toast-text">{text}</Toast.Description>
      <Toast.CloseButton class="icon-button" aria-label={t("dismiss")}>
        <Icon of={X} size={18} />
      </Toast.CloseButton>
    </Toast>
  ));
}
