/** Somebody waits: outside a call a soft sound, the tab's title and, if wanted, a notification; inside one nothing (R5). */
import { type Accessor, createEffect, onCleanup } from "solid-js";
import { browserClock } from "../../call/browser-clock.ts";
import type { DeskState } from "../../call/desk-types.ts";
import { Knocks } from "../../call/knocks.ts";
import { countInTitle } from "../../ui/tab-title.ts";
import { showNotice } from "./notice.ts";
import { playKnock } from "./sound.ts";

/** Watches the desk as long as the owner lives. `isCallPage`: a page made anew there enters the room in a moment, and until
 * then its waiting clients are no news. */
export function createKnock(state: Accessor<DeskState | null>, isCallPage: Accessor<boolean>): void {
  let hasEntered = false;
  const knocks = new Knocks({
    clock: browserClock,
    ring: () => {
      playKnock();
      showNotice();
    },
  });
  createEffect(() => {
    const now = state();
    if (now && now.entered !== null) hasEntered = true;
    const inCall = (now && now.entered !== null) || (isCallPage() && !hasEntered);
    const waiting = now?.visitors.filter(({ at }) => at !== "in").map(({ record }) => record) ?? [];
    countInTitle(inCall ? 0 : new Set(waiting).size);
    knocks.update(waiting, inCall);
  });
  onCleanup(() => {
    knocks.close();
    countInTitle(0);
  });
}
