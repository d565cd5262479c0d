/** Notes in the vault who was in a call and how long: at every leave, every few minutes, and when this page ends the call. */
import { type Accessor, createEffect, onCleanup } from "solid-js";
import type { ItemId } from "../../wire/ids.ts";
import type { Visitor } from "../call/desk-types.ts";
import { NOTE_EVERY_MS, noteCalls, type Presence } from "../vault/past-calls.ts";
import { openVault } from "../vault/phase.ts";

/** `group`: the room was opened for several. */
export function createCallNotes(visitors: Accessor<readonly Visitor[]>, group: Accessor<boolean>): void {
  const vault = openVault();
  /** Since when each is in; Unix milliseconds. */
  const inside = new Map<ItemId, number>();
  let isGroup = false;

  const note = (items: readonly ItemId[]) => {
    const until = Date.now();
    const present = new Map<ItemId, Presence>();
    for (const item of items) {
      const at = inside.get(item);
      if (at !== undefined) present.set(item, { at, until, group: isGroup });
    }
    noteCalls(vault, present);
  };
  createEffect(() => {
    isGroup ||= group();
    const now = new Set(visitors().flatMap(({ at, record }) => (at === "in" ? [record] : [])));
    const gone = [...inside.keys()].filter((item) => !now.has(item));
    note(gone);
    for (const item of gone) inside.delete(item);
    for (const item of now) if (!inside.has(item)) inside.set(item, Date.now());
  });
  const timer = setInterval(() => note([...inside.keys()]), NOTE_EVERY_MS);
  onCleanup(() => {
    clearInterval(timer);
    note([...inside.keys()]);
  });
}
