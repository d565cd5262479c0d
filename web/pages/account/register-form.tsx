/** The first step of registering. */
import "./account.css";
import { type Accessor, createSignal, Show } from "solid-js";
import { foldUserName } from "../../../wire/names.ts";
import { t } from "../../i18n/account.ts";
import { sayError } from "../../i18n/errors.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { PageTitle } from "../../ui/title.tsx";
import { Refused } from "../../vault/remote.ts";
import { createTask } from "../task.ts";
import { type PasswordChoice, PasswordChoiceFields } from "./password-choice.tsx";

export type RegisterFields = {
  user: Accessor<string>;
  setUser: (text: string) => void;
  email: Accessor<string>;
  setEmail: (text: string) => void;
  invitation: Accessor<string>;
  setInvitation: (text: string) => void;
  choice: PasswordChoice;
};

type RegisterFormProps = {
  fields: RegisterFields;
  withCode: boolean;
  /** The name is nobody's code then. */
  isStaff: boolean;
  busy: boolean;
  error: string;
  onNext: () => void;
};

const EMAIL = /^[^\s@]+@[^\s@]+$/;

export function RegisterForm(props: RegisterFormProps) {
  const [tried, setTried] = createSignal(false);
  const task = createTask();
  const badUser = () => tried() && foldUserName(props.fields.user()) === null;
  const badEmail = () => props.fields.email().trim() !== "" && !EMAIL.test(props.fields.email().trim());
  const submit = () =>
    task.run(async () => {
      setTried(true);
      const user = foldUserName(props.fields.user());
      const strong = await props.fields.choice.check([user ?? "", props.fields.email()]);
      if (user && strong && !badEmail()) props.onNext();
    });
  return (
    <div class="account">
      <div class="account-head">
        <PageTitle text={t("register.title")} />
        <Show when={!props.isStaff}>
          <p class="quiet">{t("register.lead")}</p>
        </Show>
      </div>
      <Card>
        <Form
          onSubmit={() => void submit()}
          error={task.error() || props.error}
          acts={
            <Button kind="main" type="submit" wide busy={task.busy() || props.busy}>
              {t("register.next")}
            </Button>
          }
        >
          <UserField
            value={props.fields.user()}
            onInput={props.fields.setUser}
            isStaff={props.isStaff}
            error={badUser() ? sayError(new Refused("account.name-invalid")) : undefined}
          />
          <PasswordChoiceFields choice={props.fields.choice} user={props.fields.user()} />
          <Field
            label={t("email")}
            optional
            type="email"
            name="email"
            autocomplete="email"
            value={props.fields.email()}
            onInput={props.fields.setEmail}
            hint={t("emailHint")}
            error={tried() && badEmail() ? t("emailWrong") : undefined}
          />
          <Show when={props.withCode}>
            <Field
              label={t("invitation")}
              required
              plain
              value={props.fields.invitation()}
              onInput={props.fields.setInvitation}
              hint={t("invitationHint")}
            />
          </Show>
        </Form>
      </Card>
      <p class="small quiet">
        {t("register.accept")} <a href="/terms">{t("register.terms")}</a> {t("register.and")}{" "}
        <a href="/privacy">{t("register.privacy")}</a>.
      </p>
      <Show when={!props.isStaff}>
        <p class="small">
          <a href="/login">{t("register.haveAccount")}</a>
        </p>
      </Show>
    </div>
  );
}

/** The user name, with what it becomes: the code that clients type. */
function UserField(props: {
  value: string;
  onInput: (text: string) => void;
  isStaff: boolean;
  error: string | undefined;
}) {
  const folded = () => (props.isStaff ? null : foldUserName(props.value));
  return (
    <Field
      label={t("user")}
      required
      plain
      autofocus
      name="username"
      autocomplete="username"
      maxLength={64}
      value={props.value}
      onInput={props.onInput}
      error={props.error}
      hint={
        <Show when={folded()} fallback={t("userHint")}>
          {(name) => (
            <>
              {t("userCode")} <strong class="account-code">{name()}</strong>
            </>
          )}
        </Show>
      }
    />
  );
}
