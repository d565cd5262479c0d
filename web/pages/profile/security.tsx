/** Password, lock, log-out. */
import { createSignal } from "solid-js";
import { t } from "../../i18n/app.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changePassword, lock, logOut } from "../../vault/practice.ts";
import type { Owner } from "../../vault/seal.ts";
import { createPasswordChoice, PasswordChoiceFields } from "../account/password-choice.tsx";
import { createTask } from "../task.ts";

export function Security(props: { owner: Owner }) {
  const [changing, setChanging] = createSignal(false);
  const leaving = createTask();
  const leave = async () => {
    // Loaded anew, so that no key of the vault stays in this page's memory.
    if (await leaving.run(logOut)) location.replace("/");
  };
  return (
    <Card title={t("profile.security")}>
      <div class="profile-acts">
        <Button onClick={() => setChanging(true)}>{t("profile.password")}</Button>
        <Button onClick={() => void lock()}>{t("profile.lock")}</Button>
        <Button busy={leaving.busy()} onClick={() => void leave()}>
          {t("profile.logout")}
        </Button>
      </div>
      <p class="field-hint">{leaving.error() || t("profile.lockHint")}</p>
      <Dialog
        open={changing()}
        onClose={() => setChanging(false)}
        title={t("profile.password")}
        text={t("profile.passwordText")}
      >
        <ChangePassword owner={props.owner} onDone={() => setChanging(false)} />
      </Dialog>
    </Card>
  );
}

function ChangePassword(props: { owner: Owner; onDone: () => void }) {
  const [current, setCurrent] = createSignal("");
  const choice = createPasswordChoice();
  const task = createTask("password");
  const submit = async () => {
    let strong = false;
    const ran = await task.run(async () => {
      strong = await choice.check([props.owner.account]);
      if (strong) await changePassword(props.owner, { current: current(), next: choice.password() });
    });
    if (!ran || !strong) return;
    toast(t("profile.changed"));
    props.onDone();
  };
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <Button kind="main" type="submit" busy={task.busy()}>
          {t("profile.change")}
        </Button>
      }
    >
      <PasswordField
        label={t("profile.current")}
        required
        autocomplete="current-password"
        value={current()}
        onInput={setCurrent}
      />
      <PasswordChoiceFields choice={choice} user={props.owner.account} />
    </Form>
  );
}
