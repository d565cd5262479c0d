/** "Als Datei sichern": encrypted under seven words, or as a table, with a plain word about what that means. */
import { createSignal, Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { language } from "../../i18n/language.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";
import { stretch } from "../../vault/argon.ts";
import { contentsOf } from "../../vault/file/contents.ts";
import { csvOf, type Heads } from "../../vault/file/csv.ts";
import { sealContents } from "../../vault/file/sealed.ts";
import { entriesOf } from "../../vault/search.ts";
import { createPasswordChoice, type PasswordChoice } from "../account/password-choice.tsx";
import { saveFile } from "../save-file.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { FilePhrase } from "./file-phrase.tsx";

type ExportProps = { open: boolean; view: VaultView; onClose: () => void };

export default function ExportDialog(props: ExportProps) {
  const count = () => entriesOf(props.view.state().records).length;
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t("file.save")}
      text={t("file.saveText", t("found", count()))}
    >
      <ExportForm view={props.view} onDone={props.onClose} />
    </Dialog>
  );
}

type Kind = "sealed" | "table";

function ExportForm(props: { view: VaultView; onDone: () => void }) {
  const [kind, setKind] = createSignal<Kind>("sealed");
  const choice = createPasswordChoice();
  const task = createTask();
  const save = async () => {
    if (kind() === "table") return saveFile(nameOf("csv"), tableOf(props.view));
    saveFile(nameOf("kartei"), await sealedOf(props.view, choice));
  };
  const submit = async () => {
    const isFit = kind() === "table" || (await choice.check([props.view.vault.owner.account]));
    if (!isFit || !(await task.run(save))) return;
    toast(t("file.savedAct"));
    props.onDone();
  };
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <Button kind="main" type="submit" busy={task.busy()}>
          {t("file.saveAct")}
        </Button>
      }
    >
      <Choice<Kind>
        label={t("file.kind")}
        options={[
          { value: "sealed", label: t("file.sealed") },
          { value: "table", label: t("file.table") },
        ]}
        value={kind()}
        onChange={setKind}
      />
      <Show when={kind() === "sealed"} fallback={<Unsealed />}>
        <FilePhrase choice={choice} />
      </Show>
    </Form>
  );
}

function Unsealed() {
  return (
    <Banner tone="loss" title={t("file.plainTitle")}>
      {t("file.plain")}
    </Banner>
  );
}

async function sealedOf(view: VaultView, choice: PasswordChoice): Promise<Blob> {
  // without an identity no link was ever made
  const fingerprint = view.identity()?.fingerprint ?? new Uint8Array(16);
  const contents = contentsOf(view.state().records, Uint8Array.from(fingerprint), Date.now());
  return new Blob([await sealContents(contents, choice.password(), stretch)]);
}

function tableOf(view: VaultView): Blob {
  const delimiter = language() === "de" ? ";" : ",";
  const heads: Heads = [
    t("file.heads.id"),
    t("file.heads.name"),
    t("file.heads.note"),
    t("file.heads.code"),
    t("file.heads.link"),
    t("file.heads.groups"),
  ];
  const text = csvOf(view.state().records, view.identity(), location.origin, heads, delimiter);
  return new Blob([text], { type: "text/csv;charset=utf-8" });
}

const nameOf = (end: string) => t("file.name", new Date().toISOString().slice(0, 10), end);
