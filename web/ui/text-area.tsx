/** A labelled field of several lines that grows with its text, wired for screen readers by Kobalte. */
import "./field.css";
import "./text-area.css";
import { TextField } from "@kobalte/core/text-field";
import { Show } from "solid-js";

type TextAreaProps = {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string;
  error?: string | undefined;
  name?: string;
};

export function TextArea(props: TextAreaProps) {
  return (
    <TextField
      class="field"
      value={props.value}
      onChange={props.onInput}
      validationState={props.error ? "invalid" : "valid"}
      {...(props.name === undefined ? {} : { name: props.name })}
    >
      <TextField.Label class="field-label">{props.label}</TextField.Label>
      <div class="field-box">
        <TextField.TextArea class="field-input text-area" autoResize rows={3} />
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
