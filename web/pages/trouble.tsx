/** What the therapist must know about the vault on every page: unsaved changes, and a server that took something away. */
import { Show } from "solid-js";
import { t } from "../i18n/app.ts";
import { sayError } from "../i18n/errors.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { ensureIdentity } from "../vault/clients.ts";
import { Refused } from "../vault/remote.ts";
import { createTask } from "./task.ts";
import { createVaultView } from "./vault-view.ts";

export default function VaultTrouble() {
  const { vault, state } = createVaultView();
  const task = createTask();
  const accept = async () => {
    await vault.accept();
    // A vault that was emptied has no identity key any more; links made from now on name the new one.
    await ensureIdentity(vault, Date.now());
  };
  const unsaved = () => {
    const { saving } = state();
    return saving.state === "unsaved" ? saving.why : null;
  };
  return (
    <>
      <Show when={state().trouble}>
        {(trouble) => (
          <Banner
            tone="loss"
            title={trouble().older ? t("trouble.older") : t("trouble.lost", trouble().lost)}
            act={
              <Button small busy={task.busy()} onClick={() => void task.run(accept)}>
                {t("trouble.accept")}
              </Button>
            }
          >
            {trouble().older ? t("trouble.olderText") : t("trouble.lostText")} {task.error()}
          </Banner>
        )}
      </Show>
      <Show when={unsaved()}>
        {(why) => (
          <Banner
            tone="look"
            title={t("trouble.unsaved")}
            act={
              <Button small busy={task.busy()} onClick={() => void task.run(() => vault.save())}>
                {t("trouble.save")}
              </Button>
            }
          >
            {sayError(new Refused(why()))}
          </Banner>
        )}
      </Show>
    </>
  );
}
