/** The password again, and a second factor where one is on: so a page left open changes nothing. */
import { createSignal } from "solid-js";
import type { UserName } from "../../../wire/names.ts";
import { t as account } from "../../i18n/account.ts";
import { t } from "../../i18n/second-factor.ts";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { proveForFactors } from "../../vault/practice.ts";
import { createTask } from "../task.ts";
import { createSecond } from "./asking.ts";
import { Gate } from "./gate.tsx";

export function Prove(props: { user: UserName; onProved: (ticket: string) => void }) {
  const [password, setPassword] = createSignal("");
  const [tried, setTried] = createSignal(false);
  const task = createTask("password");
  const second = createSecond();
  const submit = () =>
    task.run(async () => {
      setTried(true);
      if (password() === "") return;
      await second.unlessLeft(async () =>
        props.onProved(await proveForFactors(props.user, password(), second.ask)),
      );
    });
  return (
    <Gate second={second}>
      <Form
        onSubmit={() => void submit()}
        error={task.error()}
        acts={
          <Button kind="main" type="submit" busy={task.busy()}>
            {t("prove.act")}
          </Button>
        }
      >
        <PasswordField
          label={account("passwordLabel")}
          required
          autofocus
          autocomplete="current-password"
          value={password()}
          onInput={setPassword}
          error={tried() && password() === "" ? account("login.passwordMissing") : undefined}
        />
      </Form>
    </Gate>
  );
}
