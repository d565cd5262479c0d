/** Giving a program access: its name, what it may do, and then the data it needs, shown this once. */
import { createSignal, Show } from "solid-js";
import { LABEL_MAX, SCOPES, type Scope } from "../../../wire/api.ts";
import { base64url } from "../../../wire/bytes.ts";
import { tokensApi } from "../../api/software.ts";
import { t } from "../../i18n/software.ts";
import { Button } from "../../ui/button.tsx";
import { Checks } from "../../ui/checks.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { keepPairing, newPairing } from "../../vault/pairings.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { type AccessKeys, Keys } from "./access-keys.tsx";

/** What most programs are for; more is a choice. */
const USUAL: readonly Scope[] = ["planned", "rooms"];

type DialogProps = { view: VaultView; open: boolean; onMade: () => void; onClose: () => void };

export function AccessDialog(props: DialogProps) {
  const [keys, setKeys] = createSignal<AccessKeys | null>(null);
  const close = () => {
    setKeys(null);
    props.onClose();
  };
  const made = (fresh: AccessKeys) => {
    setKeys(fresh);
    props.onMade();
  };
  return (
    <Dialog
      open={props.open}
      onClose={close}
      title={keys() ? t("keys.title") : t("form.title")}
      text={keys() ? t("keys.text") : t("form.text")}
    >
      <Show when={keys()} fallback={<Draft view={props.view} onMade={made} />}>
        {(fresh) => <Keys keys={fresh()} onDone={close} />}
      </Show>
    </Dialog>
  );
}

function Draft(props: { view: VaultView; onMade: (keys: AccessKeys) => void }) {
  const [label, setLabel] = createSignal("");
  const [scopes, setScopes] = createSignal<readonly Scope[]>(USUAL);
  const [tried, setTried] = createSignal(false);
  const task = createTask();
  const isNamed = () => label().trim() !== "";
  const submit = () =>
    task.run(async () => {
      setTried(true);
      if (isNamed() && scopes().length > 0) props.onMade(await make(props.view, label().trim(), scopes()));
    });
  const options = () => SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }));
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <Button kind="main" type="submit" busy={task.busy()}>
          {t("form.act")}
        </Button>
      }
    >
      <Field
        label={t("form.label")}
        hint={t("form.labelHint")}
        required
        maxLength={LABEL_MAX}
        value={label()}
        onInput={setLabel}
        error={tried() && !isNamed() ? t("form.labelMissing") : undefined}
      />
      <Checks
        label={t("form.scopes")}
        options={options()}
        values={scopes()}
        onChange={setScopes}
        error={tried() && scopes().length === 0 ? t("form.scopesMissing") : undefined}
      />
    </Form>
  );
}

async function make(view: VaultView, label: string, scopes: readonly Scope[]): Promise<AccessKeys> {
  const secret = newPairing();
  const { id, token } = await tokensApi.add(label, scopes);
  // unsaved, the pairing stays on this device, is said at the top of the page, and is tried again
  await keepPairing(view.vault, { token: id, label, secret, createdAt: Date.now() }).catch(() => undefined);
  return { server: location.origin, token, pairing: base64url(secret) };
}
