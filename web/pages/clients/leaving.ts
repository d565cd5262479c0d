/** On the way out of an entry: what is fit is saved, and what is not holds the page once, with the reason. */
import { useBeforeLeave } from "@solidjs/router";
import { type Accessor, onCleanup } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { toast } from "../../ui/toast.tsx";

/** `faults` are sentences; `save` saves what has none. */
export function createLeaving(
  dirty: Accessor<boolean>,
  faults: Accessor<readonly string[]>,
  save: () => void,
): void {
  /** Whoever has been told and goes all the same may go. */
  let told = "";
  useBeforeLeave((event) => {
    const [why = ""] = dirty() ? faults() : [];
    if (why === "" || why === told) return;
    told = why;
    event.preventDefault();
    toast(t("edit.staysOnce", why), "trouble");
  });
  onCleanup(() => dirty() && save());
}
