/** The practice's logo in the profile: what clients see now, another one, or none any more (journey 11). */
import "./logo-card.css";
import { createMemo, createSignal, Show } from "solid-js";
import type { Logo } from "../../../wire/brand.ts";
import { brandApi } from "../../api/vault.ts";
import { t } from "../../i18n/logo-upload.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { toast } from "../../ui/toast.tsx";
import { brandOf, removeLogo } from "../../vault/brand.ts";
import { LogoPicture } from "../logo/logo-picture.tsx";
import { createPracticeLogo } from "../logo/practice-logo.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { LogoDialog } from "./logo-dialog.tsx";

export function LogoCard(props: { view: VaultView }) {
  const [asked, setAsked] = createSignal<"upload" | "remove" | null>(null);
  const brand = createMemo(() => brandOf(props.view.state().records));
  const logo = () => brand()?.logo ?? null;
  return (
    <Card title={t("title")}>
      <Show when={logo()} fallback={<p class="quiet">{t("none")}</p>}>
        {(shown) => <Now logo={shown()} view={props.view} />}
      </Show>
      <div class="profile-acts">
        <Button onClick={() => setAsked("upload")}>{logo() ? t("replace") : t("upload")}</Button>
        <Show when={logo()}>
          <Button kind="plain" onClick={() => setAsked("remove")}>
            {t("remove")}
          </Button>
        </Show>
      </div>
      <LogoDialog open={asked() === "upload"} vault={props.view.vault} onClose={() => setAsked(null)} />
      <Remove open={asked() === "remove"} view={props.view} onClose={() => setAsked(null)} />
    </Card>
  );
}

/** As clients get it: fetched from the server and opened. */
function Now(props: { logo: Logo; view: VaultView }) {
  const shown = createPracticeLogo(() => brandOf(props.view.state().records));
  return (
    <>
      <div class="logo-now" data-testid="own-logo">
        <Show when={shown.shown()} fallback={<Missing why={shown.absent()} />}>
          {(picture) => <LogoPicture shown={picture()} onBroken={shown.drop} />}
        </Show>
      </div>
      <p class="quiet">{t("shown", props.logo.width, props.logo.height)}</p>
    </>
  );
}

function Missing(props: { why: "none" | "away" | "damaged" | null }) {
  return <Show when={props.why}>{(why) => <p>{why() === "away" ? t("away") : t("missing")}</p>}</Show>;
}

function Remove(props: { open: boolean; view: VaultView; onClose: () => void }) {
  const task = createTask();
  const remove = async () => {
    if (!(await task.run(() => removeLogo(props.view.vault, brandApi, Date.now())))) return;
    props.onClose();
    toast(t("removed"));
  };
  return (
    <Confirm
      open={props.open}
      title={t("remove")}
      text={t("removeText")}
      act={t("removeAct")}
      busy={task.busy()}
      error={task.error()}
      onAct={() => void remove()}
      onClose={props.onClose}
    />
  );
}
