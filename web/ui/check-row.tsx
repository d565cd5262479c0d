/** One thing that is in or out, as a row of a long list. */
import "./checks.css";
import { Checkbox } from "@kobalte/core/checkbox";
import Check from "lucide-solid/icons/check";
import { Show } from "solid-js";
import { Icon } from "./icon.tsx";

type CheckRowProps = {
  label: string;
  /** Stands quietly beside the label; empty: nothing. */
  more: string;
  checked: boolean;
  onChange: (on: boolean) => void;
};

export function CheckRow(props: CheckRowProps) {
  return (
    <Checkbox class="check" checked={props.checked} onChange={props.onChange}>
      <Checkbox.Input class="check-input" />
      <Checkbox.Control class="check-box">
        <Checkbox.Indicator>
          <Icon of={Check} />
        </Checkbox.Indicator>
      </Checkbox.Control>
      <Checkbox.Label class="check-label">
        {props.label}
        <Show when={props.more}>
          <span class="check-more"> · {props.more}</span>
        </Show>
      </Checkbox.Label>
    </Checkbox>
  );
}
