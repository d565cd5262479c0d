/** All own data as one file, made in this browser: asks who it is, warns, saves. */
import { createSignal, Show } from "solid-js";
import { fetched } from "../../fetched.ts";
import { t } from "../../i18n/export.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";
import { saveFile } from "../save-file.ts";
import { Prove } from "../second/prove.tsx";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

export function ExportCard(props: { view: VaultView }) {
  const [asking, setAsking] = createSignal(false);
  const [proved, setProved] = createSignal(false);
  const begin = () => {
    setProved(false);
    setAsking(true);
  };
  const close = () => setAsking(false);
  return (
    <Card title={t("title")}>
      <p class="quiet">{t("lead")}</p>
      <div class="profile-acts">
        <Button onClick={begin}>{t("act")}</Button>
      </div>
      <Dialog open={asking()} onClose={close} title={t("act")} text={proved() ? undefined : t("note")}>
        <Show
          when={proved()}
          fallback={<Prove user={props.view.vault.owner.account} onProved={() => setProved(true)} />}
        >
          <Save view={props.view} onDone={close} />
        </Show>
      </Dialog>
    </Card>
  );
}

function Save(props: { view: VaultView; onDone: () => void }) {
  const task = createTask();
  const save = async () => {
    const made = await task.run(async () => {
      const file = await makeFile(props.view);
      const day = new Date().toISOString().slice(0, 10);
      saveFile(t("fileName", props.view.vault.owner.account, day), file);
    });
    if (!made) return;
    toast(t("saved"));
    props.onDone();
  };
  return (
    <Form
      onSubmit={() => void save()}
      error={task.error()}
      acts={
        <Button kind="main" type="submit" busy={task.busy()}>
          {t("save")}
        </Button>
      }
    >
      <Banner tone="look">{t("warning")}</Banner>
    </Form>
  );
}

/** The code for it is fetched when it is needed. */
async function makeFile(view: VaultView): Promise<Blob> {
  const [{ exportText }, { exportSources }, { gather }] = await fetched(() =>
    Promise.all([
      import("../../export/contents.ts"),
      import("../../export/sources.ts"),
      import("../../export/gather.ts"),
    ]),
  );
  const { records } = view.state();
  const vault = { records, identity: view.identity(), origin: location.origin };
  return gather(exportText(exportSources(records), vault, Date.now()), "application/json");
}
