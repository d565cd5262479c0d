/** Deleting the account: says what goes (`text`; without it what a therapist loses), asks for the name typed and the password. */
import { createSignal } from "solid-js";
import type { UserName } from "../../../wire/names.ts";
import { foldUserName } from "../../../wire/names.ts";
import { t as account } from "../../i18n/account.ts";
import { t } from "../../i18n/app.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { deleteAccount } from "../../vault/practice.ts";
import { createTask } from "../task.ts";

export function DeleteAccount(props: { user: UserName; text?: string }) {
  const text = () => props.text ?? t("profile.removeText");
  const [asking, setAsking] = createSignal(false);
  return (
    <Card title={t("profile.remove")}>
      <p class="quiet">{text()}</p>
      <div class="profile-acts">
        <Button onClick={() => setAsking(true)}>{t("profile.remove")}</Button>
      </div>
      <Dialog open={asking()} onClose={() => setAsking(false)} title={t("profile.remove")} text={text()}>
        <Sure user={props.user} />
      </Dialog>
    </Card>
  );
}

function Sure(props: { user: UserName }) {
  const [typed, setTyped] = createSignal("");
  const [password, setPassword] = createSignal("");
  const [tried, setTried] = createSignal(false);
  const task = createTask("password");
  const right = () => foldUserName(typed()) === props.user;
  const submit = () =>
    task.run(async () => {
      setTried(true);
      if (!right()) return;
      await deleteAccount(props.user, password());
      // Loaded anew, so that no key of the vault stays in this page's memory; the start page says that it is done.
      location.replace("/?deleted");
    });
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <Button kind="danger" type="submit" busy={task.busy()}>
          {t("profile.removeAct")}
        </Button>
      }
    >
      <Field
        label={t("profile.removeTyped", props.user)}
        plain
        required
        value={typed()}
        onInput={setTyped}
        error={tried() && !right() ? t("profile.removeTypedWrong") : undefined}
      />
      <PasswordField
        label={account("passwordLabel")}
        required
        autocomplete="current-password"
        value={password()}
        onInput={setPassword}
      />
    </Form>
  );
}
