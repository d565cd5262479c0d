/** The session lives, the vault key is gone: the password once, then the page that was asked for. */
import "./account/account.css";
import { createSignal } from "solid-js";
import { t } from "../i18n/account.ts";
import { t as asking } from "../i18n/second-factor.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Form } from "../ui/form.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { PageTitle } from "../ui/title.tsx";
import { logOut, unlock } from "../vault/practice.ts";
import type { Session } from "../vault/remote.ts";
import { Public } from "./public.tsx";
import { createSecond } from "./second/asking.ts";
import { Gate } from "./second/gate.tsx";
import { createTask } from "./task.ts";

export default function UnlockPage(props: { session: Session }) {
  const [password, setPassword] = createSignal("");
  const [tried, setTried] = createSignal(false);
  const task = createTask("password");
  const leaving = createTask();
  const second = createSecond();
  const submit = () =>
    task.run(async () => {
      setTried(true);
      if (password() === "") return;
      await second.unlessLeft(() => unlock(props.session, password(), second.ask));
    });
  return (
    <Public kind="form">
      <Gate second={second} lead={asking("ask.lead")}>
        <div class="account">
          <div class="account-head">
            <PageTitle text={t("unlock.title")} />
            <p class="quiet">{t("unlock.text")}</p>
          </div>
          <Card>
            <Form
              onSubmit={() => void submit()}
              error={task.error() || leaving.error()}
              acts={
                <Button kind="main" type="submit" wide busy={task.busy()}>
                  {t("unlock.act")}
                </Button>
              }
            >
              <p>
                <span class="quiet">{t("user")}: </span>
                <strong>{props.session.user}</strong>
              </p>
              {/* Password managers need the name to find the password. */}
              <input
                class="visually-hidden"
                type="text"
                name="username"
                autocomplete="username"
                tabIndex={-1}
                aria-hidden="true"
                readOnly
                value={props.session.user}
              />
              <PasswordField
                label={t("passwordLabel")}
                required
                autofocus
                name="password"
                autocomplete="current-password"
                value={password()}
                onInput={setPassword}
                error={tried() && password() === "" ? t("login.passwordMissing") : undefined}
              />
            </Form>
          </Card>
          <p class="account-links small">
            <a href="/recover">{t("login.forgot")}</a>
            <Button kind="plain" small busy={leaving.busy()} onClick={() => void leaving.run(logOut)}>
              {t("unlock.other")}
            </Button>
          </p>
        </div>
      </Gate>
    </Public>
  );
}
