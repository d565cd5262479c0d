/** Logging in. Shown at its own address, and in place of any page that asks for it: the address then stays. */
import "./account/account.css";
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createSignal } from "solid-js";
import { foldUserName } from "../../wire/names.ts";
import { t } from "../i18n/account.ts";
import { t as asking } from "../i18n/second-factor.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Form } from "../ui/form.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { PageTitle } from "../ui/title.tsx";
import { phase } from "../vault/phase.ts";
import { logIn } from "../vault/practice.ts";
import { Refused } from "../vault/remote.ts";
import { takeLink } from "./link-back.ts";
import { Public } from "./public.tsx";
import { createSecond, type Second } from "./second/asking.ts";
import { Gate } from "./second/gate.tsx";
import { createTask } from "./task.ts";

/** Where nobody has to log in. */
const IN: readonly string[] = ["open", "staff", "locked"];

export default function LoginPage() {
  const navigate = useNavigate();
  const location = useLocation();
  // Whoever is logged in already has nothing to do here; a link that led here is gone back to.
  createEffect(() => {
    const { kind } = phase();
    if (location.pathname !== "/login" || !IN.includes(kind)) return;
    const link = takeLink();
    // a client's link is another entry, which the router does not know
    if (link === null) navigate("/", { replace: true });
    else window.location.replace(link);
  });
  const second = createSecond();
  return (
    <Public kind="form">
      <Gate second={second} lead={asking("ask.lead")}>
        <div class="account">
          <PageTitle text={t("login.title")} />
          <Card>
            <LoginForm second={second} />
          </Card>
          <p class="account-links small">
            <a href="/recover">{t("login.forgot")}</a>
            <a href="/register">{t("login.noAccount")}</a>
          </p>
        </div>
      </Gate>
    </Public>
  );
}

function LoginForm(props: { second: Second }) {
  const [user, setUser] = createSignal("");
  const [password, setPassword] = createSignal("");
  const [tried, setTried] = createSignal(false);
  const task = createTask();
  const submit = () =>
    task.run(async () => {
      setTried(true);
      if (user().trim() === "" || password() === "") return;
      // A name that cannot be one is answered like one that does not exist.
      const name = foldUserName(user());
      if (!name) throw new Refused("login.wrong");
      await props.second.unlessLeft(() => logIn(name, password(), props.second.ask));
    });
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <Button kind="main" type="submit" wide busy={task.busy()}>
          {t("login.act")}
        </Button>
      }
    >
      <Field
        label={t("user")}
        plain
        required
        autofocus
        name="username"
        autocomplete="username"
        value={user()}
        onInput={setUser}
        error={tried() && user().trim() === "" ? t("login.userMissing") : undefined}
      />
      <PasswordField
        label={t("passwordLabel")}
        required
        name="password"
        autocomplete="current-password"
        value={password()}
        onInput={setPassword}
        error={tried() && password() === "" ? t("login.passwordMissing") : undefined}
      />
    </Form>
  );
}
