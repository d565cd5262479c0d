/** A button that is only an icon: its label is its accessible name and its tooltip. */
import "./icon-button.css";
import { Icon, type IconOf } from "./icon.tsx";
import { Tooltip, TooltipTrigger } from "./tooltip.tsx";

type IconButtonProps = {
  icon: IconOf;
  label: string;
  /** The key that does the same, for the tooltip. */
  keys?: string | undefined;
  /** plain = on a page; round = a call control; danger = the call control that ends something. */
  kind?: "plain" | "round" | "danger";
  /** For controls that stay on or off. */
  pressed?: boolean;
  /** For a control that calls for attention while it is on. */
  lit?: boolean;
  disabled?: boolean;
  placement?: "top" | "bottom" | "left" | "right";
  onClick?: (event: MouseEvent) => void;
};

export function IconButton(props: IconButtonProps) {
  return (
    <Tooltip
      text={props.keys ? `${props.label} (${props.keys})` : props.label}
      placement={props.placement ?? "top"}
    >
      <TooltipTrigger
        class={`icon-button icon-button-${props.kind ?? "plain"}`}
        aria-label={props.label}
        aria-keyshortcuts={props.keys}
        aria-pressed={props.pressed}
        data-lit={props.lit ? "" : undefined}
        disabled={props.disabled ?? false}
        onClick={(event: MouseEvent) => props.onClick?.(event)}
      >
        <Icon of={props.icon} size={props.kind === undefined || props.kind === "plain" ? 20 : 24} />
      </TooltipTrigger>
    </Tooltip>
  );
}
