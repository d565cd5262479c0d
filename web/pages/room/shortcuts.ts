/** Which key does what in the room. PURE. Keys are single letters, so they can be switched off (WCAG 2.1.4), and whoever types is left alone. */

export const KEYS = {
  mic: "m",
  camera: "c",
  hand: "h",
  chat: "t",
  screen: "s",
  full: "f",
  help: "?",
} as const;

export type Act = keyof typeof KEYS;

/** Of a key press: the key itself, what else is held, and where the focus is. */
export type Pressed = {
  readonly key: string;
  readonly held: boolean;
  readonly repeat: boolean;
  /** A field, a menu or a dialog has the focus, or a dialog is open: letters belong to it. */
  readonly taken: boolean;
};

/** What a key asks for; null where it is nobody's. */
export function actOf({ key, held, repeat, taken }: Pressed): Act | null {
  if (held || repeat || taken) return null;
  const acts = Object.keys(KEYS) as Act[];
  return acts.find((act) => KEYS[act] === key.toLowerCase()) ?? null;
}

type Event = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "repeat" | "isComposing">;

/** `place`: the element that has the focus. */
export function pressedBy(event: Event, place: Pick<Element, "closest"> | null, covered: boolean): Pressed {
  const held = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  return {
    key: event.key,
    held,
    repeat: event.repeat,
    taken: covered || (place?.closest(TAKEN) ?? null) !== null,
  };
}

const TAKEN =
  "input, textarea, select, [contenteditable], [role=textbox], [role=menu], [role=dialog], [role=alertdialog]";
