/** Spare codes, shown once: printed, saved, or copied by hand. */
import "./spare-sheet.css";
import Download from "lucide-solid/icons/download";
import Printer from "lucide-solid/icons/printer";
import { For } from "solid-js";
import { t } from "../../i18n/second-factor.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { saveText } from "../account/save-text.ts";

export function SpareSheet(props: { user: string; codes: readonly string[]; onDone: () => void }) {
  const lines = () => props.codes.join("\n");
  const save = () => saveText(t("spares.fileName"), t("spares.file", props.user, lines(), location.origin));
  return (
    <div class="spares">
      <p>{t("spares.why")}</p>
      <div class="spares-paper">
        <p class="spares-user">
          {t("spares.title")} · {props.user}
        </p>
        <ol class="spares-codes" translate="no">
          <For each={props.codes}>{(code) => <li class="spares-code">{code}</li>}</For>
        </ol>
      </div>
      <div class="spares-acts">
        <Button icon={Printer} onClick={() => print()}>
          {t("spares.print")}
        </Button>
        <Button icon={Download} onClick={save}>
          {t("spares.save")}
        </Button>
        <CopyButton text={lines()} />
      </div>
      <div class="form-acts">
        <Button kind="main" onClick={props.onDone}>
          {t("spares.done")}
        </Button>
      </div>
    </div>
  );
}
