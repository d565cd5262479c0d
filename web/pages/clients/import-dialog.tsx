/** "Datei einlesen": choose, open, look, agree. */
import { createSignal, Match, Show, Switch } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FileButton } from "../../ui/file-button.tsx";
import { Form } from "../../ui/form.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { stretch } from "../../vault/argon.ts";
import { incomingOfFile } from "../../vault/file/incoming.ts";
import { openContents } from "../../vault/file/sealed.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { ImportPreview } from "./import-preview.tsx";
import { look, type Ready, type Step, type Unfit, unfitOf } from "./import-steps.ts";

type ImportProps = { open: boolean; view: VaultView; onClose: () => void };

export default function ImportDialog(props: ImportProps) {
  const [step, setStep] = createSignal<Step>({ at: "choose", unfit: null });
  const close = () => {
    setStep({ at: "choose", unfit: null });
    props.onClose();
  };
  const choosing = () => {
    const now = step();
    return now.at === "choose" ? now : null;
  };
  const opening = () => {
    const now = step();
    return now.at === "open" ? now : null;
  };
  const ready = () => {
    const now = step();
    return now.at === "ready" ? now : null;
  };
  return (
    <Dialog
      open={props.open}
      onClose={close}
      title={t("file.read")}
      text={<Show when={choosing()}>{t("file.readText")}</Show>}
    >
      <Switch>
        <Match when={choosing()}>{(now) => <Choose unfit={now().unfit} onStep={setStep} />}</Match>
        <Match when={opening()}>{(now) => <Open step={now()} view={props.view} onStep={setStep} />}</Match>
        <Match when={ready()}>
          {(now) => (
            <ImportPreview
              file={now()}
              view={props.view}
              onDone={close}
              onUnfit={(unfit) => setStep({ at: "choose", unfit })}
            />
          )}
        </Match>
      </Switch>
    </Dialog>
  );
}

function Choose(props: { unfit: Unfit | null; onStep: (step: Step) => void }) {
  const task = createTask();
  const choose = (file: File) => task.run(async () => props.onStep(await look(file, Date.now())));
  return (
    <>
      <Why unfit={props.unfit} />
      <div class="dialog-acts">
        <FileButton
          kind="main"
          words={t("file.choose")}
          accept=".kartei,.csv,text/csv"
          busy={task.busy()}
          onFile={(file) => void choose(file)}
        />
      </div>
    </>
  );
}

function Why(props: { unfit: Unfit | null }) {
  return <Show when={props.unfit}>{(why) => <Banner tone="loss">{t(`file.${why()}`)}</Banner>}</Show>;
}

type OpenProps = {
  step: Extract<Step, { at: "open" }>;
  view: VaultView;
  onStep: (step: Step) => void;
};

function Open(props: OpenProps) {
  const task = createTask();
  const [typed, setTyped] = createSignal("");
  const open = () =>
    task.run(async () => {
      const { step, view } = props;
      try {
        const file = await openContents(step.bytes, typed(), stretch);
        props.onStep(file ? readyOf(step.name, incomingOfFile(file, fingerprintOf(view))) : later);
      } catch (error) {
        const unfit = unfitOf(error);
        props.onStep(unfit === "wrong" ? { ...step, unfit } : { at: "choose", unfit });
      }
    });
  return (
    <Form
      onSubmit={() => void open()}
      error={task.error()}
      acts={
        <>
          <Button kind="main" type="submit" busy={task.busy()}>
            {t("file.open")}
          </Button>
          <Button onClick={() => props.onStep({ at: "choose", unfit: null })}>{t("file.another")}</Button>
        </>
      }
    >
      <p>{t("file.openText", props.step.name)}</p>
      <PasswordField
        label={t("file.openLabel")}
        name="file-password"
        autocomplete="off"
        required
        autofocus
        value={typed()}
        onInput={setTyped}
        error={props.step.unfit === "wrong" && !task.busy() ? t("file.wrong") : undefined}
      />
    </Form>
  );
}

const later: Step = { at: "choose", unfit: "later" };

function readyOf(name: string, incoming: Ready["incoming"]): Ready {
  return { at: "ready", name, incoming, skipped: null };
}

function fingerprintOf(view: VaultView) {
  const fingerprint = view.identity()?.fingerprint;
  return fingerprint ? Uint8Array.from(fingerprint) : null;
}
