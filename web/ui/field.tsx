/** A labelled text field with hint and error, wired for screen readers by Kobalte. */
import "./field.css";
import { TextField } from "@kobalte/core/text-field";
import { type JSX, Show } from "solid-js";
import { t } from "../i18n/common.ts";

export type FieldProps = {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: JSX.Element;
  /** Says what is wrong and what to do; an empty one shows nothing. */
  error?: string | undefined;
  optional?: boolean;
  required?: boolean;
  name?: string;
  type?: "text" | "email" | "password" | "date" | "time" | "number";
  autocomplete?: string;
  /** Codes and user names: no capitals, no correction by the phone. */
  plain?: boolean;
  /** Codes: wide letters that cannot be mistaken for each other. */
  mono?: boolean;
  maxLength?: number;
  /** Which keyboard a phone shows. */
  inputMode?: "text" | "numeric";
  autofocus?: boolean;
  /** Stands inside the field at its end, e.g. a button that shows the password. */
  end?: JSX.Element;
  ref?: (input: HTMLInputElement) => void;
};

export function Field(props: FieldProps) {
  return (
    <TextField
      class="field"
      value={props.value}
      onChange={props.onInput}
      validationState={props.error ? "invalid" : "valid"}
      required={props.required ?? false}
      {...(props.name === undefined ? {} : { name: props.name })}
    >
      <TextField.Label class="field-label">
        {props.label}
        <Show when={props.optional}>
          <span class="field-optional"> · {t("optional")}</span>
        </Show>
      </TextField.Label>
      <div class="field-box" classList={{ "field-box-mono": props.mono === true }}>
        <FieldInput {...props} />
        {props.end}
      </div>
      <Show when={props.hint && !props.error}>
        <TextField.Description class="field-hint">{props.hint}</TextField.Description>
      </Show>
      <TextField.ErrorMessage class="field-error" role="alert">
        {props.error}
      </TextField.ErrorMessage>
    </TextField>
  );
}

function FieldInput(props: FieldProps) {
  return (
    <TextField.Input
      class="field-input"
      type={props.type ?? "text"}
      autocomplete={props.autocomplete ?? "off"}
      autocapitalize={props.plain ? "none" : undefined}
      autocorrect={props.plain ? "off" : undefined}
      spellcheck={props.plain ? false : undefined}
      maxLength={props.maxLength}
      inputMode={props.inputMode}
      autofocus={props.autofocus}
      ref={(input: HTMLInputElement) => {
        props.ref?.(input);
        // `autofocus` acts on page load only; a page reached by navigation asks here.
        if (props.autofocus) queueMicrotask(() => input.focus({ preventScroll: true }));
      }}
    />
  );
}
