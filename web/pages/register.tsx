/** Making an account: name and password, then the recovery key. The account is created by the very last press, after the
 * recovery key was proven to be on paper; a tab closed earlier leaves nothing behind, here or at the server. */
import { useNavigate } from "@solidjs/router";
import { createResource, createSignal, Match, Show, Switch } from "solid-js";
import type { Invitation } from "../../wasm/invitation.ts";
import { ready } from "../../wasm/sodium.ts";
import { foldUserName } from "../../wire/names.ts";
import { readOperator } from "../api/operator.ts";
import { t } from "../i18n/account.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { PageTitle } from "../ui/title.tsx";
import { makeRecovery } from "../vault/account.ts";
import { registerAccount, registerStaff } from "../vault/practice.ts";
import { Refused } from "../vault/remote.ts";
import { createPasswordChoice } from "./account/password-choice.tsx";
import { RecoverySheet } from "./account/recovery-sheet.tsx";
import { RegisterForm } from "./account/register-form.tsx";
import { Loading } from "./loading.tsx";
import { Public } from "./public.tsx";
import { createTask } from "./task.ts";

/** Errors that belong to a field of the first step: the person goes back there and finds everything as it was. */
const FIRST_STEP = ["account.name-taken", "account.name-invalid", "account.registration-code"];

export default function RegisterPage() {
  const [operator] = createResource(() => readOperator().catch(() => null));
  const navigate = useNavigate();
  const done = () => navigate("/", { replace: true });
  const [crypto] = createResource(async () => {
    await ready();
    return true;
  });
  return (
    <Public
      kind="form"
      act={
        <ButtonLink href="/login" kind="plain">
          {t("login.title")}
        </ButtonLink>
      }
    >
      <Switch fallback={<Loading />}>
        <Match when={operator()?.registration === "closed"}>
          <PageTitle text={t("register.closedTitle")} />
          <p>{t("register.closedText")}</p>
        </Match>
        <Match when={crypto() && operator.state === "ready"}>
          <RegisterSteps withCode={operator()?.registration === "code"} onDone={done} />
        </Match>
      </Switch>
    </Public>
  );
}

type StepsProps = {
  withCode: boolean;
  /** Makes the account practice staff. */
  invitation?: Invitation;
  onDone: () => void;
};

export function RegisterSteps(props: StepsProps) {
  const [step, setStep] = createSignal<"form" | "recovery">("form");
  const [user, setUser] = createSignal("");
  const [email, setEmail] = createSignal("");
  const [invitation, setInvitation] = createSignal("");
  /** Proven once, the key is not asked for again after a name that was taken. */
  const [proven, setProven] = createSignal(false);
  const choice = createPasswordChoice();
  const recovery = makeRecovery();
  const task = createTask();

  const create = () =>
    task.run(async () => {
      const name = foldUserName(user());
      if (!name) return;
      const typed = { user: name, email: email().trim() || null, invitation: invitation().trim() || null };
      const account = { ...typed, password: choice.password(), recovery };
      if (props.invitation) await registerStaff(account, props.invitation);
      else await registerAccount(account);
      props.onDone();
    });
  const confirm = async () => {
    setProven(true);
    const done = await create();
    const fault = task.fault();
    if (!done && fault instanceof Refused && FIRST_STEP.includes(fault.code)) setStep("form");
  };
  const next = () => {
    task.clear();
    if (proven()) void confirm();
    else setStep("recovery");
  };
  const fields = { user, setUser, email, setEmail, invitation, setInvitation, choice };
  return (
    <Show
      when={step() === "recovery"}
      fallback={
        <RegisterForm
          fields={fields}
          withCode={props.withCode}
          isStaff={props.invitation !== undefined}
          busy={task.busy()}
          error={task.error()}
          onNext={next}
        />
      }
    >
      <div class="account">
        <PageTitle text={t("recovery.title")} />
        <Card>
          <RecoverySheet
            user={foldUserName(user()) ?? ""}
            recovery={recovery}
            act={t("register.create")}
            busy={task.busy()}
            error={task.error()}
            onBack={() => setStep("form")}
            onConfirm={() => void confirm()}
          />
        </Card>
        <p class="small quiet">{t("register.notYet")}</p>
      </div>
    </Show>
  );
}
