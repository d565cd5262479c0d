/** Asks for the second factor in one of the ways the account has; the others are a press away. */
import "./second.css";
import { createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import { type Method, SPARE_CHARS } from "../../../wire/factors.ts";
import { t as common } from "../../i18n/common.ts";
import { t } from "../../i18n/second-factor.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Refused } from "../../vault/remote.ts";
import { type FactorAnswer, Left } from "../../vault/second.ts";
import { createTask } from "../task.ts";
import type { Question } from "./asking.ts";
import { hasPasskeys, signWithPasskey } from "./passkeys.ts";
import { createTotp, TotpField } from "./totp-field.tsx";

export function SecondForm(props: { question: Question }) {
  const able = () => props.question.methods.filter((method) => method !== "passkey" || hasPasskeys());
  const [chosen, setChosen] = createSignal<Method | null>(null);
  const method = () => chosen() ?? able()[0] ?? "spare";
  const others = () => able().filter((other) => other !== method());
  return (
    <div class="second">
      <Switch>
        <Match when={method() === "passkey"}>
          <PasskeyStep question={props.question} />
        </Match>
        <Match when={method() === "totp"}>
          <TotpStep question={props.question} />
        </Match>
        <Match when={method() === "spare"}>
          <SpareStep question={props.question} />
        </Match>
      </Switch>
      <Show when={others().length > 0}>
        <div class="second-others">
          <For each={others()}>
            {(other) => (
              <Button small kind="plain" onClick={() => setChosen(other)}>
                {wordOf(other)}
              </Button>
            )}
          </For>
        </div>
      </Show>
    </div>
  );
}

const wordOf = (method: Method): string =>
  ({ totp: t("ask.useTotp"), passkey: t("ask.usePasskey"), spare: t("ask.useSpare") })[method];

function TotpStep(props: { question: Question }) {
  const totp = createTotp();
  const answer = () => {
    const digits = totp.digits();
    return digits === null ? null : { totp: digits };
  };
  return (
    <Step question={props.question} act={t("ask.act")} answer={answer} onWrong={() => totp.type("")}>
      <TotpField totp={totp} label={t("ask.totp")} name="one-time-code" autofocus />
    </Step>
  );
}

function SpareStep(props: { question: Question }) {
  const [code, setCode] = createSignal("");
  const [missing, setMissing] = createSignal(false);
  const answer = () => {
    setMissing(code().replace(/[^\p{L}\d]/gu, "").length < SPARE_CHARS);
    return missing() ? null : { spare: code() };
  };
  return (
    <Step question={props.question} act={t("ask.act")} answer={answer}>
      <Field
        label={t("ask.spare")}
        hint={t("ask.spareHint")}
        plain
        mono
        autofocus
        maxLength={40}
        value={code()}
        onInput={(text) => {
          setMissing(false);
          setCode(text);
        }}
        error={missing() ? t("ask.spareMissing") : undefined}
      />
    </Step>
  );
}

function PasskeyStep(props: { question: Question }) {
  return (
    <Step
      question={props.question}
      act={t("ask.passkeyAct")}
      answer={() => signWithPasskey(props.question.ticket)}
    >
      <p>{t("ask.passkey")}</p>
    </Step>
  );
}

type StepProps = {
  question: Question;
  act: string;
  /** Null: there is none yet, and the field says why. */
  answer: () => FactorAnswer | null | Promise<FactorAnswer>;
  onWrong?: () => void;
  children: JSX.Element;
};

function Step(props: StepProps) {
  const task = createTask();
  const submit = async () => {
    const { question } = props;
    await task.run(async () => {
      const given = await props.answer();
      if (given !== null) await question.answer(given);
    });
    const fault = task.fault();
    if (!(fault instanceof Refused)) return;
    // the question is over: the page says so where it began
    if (fault.code === "login.ticket") question.leave(fault);
    else props.onWrong?.();
  };
  return (
    <Form
      onSubmit={() => void submit()}
      error={task.error()}
      acts={
        <>
          <Button kind="main" type="submit" busy={task.busy()}>
            {props.act}
          </Button>
          <Button kind="plain" onClick={() => props.question.leave(new Left())}>
            {common("back")}
          </Button>
        </>
      }
    >
      {props.children}
    </Form>
  );
}
