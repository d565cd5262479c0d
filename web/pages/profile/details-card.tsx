/** Who the practice is, as its clients read it before a call. */
import { createSignal } from "solid-js";
import { language } from "../../i18n/language.ts";
import { t } from "../../i18n/practice.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { toast } from "../../ui/toast.tsx";
import { settingsOf } from "../../vault/clients.ts";
import { changeDetails } from "../../vault/details.ts";
import { PRACTICE_MAX, type PracticeDetails } from "../../vault/records.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";

const EMAIL = /^[^\s@]+@[^\s@]+$/;

export function DetailsCard(props: { view: VaultView }) {
  // what was typed wins over what comes from another device meanwhile
  const [typed, setTyped] = createSignal<Partial<PracticeDetails>>({});
  const [wrong, setWrong] = createSignal(false);
  const task = createTask();
  const details = () => ({ ...settingsOf(props.view.state().records).practice, ...typed() });
  const type = (field: keyof PracticeDetails) => (text: string) => {
    if (field === "email") setWrong(false);
    setTyped({ ...typed(), [field]: text.slice(0, PRACTICE_MAX[field]) });
  };
  const save = async () => {
    const email = details().email.trim();
    setWrong(email !== "" && !EMAIL.test(email));
    if (wrong()) return;
    const about = { locale: language(), now: Date.now() };
    if (!(await task.run(() => changeDetails(props.view.vault, details(), about)))) return;
    setTyped({});
    toast(t("saved"));
  };
  return (
    <Card title={t("title")}>
      <p class="quiet">{t("lead")}</p>
      <Form
        onSubmit={() => void save()}
        error={task.error()}
        acts={
          <Button type="submit" busy={task.busy()}>
            {t("act")}
          </Button>
        }
      >
        <Field
          label={t("name")}
          autocomplete="organization"
          maxLength={PRACTICE_MAX.name}
          value={details().name}
          onInput={type("name")}
        />
        <TextArea label={t("address")} value={details().address} onInput={type("address")} />
        <Field
          label={t("phone")}
          autocomplete="tel"
          maxLength={PRACTICE_MAX.phone}
          value={details().phone}
          onInput={type("phone")}
        />
        <Field
          label={t("email")}
          type="email"
          autocomplete="email"
          maxLength={PRACTICE_MAX.email}
          value={details().email}
          onInput={type("email")}
          error={wrong() ? t("emailWrong") : undefined}
        />
        <TextArea label={t("more")} hint={t("moreHint")} value={details().more} onInput={type("more")} />
      </Form>
    </Card>
  );
}
