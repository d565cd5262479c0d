/** A word that appears on hover and focus beside a control; the control's own label says the same to screen readers. */
import "./tooltip.css";
import { Tooltip as Base } from "@kobalte/core/tooltip";
import type { JSX } from "solid-js";

type Placement = "top" | "bottom" | "left" | "right";

/** `children` gets the trigger's properties by context: wrap exactly one control made with `TooltipTrigger`. */
export function Tooltip(props: { text: string; placement?: Placement; children: JSX.Element }) {
  return (
    <Base openDelay={400} closeDelay={80} placement={props.placement ?? "top"} gutter={6}>
      {props.children}
      <Base.Portal>
        <Base.Content class="tooltip" aria-hidden="true">
          {props.text}
        </Base.Content>
      </Base.Portal>
    </Base>
  );
}

export const TooltipTrigger = Base.Trigger;
