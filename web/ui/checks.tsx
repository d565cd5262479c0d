/** Any of a few, one below the other, under a common question. */
import "./checks.css";
import { Checkbox } from "@kobalte/core/checkbox";
import Check from "lucide-solid/icons/check";
import { For, Show } from "solid-js";
import { Icon } from "./icon.tsx";

type ChecksProps<V extends string> = {
  label: string;
  options: readonly { value: V; label: string }[];
  values: readonly V[];
  onChange: (values: V[]) => void;
  /** Says what is wrong; an empty one shows nothing. */
  error?: string | undefined;
};

export function Checks<V extends string>(props: ChecksProps<V>) {
  const change = (value: V, on: boolean) =>
    props.onChange(
      props.options
        .map((option) => option.value)
        .filter((each) => (each === value ? on : props.values.includes(each))),
    );
  return (
    <fieldset class="checks">
      <legend class="field-label">{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <Checkbox
            class="check"
            checked={props.values.includes(option.value)}
            onChange={(on) => change(option.value, on)}
          >
            <Checkbox.Input class="check-input" />
            <Checkbox.Control class="check-box">
              <Checkbox.Indicator>
                <Icon of={Check} />
              </Checkbox.Indicator>
            </Checkbox.Control>
            <Checkbox.Label class="check-label">{option.label}</Checkbox.Label>
          </Checkbox>
        )}
      </For>
      <Show when={props.error}>
        <p class="field-error" role="alert">
          {props.error}
        </p>
      </Show>
    </fieldset>
  );
}
