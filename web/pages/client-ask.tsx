/** Between waiting and the room: what the practice wants to know before it lets in (R3, A3, R16). Only what is missing is asked; what is
 * typed stays in this page's memory over a lost line, and goes to the therapist alone. */
import "./client-ask.css";
import { createSignal, Show } from "solid-js";
import { type Ask, type ConsentText, TOLD_MAX, tidy } from "../../wire/asked.ts";
import type { ClientCall } from "../call/client-call.ts";
import { t } from "../i18n/asking.ts";
import { dayAndTime } from "../i18n/format.ts";
import { Button } from "../ui/button.tsx";
import { CheckRow } from "../ui/check-row.tsx";
import { Field } from "../ui/field.tsx";
import { Form } from "../ui/form.tsx";
import { QuietPage } from "./room/quiet-page.tsx";
import { saveFile } from "./save-file.ts";

type Typed = keyof ClientCall["answers"]["draft"];
type AskProps = { ask: Ask; call: Pick<ClientCall, "answers" | "tell"> };

export function ClientAsk(props: AskProps) {
  const { answers } = props.call;
  const [draft, setDraft] = createSignal(answers.draft);
  const [tried, setTried] = createSignal(false);
  // belongs to this text: another version that comes meanwhile has not been read
  const [ticked, setTicked] = createSignal<number | null>(null);
  const version = () => props.ask.consent?.version ?? null;
  const accepted = () => ticked() !== null && ticked() === version();
  const type = (field: Typed) => (text: string) => {
    answers.type({ [field]: text });
    setDraft(answers.draft);
  };
  const wanted = (): Typed[] => [
    ...(props.ask.name ? (["name"] as const) : []),
    ...(props.ask.card ? (["place", "phone", "contact"] as const) : []),
  ];
  const lacks = (field: Typed) => tidy(draft()[field]) === "";
  const error = (field: Typed) => (tried() && lacks(field) ? t("missing") : undefined);
  const field = (name: Typed) => ({
    value: draft()[name],
    onInput: type(name),
    error: error(name),
    maxLength: TOLD_MAX[name],
    required: true,
    name,
  });
  const send = (answer: boolean | null) => {
    setTried(true);
    // whoever declines where it is needed comes in nowhere: nothing else has to be filled in for that
    const ends = answer === false && props.ask.consent?.must === true;
    if (ends || !wanted().some(lacks)) props.call.tell(answer);
  };
  const submit = () => {
    setTried(true);
    if (props.ask.consent === null) send(null);
    else if (accepted()) send(true);
  };
  return (
    <QuietPage
      title={t("title")}
      text={t("lead")}
      code="asked"
      extra={
        <div class="ask">
          <Form
            onSubmit={submit}
            acts={
              <>
                <Button kind="main" type="submit">
                  {t("act")}
                </Button>
                <Show when={props.ask.consent}>
                  {(consent) => (
                    <Button onClick={() => send(false)}>
                      {consent().must ? t("decline") : t("without")}
                    </Button>
                  )}
                </Show>
              </>
            }
          >
            <Show when={props.ask.name}>
              <Field {...field("name")} label={t("name")} hint={t("nameHint")} autocomplete="name" />
            </Show>
            <Show when={props.ask.card}>
              <h2>{t("cardTitle")}</h2>
              <p>{t("cardWhy")}</p>
              <Field {...field("place")} label={t("place")} hint={t("placeHint")} />
              <Field {...field("phone")} label={t("phone")} autocomplete="tel" />
              <Field {...field("contact")} label={t("contact")} hint={t("contactHint")} />
            </Show>
            <Show when={props.ask.consent}>
              {(consent) => (
                <>
                  <Consent consent={consent()} />
                  <CheckRow
                    label={t("accept")}
                    more=""
                    checked={accepted()}
                    onChange={(on) => setTicked(on ? version() : null)}
                  />
                  <Show when={tried() && !accepted()}>
                    <p class="field-error" role="alert">
                      {t("acceptMissing")}
                    </p>
                  </Show>
                </>
              )}
            </Show>
          </Form>
        </div>
      }
    />
  );
}

function Consent(props: { consent: ConsentText }) {
  const save = () => {
    const { version, text } = props.consent;
    const words = `${t("file", version, dayAndTime(Date.now()))}\n\n${text}\n`;
    saveFile(t("fileName"), new Blob([words], { type: "text/plain;charset=utf-8" }));
  };
  return (
    <>
      <h2>{t("consentTitle", props.consent.version)}</h2>
      <Show when={!props.consent.must}>
        <p>{t("consentFree")}</p>
      </Show>
      <section class="ask-text" tabindex={0} aria-label={t("consentTitle", props.consent.version)}>
        {props.consent.text}
      </section>
      <Button small kind="plain" onClick={save}>
        {t("save")}
      </Button>
    </>
  );
}
