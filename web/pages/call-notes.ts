/** Notes in the vault who was in a call, how long, which way and how often it broke off: at every leave, every few minutes, and when
 * this page ends the call. */
import { type Accessor, createEffect, onCleanup } from "solid-js";
import type { ItemId } from "../../wire/ids.ts";
import type { DeskState, Visitor } from "../call/desk-types.ts";
import { Interruptions } from "../call/interruptions.ts";
import { NOTE_EVERY_MS, noteCalls, type Presence } from "../vault/past-calls.ts";
import { openVault } from "../vault/phase.ts";
import type { Medium } from "../vault/records.ts";

/** Of one client who is in. */
type Stay = { readonly at: number; readonly breaks: Interruptions; medium: Medium | null };

/** `group`: the room was opened for several. */
export function createCallNotes(state: Accessor<DeskState>, group: Accessor<boolean>): void {
  const vault = openVault();
  const inside = new Map<ItemId, Stay>();
  let isGroup = false;

  const note = (items: readonly ItemId[]) => {
    const until = Date.now();
    const present = new Map<ItemId, Presence>();
    for (const item of items) {
      const stay = inside.get(item);
      if (!stay) continue;
      const { at, medium, breaks } = stay;
      present.set(item, { at, until, group: isGroup, medium, ...breaks.news() });
    }
    noteCalls(vault, present);
  };
  createEffect(() => {
    isGroup ||= group();
    const all = state();
    const visitors = all.visitors.filter(({ at }) => at === "in");
    const now = new Set(visitors.map(({ record }) => record));
    const gone = [...inside.keys()].filter((item) => !now.has(item));
    for (const item of gone) inside.get(item)?.breaks.stop(Date.now());
    note(gone);
    for (const item of gone) inside.delete(item);
    for (const visitor of visitors) see(inside, visitor, all);
  });
  const timer = setInterval(() => note([...inside.keys()]), NOTE_EVERY_MS);
  onCleanup(() => {
    clearInterval(timer);
    for (const { breaks } of inside.values()) breaks.stop(Date.now());
    note([...inside.keys()]);
  });
}

function see(inside: Map<ItemId, Stay>, visitor: Visitor, state: DeskState): void {
  const now = Date.now();
  const stay = inside.get(visitor.record) ?? { at: now, breaks: new Interruptions(), medium: null };
  inside.set(visitor.record, stay);
  const { conversation } = visitor;
  const isOpen = state.relay ? state.relay.line === "open" : conversation?.line.at === "open";
  // a line that is being opened for the first time is not interrupted
  if (stay.medium === null && !isOpen) return;
  stay.breaks.see(!isOpen, now);
  const way = state.relay || isRelayed(visitor) ? "relay" : "direct";
  if (hasPicture(visitor, state)) stay.medium = way;
  else stay.medium ??= "sound";
}

function isRelayed({ conversation }: Visitor): boolean {
  return conversation?.line.at === "open" && conversation.line.route === "relayed";
}

/** Somebody else shows a camera or a screen. */
function hasPicture({ conversation, slot }: Visitor, { relay }: DeskState): boolean {
  const shows = relay?.people.find((person) => person.slot === slot)?.shows ?? conversation?.other;
  return shows?.cam === true || shows?.screen === true;
}
