/** A setting that is on or off and takes effect at once. */
import "./switch.css";
import { Switch as Base } from "@kobalte/core/switch";
import { Show } from "solid-js";

type SwitchProps = {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
};

export function Switch(props: SwitchProps) {
  return (
    <Base class="switch" checked={props.checked} disabled={props.disabled ?? false} onChange={props.onChange}>
      <div>
        <Base.Label class="field-label">{props.label}</Base.Label>
        <Show when={props.hint}>
          <Base.Description class="field-hint">{props.hint}</Base.Description>
        </Show>
      </div>
      <Base.Input class="switch-input" />
      <Base.Control class="switch-track">
        <Base.Thumb class="switch-thumb" />
      </Base.Control>
    </Base>
  );
}
