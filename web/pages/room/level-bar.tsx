/** How loud the own microphone is, small: beside the button that mutes it, and in the menu of devices. */
import "./level-bar.css";

export function LevelBar(props: { bar: number }) {
  return (
    <span class="level-bar" data-testid="level" data-bar={props.bar.toFixed(2)} aria-hidden="true">
      <span class="level-bar-now" style={{ "--bar": props.bar }} />
    </span>
  );
}
