/** "Bild auswählen" and "Hochladen": the picture is prepared in this browser and shown as clients will see it, before it is sealed
 * and goes anywhere. */
import "./logo-card.css";
import { createSignal, onCleanup, Show } from "solid-js";
import { brandApi } from "../../api/vault.ts";
import { language } from "../../i18n/language.ts";
import { t } from "../../i18n/logo-upload.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { Switch } from "../../ui/switch.tsx";
import { toast } from "../../ui/toast.tsx";
import { showLogo } from "../../vault/brand.ts";
import type { Vault } from "../../vault/vault.ts";
import { createTask } from "../task.ts";
import { createChosen } from "./chosen.ts";
import { LogoPreview } from "./logo-preview.tsx";

type LogoDialogProps = { open: boolean; vault: Vault; onClose: () => void };

export function LogoDialog(props: LogoDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t("upload")} text={t("dialogText")}>
      <Inside {...props} />
    </Dialog>
  );
}

function Inside(props: LogoDialogProps) {
  let picker: HTMLInputElement | undefined;
  const chosen = createChosen();
  onCleanup(chosen.close);
  const [isEarly, setEarly] = createSignal(false);
  const task = createTask();
  const choose = () => {
    const file = picker?.files?.[0];
    if (picker) picker.value = "";
    setEarly(false);
    task.clear();
    if (file) void chosen.choose(file);
  };
  const upload = async () => {
    const picture = chosen.picture();
    setEarly(picture === null && chosen.fault() === null);
    if (picture === null) return;
    const how = { remote: brandApi, locale: language(), now: Date.now() };
    if (!(await task.run(() => showLogo(props.vault, picture, how)))) return;
    props.onClose();
    toast(t("uploaded"));
  };
  return (
    <div class="logo-dialog">
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t("choose")}
        data-testid="logo-file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        onChange={choose}
      />
      <Show when={chosen.picture()}>
        {(picture) => <LogoPreview picture={picture()} isReduced={chosen.isReduced()} />}
      </Show>
      <Show when={chosen.look()?.clear}>
        <Switch
          label={t("plate")}
          hint={t("plateHint")}
          checked={chosen.plate()}
          onChange={(on) => void chosen.setPlate(on)}
        />
      </Show>
      <Show when={chosen.isBusy() && chosen.picture() === null}>
        <Spinner label={t("working")} />
      </Show>
      <Show when={chosen.fault()}>{(why) => <Banner tone="loss">{t(`fault.${why()}`)}</Banner>}</Show>
      <Show when={isEarly()}>
        <Banner tone="look">{t("first")}</Banner>
      </Show>
      <Show when={task.error()}>
        <Banner tone="loss">{task.error()}</Banner>
      </Show>
      <div class="dialog-acts">
        <Button kind={chosen.picture() ? "quiet" : "main"} onClick={() => picker?.click()}>
          {chosen.picture() ? t("chooseOther") : t("choose")}
        </Button>
        <Button
          kind={chosen.picture() ? "main" : "quiet"}
          busy={task.busy() || chosen.isBusy()}
          onClick={() => void upload()}
        >
          {t("act")}
        </Button>
      </div>
    </div>
  );
}
