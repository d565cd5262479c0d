/** A turning ring with a word for those who do not see it. */
import "./spinner.css";

export function Spinner(props: { label: string; size?: number }) {
  return (
    <span class="spinner" role="status">
      <svg width={props.size ?? 18} height={props.size ?? 18} viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="9" />
        <path d="M12 3a9 9 0 0 1 9 9" />
      </svg>
      <span class="visually-hidden">{props.label}</span>
    </span>
  );
}
