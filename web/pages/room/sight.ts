/** What a person wants to see of the room on this device: how the others are laid out, and whether the own picture is shown. */
import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import { browserStore } from "../../call/browser.ts";
import { keptFlag } from "../../call/kept-flag.ts";

/** `speaker`: one large; `grid`: all alike; `eye`: one small at the top, under the webcam, so that looking at it looks at the other. */
export type Layout = "speaker" | "grid" | "eye";

export type Sight = {
  readonly layout: Accessor<Layout>;
  readonly choose: (layout: Layout) => void;
  /** The own picture is put away: by the person, or by the view in which it would pull the eye. */
  readonly selfAway: Accessor<boolean>;
  /** The person put it away; kept for the next call on this device. */
  readonly selfHidden: Accessor<boolean>;
  readonly hideSelf: () => void;
  readonly showSelf: () => void;
};

const hiddenHere = keptFlag("therapsy self view", "hidden", browserStore());
/** The own picture in the view for eye contact goes after … ms. Higher: people look at themselves longer. Lower: they cannot see how
 * they sit before it goes. */
const EYE_AWAY_MS = 6_000;

/** `first`: the layout a call begins with. */
export function createSight(first: Layout): Sight {
  const [layout, choose] = createSignal<Layout>(first);
  const [selfHidden, setHidden] = createSignal(hiddenHere.get());
  const [looks, setLooks] = createSignal(0);
  const [isFaded, setFaded] = createSignal(false);
  const keep = (hidden: boolean) => {
    setHidden(hidden);
    hiddenHere.set(hidden);
  };
  createEffect(
    on([layout, looks], ([now]) => {
      setFaded(false);
      if (now !== "eye") return;
      const timer = setTimeout(() => setFaded(true), EYE_AWAY_MS);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  return {
    layout,
    choose,
    selfHidden,
    selfAway: () => selfHidden() || isFaded(),
    hideSelf: () => keep(true),
    showSelf: () => {
      keep(false);
      setLooks(looks() + 1);
    },
  };
}
