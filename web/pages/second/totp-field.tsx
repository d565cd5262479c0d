/** The six digits of an app: typed with or without a gap, and asked for again where they are not six. */
import { createSignal } from "solid-js";
import { t } from "../../i18n/second-factor.ts";
import { Field } from "../../ui/field.tsx";

/** What is typed, as the form around it reads it. */
export function createTotp() {
  const [typed, setTyped] = createSignal("");
  const [isMissing, setMissing] = createSignal(false);
  return {
    typed,
    isMissing,
    type: (text: string) => {
      setMissing(false);
      setTyped(text);
    },
    /** The digits, or null: then the field says that they are missing. */
    digits: () => {
      const digits = typed().replace(/\s/g, "");
      setMissing(!/^\d{6}$/.test(digits));
      return isMissing() ? null : digits;
    },
  };
}

export function TotpField(props: {
  totp: ReturnType<typeof createTotp>;
  label: string;
  name: string;
  autofocus?: boolean;
  required?: boolean;
}) {
  return (
    <Field
      label={props.label}
      name={props.name}
      autocomplete="one-time-code"
      inputMode="numeric"
      plain
      mono
      autofocus={props.autofocus === true}
      required={props.required === true}
      maxLength={12}
      value={props.totp.typed()}
      onInput={props.totp.type}
      error={props.totp.isMissing() ? t("ask.totpMissing") : undefined}
    />
  );
}
