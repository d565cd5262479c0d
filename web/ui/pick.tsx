/** One of a list by the system's own menu, which every phone and screen reader knows. */
import "./pick.css";
import ChevronDown from "lucide-solid/icons/chevron-down";
import { createUniqueId, For } from "solid-js";
import { Icon, type IconOf } from "./icon.tsx";

type PickProps = {
  label: string;
  icon: IconOf;
  options: readonly { value: string; label: string }[];
  value: string;
  onPick: (value: string) => void;
};

export function Pick(props: PickProps) {
  const id = createUniqueId();
  return (
    <div class="pick">
      <label class="pick-label" for={id}>
        <Icon of={props.icon} />
        {props.label}
      </label>
      <div class="pick-box">
        <select
          id={id}
          class="pick-select"
          value={props.value}
          onChange={(event) => props.onPick(event.currentTarget.value)}
        >
          <For each={props.options}>
            {(option) => (
              <option value={option.value} selected={option.value === props.value}>
                {option.label}
              </option>
            )}
          </For>
        </select>
        <Icon of={ChevronDown} />
      </div>
    </div>
  );
}
