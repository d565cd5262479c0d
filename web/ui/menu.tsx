/** A menu that drops from a button: plain entries, and groups of which one is chosen (cameras, microphones …). */
import "./menu.css";
import { DropdownMenu } from "@kobalte/core/dropdown-menu";
import Check from "lucide-solid/icons/check";
import { For, type JSX, Show } from "solid-js";
import { Icon, type IconOf } from "./icon.tsx";

type MenuProps = {
  /** Accessible name of the button. */
  label: string;
  /** What the button shows. */
  trigger: JSX.Element;
  /** Class of the button; a round one in the room, a plain one elsewhere. */
  class?: string;
  placement?: "top-start" | "top-end" | "bottom-start" | "bottom-end";
  /** Told when the menu opens and closes; the room keeps its controls while it is open. */
  onOpen?: (open: boolean) => void;
  children: JSX.Element;
};

export function Menu(props: MenuProps) {
  return (
    <DropdownMenu
      placement={props.placement ?? "bottom-end"}
      gutter={8}
      // the page behind stays: a menu is no dialog, and hiding the room from screen readers would silence it
      modal={false}
      onOpenChange={(open) => props.onOpen?.(open)}
    >
      <DropdownMenu.Trigger class={props.class ?? "icon-button"} aria-label={props.label}>
        {props.trigger}
      </DropdownMenu.Trigger>
      {/* inside the page's landmark, where screen readers look for it */}
      <DropdownMenu.Portal mount={document.querySelector("main") ?? document.body}>
        <DropdownMenu.Content class="menu">{props.children}</DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

type MenuItemProps = { icon?: IconOf; children: JSX.Element; disabled?: boolean; onSelect: () => void };

export function MenuItem(props: MenuItemProps) {
  return (
    <DropdownMenu.Item class="menu-item" disabled={props.disabled ?? false} onSelect={props.onSelect}>
      <Show when={props.icon}>{(icon) => <Icon of={icon()} />}</Show>
      <span>{props.children}</span>
    </DropdownMenu.Item>
  );
}

/** The end of a long menu, seen however far it is scrolled. */
export function MenuFoot(props: { children: JSX.Element }) {
  return <div class="menu-foot">{props.children}</div>;
}

export function MenuLine() {
  return <DropdownMenu.Separator class="menu-line" />;
}

type MenuChoiceProps = {
  title: string;
  icon?: IconOf;
  options: readonly { value: string; label: string }[];
  value: string;
  onChoose: (value: string) => void;
  /** Stands beside the title. */
  extra?: JSX.Element;
};

/** One of several; says nothing where there is nothing to choose. */
export function MenuChoice(props: MenuChoiceProps) {
  return (
    <DropdownMenu.RadioGroup value={props.value} onChange={props.onChoose}>
      <DropdownMenu.GroupLabel class="menu-title">
        <Show when={props.icon}>{(icon) => <Icon of={icon()} size={16} />}</Show>
        {props.title}
        {props.extra}
      </DropdownMenu.GroupLabel>
      {/* by value, so that an entry which has the focus stays the same when the list is made anew */}
      <For each={props.options.map(({ value }) => value)}>
        {(value) => (
          <DropdownMenu.RadioItem class="menu-item" value={value}>
            <span class="menu-mark">
              <DropdownMenu.ItemIndicator>
                <Icon of={Check} size={18} />
              </DropdownMenu.ItemIndicator>
            </span>
            <span>{props.options.find((option) => option.value === value)?.label}</span>
          </DropdownMenu.RadioItem>
        )}
      </For>
    </DropdownMenu.RadioGroup>
  );
}

type MenuSwitchProps = {
  checked: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
  children: JSX.Element;
};

/** On or off; the menu stays open, so that one sees what was chosen. */
export function MenuSwitch(props: MenuSwitchProps) {
  return (
    <DropdownMenu.CheckboxItem
      class="menu-item"
      closeOnSelect={false}
      checked={props.checked}
      disabled={props.disabled ?? false}
      onChange={props.onChange}
    >
      <span class="menu-mark">
        <DropdownMenu.ItemIndicator>
          <Icon of={Check} size={18} />
        </DropdownMenu.ItemIndicator>
      </span>
      <span>{props.children}</span>
    </DropdownMenu.CheckboxItem>
  );
}

/** Stands above a few entries that belong together. */
export function MenuGroup(props: { title: string; icon?: IconOf; children: JSX.Element }) {
  return (
    <DropdownMenu.Group>
      <DropdownMenu.GroupLabel class="menu-title">
        <Show when={props.icon}>{(icon) => <Icon of={icon()} size={16} />}</Show>
        {props.title}
      </DropdownMenu.GroupLabel>
      {props.children}
    </DropdownMenu.Group>
  );
}
