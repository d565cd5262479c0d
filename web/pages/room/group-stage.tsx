/** The tiles of a group: all alike in a grid, or one large and the others in a row. A shared screen is always the large one. */
import { createEffect, createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { columnsOf } from "../../call/grid.ts";
import type { Person } from "../../call/relay-call.ts";
import type { PlaneWant } from "../../call/relay-plane.ts";
import { t } from "../../i18n/call.ts";
import { Tile } from "./group-tile.tsx";
import { Mounted } from "./mounted.tsx";
import type { Sight } from "./sight.ts";
import type { CaptureView } from "./use-capture.ts";

type StageProps = {
  people: readonly Person[];
  speaking: number | null;
  sight: Sight;
  view: CaptureView;
  nameOf: (person: Person) => string;
  onWants: (wants: readonly PlaneWant[]) => void;
  acts?: (person: Person) => JSX.Element;
  sign?: (person: Person) => JSX.Element;
};

/** How much of the stage's height the small window under the webcam has (group.css). */
const EYE_SHARE = 0.5;

export function GroupStage(props: StageProps) {
  const size = createSize();
  /** Alone, one sees at least oneself. */
  const isShown = ({ isMe }: Person) => !(isMe && props.sight.selfAway() && props.people.length > 1);
  const slots = createMemo<number[]>(
    (before) =>
      keepSame(
        before,
        props.people.filter(isShown).map(({ slot }) => slot),
      ),
    [],
  );
  const personOf = (slot: number) => props.people.find((each) => each.slot === slot);
  const sharing = createMemo(() => props.people.find(({ screen, shows }) => screen && shows.screen) ?? null);
  const others = () => props.people.filter(({ isMe }) => !isMe);
  const large = createMemo(() => {
    const layout = props.sight.layout();
    const few = layout === "eye" ? 1 : 2;
    if (sharing() || layout === "grid" || others().length < few) return null;
    return personOf(props.speaking ?? -1)?.slot ?? others()[0]?.slot ?? null;
  });
  const isEye = () => props.sight.layout() === "eye" && large() !== null;
  const isRow = () => sharing() !== null || large() !== null;
  const columns = () => (isRow() ? 1 : columnsOf(slots().length, size.box().width, size.box().height));
  createEffect(() => {
    const rows = Math.ceil(slots().length / columns());
    const tile = isRow() ? size.box().height / 5 : size.box().height / Math.max(1, rows);
    const ratio = window.devicePixelRatio || 1;
    const largest = size.box().height * (isEye() ? EYE_SHARE : 1);
    const heightOf = (slot: number) => Math.round((slot === large() ? largest : tile) * ratio);
    props.onWants(
      wantsOf(others(), { heightOf, full: Math.round(size.box().height * ratio), speaking: props.speaking }),
    );
  });
  return (
    <div
      class="group"
      classList={{ "group-row": isRow(), "group-eye": isEye() }}
      style={{ "--columns": columns() }}
      ref={size.ref}
      data-testid="group"
    >
      <Show when={sharing()}>
        {(person) => (
          <figure class="group-screen" aria-label={t("room.otherScreen", props.nameOf(person()))}>
            <Mounted
              element={person().screen}
              testId="screen"
              label={t("room.otherScreen", props.nameOf(person()))}
            />
          </figure>
        )}
      </Show>
      <ul class="group-tiles">
        <For each={slots()}>
          {(slot) => (
            <Show when={personOf(slot)}>
              {(person) => (
                <Tile
                  person={person()}
                  name={props.nameOf(person())}
                  speaking={props.speaking === slot}
                  large={large() === slot}
                  view={props.view}
                  sight={props.sight}
                  acts={props.acts?.(person())}
                  sign={props.sign?.(person())}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
    </div>
  );
}

type Sizes = { heightOf: (slot: number) => number; full: number; speaking: number | null };

/** What is shown how large; whoever speaks comes first, then the seats in their order. */
function wantsOf(others: readonly Person[], { heightOf, full, speaking }: Sizes): PlaneWant[] {
  const order = [...others].sort((a, b) => Number(b.slot === speaking) - Number(a.slot === speaking));
  return order.flatMap(({ slot, shows }, at) => {
    const rank = Math.min(15, at + 1);
    const camera = shows.cam ? [{ slot, screen: false, height: heightOf(slot), rank }] : [];
    return shows.screen ? [{ slot, screen: true, height: full, rank: 0 }, ...camera] : camera;
  });
}

function keepSame(before: number[], now: number[]): number[] {
  return before.length === now.length && before.every((slot, at) => slot === now[at]) ? before : now;
}

/** How large the stage is, followed. */
function createSize() {
  let element: HTMLElement | undefined;
  const [box, setBox] = createSignal({ width: innerWidth, height: innerHeight });
  onMount(() => {
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    watch.observe(element);
    onCleanup(() => watch.disconnect());
  });
  const ref = (made: HTMLElement) => {
    element = made;
  };
  return { box, ref };
}
