/** One of a few, side by side: theme, language. */
import "./choice.css";
import { RadioGroup } from "@kobalte/core/radio-group";
import { For } from "solid-js";

type ChoiceProps<V extends string> = {
  label: string;
  /** Where a heading beside it says the same. */
  labelHidden?: boolean;
  options: readonly { value: V; label: string; lang?: string }[];
  value: V;
  onChange: (value: V) => void;
};

export function Choice<V extends string>(props: ChoiceProps<V>) {
  const choose = (value: string) => {
    const option = props.options.find((candidate) => candidate.value === value);
    if (option) props.onChange(option.value);
  };
  return (
    <RadioGroup class="choice" value={props.value} onChange={choose}>
      <RadioGroup.Label class={props.labelHidden ? "visually-hidden" : "field-label"}>
        {props.label}
      </RadioGroup.Label>
      <div class="choice-row">
        <For each={props.options}>
          {(option) => (
            <RadioGroup.Item value={option.value} class="choice-item" lang={option.lang}>
              <RadioGroup.ItemInput class="choice-input" />
              <RadioGroup.ItemControl class="choice-control">
                <RadioGroup.ItemLabel>{option.label}</RadioGroup.ItemLabel>
              </RadioGroup.ItemControl>
            </RadioGroup.Item>
          )}
        </For>
      </div>
    </RadioGroup>
  );
}
