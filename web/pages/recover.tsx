/** Back in by the recovery key: check it, choose a new password, take a new recovery key. Nothing changes at the server
 * before the last press, so a tab closed earlier leaves the old password and the old key good. */
import "./account/account.css";
import { useNavigate } from "@solidjs/router";
import { createResource, createSignal, Match, Show, Switch } from "solid-js";
import { ready } from "../../wasm/sodium.ts";
import { foldUserName } from "../../wire/names.ts";
import { t } from "../i18n/account.ts";
import { t as asking } from "../i18n/second-factor.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Form } from "../ui/form.tsx";
import { PageTitle } from "../ui/title.tsx";
import { makeRecovery, type Recovering } from "../vault/account.ts";
import { openByRecovery, recover } from "../vault/practice.ts";
import { Refused } from "../vault/remote.ts";
import { createPasswordChoice, PasswordChoiceFields } from "./account/password-choice.tsx";
import { RecoverySheet } from "./account/recovery-sheet.tsx";
import { Loading } from "./loading.tsx";
import { Public } from "./public.tsx";
import { createSecond } from "./second/asking.ts";
import { Gate } from "./second/gate.tsx";
import { createTask } from "./task.ts";

export default function RecoverPage() {
  const [crypto] = createResource(async () => {
    await ready();
    return true;
  });
  const [opened, setOpened] = createSignal<Recovering | null>(null);
  return (
    <Public kind="form">
      <Show when={crypto()} fallback={<Loading />}>
        <Show when={opened()} fallback={<CheckKey onOpen={setOpened} />}>
          {(recovering) => <Renew recovering={recovering()} onBack={() => setOpened(null)} />}
        </Show>
      </Show>
    </Public>
  );
}

function CheckKey(props: { onOpen: (recovering: Recovering) => void }) {
  const [user, setUser] = createSignal("");
  const [key, setKey] = createSignal("");
  const task = createTask("recovery");
  const second = createSecond();
  const submit = () =>
    task.run(async () => {
      const name = foldUserName(user());
      if (!name) throw new Refused("account.name-invalid");
      await second.unlessLeft(async () => props.onOpen(await openByRecovery(name, key(), second.ask)));
    });
  return (
    <Gate second={second} lead={asking("ask.leadRecovery")}>
      <div class="account">
        <div class="account-head">
          <PageTitle text={t("recover.title")} />
          <p class="quiet">{t("recover.lead")}</p>
        </div>
        <Card>
          <Form
            onSubmit={() => void submit()}
            error={task.error()}
            acts={
              <Button kind="main" type="submit" wide busy={task.busy()}>
                {t("recover.act")}
              </Button>
            }
          >
            <Field
              label={t("user")}
              plain
              required
              autofocus
              autocomplete="username"
              value={user()}
              onInput={setUser}
            />
            <Field
              label={t("recover.key")}
              plain
              mono
              required
              value={key()}
              onInput={setKey}
              hint={t("recover.keyHint")}
            />
          </Form>
        </Card>
        <p class="small quiet">{t("recover.lost")}</p>
      </div>
    </Gate>
  );
}

function Renew(props: { recovering: Recovering; onBack: () => void }) {
  const navigate = useNavigate();
  const [chosen, setChosen] = createSignal(false);
  const choice = createPasswordChoice();
  const recovery = makeRecovery();
  const task = createTask("recovery");
  const user = () => props.recovering.owner.account;
  const choose = () => task.run(async () => setChosen(await choice.check([user()])));
  const finish = () =>
    task.run(async () => {
      await recover(props.recovering, { password: choice.password(), recovery });
      navigate("/", { replace: true });
    });
  return (
    <div class="account">
      <Switch>
        <Match when={!chosen()}>
          <div class="account-head">
            <PageTitle text={t("recover.newTitle")} />
            <p class="quiet">{t("recover.newLead")}</p>
          </div>
          <Card>
            <Form
              onSubmit={() => void choose()}
              error={task.error()}
              acts={
                <Button kind="main" type="submit" wide busy={task.busy()}>
                  {t("recover.newAct")}
                </Button>
              }
            >
              <PasswordChoiceFields choice={choice} user={user()} />
            </Form>
          </Card>
        </Match>
        <Match when={chosen()}>
          <PageTitle text={t("recovery.title")} />
          <Card>
            <RecoverySheet
              user={user()}
              recovery={recovery}
              act={t("recover.finish")}
              busy={task.busy()}
              error={task.error()}
              onBack={() => setChosen(false)}
              onConfirm={() => void finish()}
            />
          </Card>
          <p class="small quiet">{t("recover.finishNote")}</p>
        </Match>
      </Switch>
    </div>
  );
}
