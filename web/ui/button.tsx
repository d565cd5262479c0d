/** Buttons and links that look like them. One `main` (clay) per page: the one thing to do there. */
import "./button.css";
import { type JSX, Show } from "solid-js";
import { t } from "../i18n/common.ts";
import { Icon, type IconOf } from "./icon.tsx";
import { Spinner } from "./spinner.tsx";

/** main = clay, room = pine, quiet = outlined, plain = text only, danger = red. */
export type ButtonKind = "main" | "room" | "quiet" | "plain" | "danger";

type Looks = { kind?: ButtonKind | undefined; small?: boolean; wide?: boolean; icon?: IconOf | undefined };

type ButtonProps = Looks & {
  children: JSX.Element;
  type?: "button" | "submit";
  /** At work: keeps its place and its focus, takes no second press. */
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  onClick?: (event: MouseEvent) => void;
  /** More for screen readers than the words on it, e.g. which room is joined. */
  label?: string | undefined;
};

const classes = (props: Looks) => ({
  button: true,
  [`button-${props.kind ?? "quiet"}`]: true,
  "button-small": props.small === true,
  "button-wide": props.wide === true,
});

export function Button(props: ButtonProps) {
  const press = (event: MouseEvent) => {
    if (props.busy) event.preventDefault();
    else props.onClick?.(event);
  };
  return (
    <button
      type={props.type ?? "button"}
      classList={classes(props)}
      disabled={props.disabled}
      aria-disabled={props.busy ? "true" : undefined}
      aria-label={props.label}
      onClick={press}
    >
      <Show when={props.busy} fallback={<Show when={props.icon}>{(icon) => <Icon of={icon()} />}</Show>}>
        <Spinner label={t("busy")} />
      </Show>
      <span>{props.children}</span>
    </button>
  );
}

type LinkProps = Looks & {
  children: JSX.Element;
  href: string;
  label?: string;
  download?: string;
  /** Leads to the client's pages, which the router of this entry does not know. */
  leaves?: boolean;
};

/** A link dressed as a button: it leads somewhere, it does nothing. */
export function ButtonLink(props: LinkProps) {
  return (
    <a
      href={props.href}
      classList={classes(props)}
      aria-label={props.label}
      download={props.download}
      rel={props.leaves ? "external" : undefined}
    >
      <Show when={props.icon}>{(icon) => <Icon of={icon()} />}</Show>
      <span>{props.children}</span>
    </a>
  );
}
