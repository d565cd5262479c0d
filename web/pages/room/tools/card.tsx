/** One tool over the people: its name, its one way to be closed, and what it does. */
import Close from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { IconButton } from "../../../ui/icon-button.tsx";

type CardProps = {
  name: string;
  /** What the way out is called: the therapist closes for all, a client hides it here. */
  away: string;
  onAway: () => void;
  wide?: boolean;
  testId: string;
  children: JSX.Element;
};

export function ToolCard(props: CardProps) {
  return (
    <section
      class="tool"
      classList={{ "tool-wide": props.wide === true }}
      aria-label={props.name}
      data-testid={props.testId}
    >
      <header class="tool-head">
        <h2>{props.name}</h2>
        <IconButton icon={Close} label={props.away} placement="left" onClick={props.onAway} />
      </header>
      {props.children}
    </section>
  );
}
