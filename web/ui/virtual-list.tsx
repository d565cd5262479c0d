/** A long list of which only the rows near the window exist: it opens as fast with thousands as with ten. Each row says how many there
 * are and which one it is; arrow keys, Home and End walk through them. */
import "./virtual-list.css";
import { createWindowVirtualizer } from "@tanstack/solid-virtual";
import { createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";

type VirtualListProps<T> = {
  items: readonly T[];
  label: string;
  /** How high a row is about, in rem; each is measured once it is there. */
  rowRem: number;
  /** A row; its first link takes the focus of the arrow keys. */
  children: (item: () => T) => JSX.Element;
};

/** Rows kept beyond the window. Higher: more to draw at once. Lower: the tab key and quick scrolling reach rows that are not there yet. */
const BEYOND = 8;

export function VirtualList<T>(props: VirtualListProps<T>) {
  let list: HTMLUListElement | undefined;
  const [top, setTop] = createSignal(0);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const virtual = createWindowVirtualizer<HTMLLIElement>({
    get count() {
      return props.items.length;
    },
    get scrollMargin() {
      return top();
    },
    estimateSize: () => props.rowRem * rem,
    overscan: BEYOND,
  });
  onMount(() => {
    const measure = () => setTop(Math.round((list?.getBoundingClientRect().top ?? 0) + scrollY));
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    measure();
    onCleanup(() => watch.disconnect());
  });
  const rows = () => virtual.getVirtualItems().filter(({ index }) => index < props.items.length);
  const above = () => Math.max(0, (rows()[0]?.start ?? top()) - top());
  const below = () => Math.max(0, virtual.getTotalSize() - ((rows().at(-1)?.end ?? top()) - top()));

  const focusRow = (index: number) => {
    virtual.scrollToIndex(index);
    const find = () => list?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
    // a row far away is drawn with the next frame
    if (find()) find()?.focus();
    else requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
  };
  const onKey = (event: KeyboardEvent) => {
    const at = Number((event.target as HTMLElement).closest<HTMLElement>("[data-index]")?.dataset.index);
    const to = Number.isNaN(at) ? null : targetOf(event.key, at, props.items.length);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focusRow(to);
  };
  return (
    <ul
      ref={list}
      class="virtual-list"
      aria-label={props.label}
      onKeyDown={onKey}
      style={{ "padding-top": `${above()}px`, "padding-bottom": `${below()}px` }}
    >
      <For each={rows()}>
        {(row) => (
          <Show when={row.index < props.items.length}>
            <li
              ref={(element) => queueMicrotask(() => virtual.measureElement(element))}
              data-index={row.index}
              aria-setsize={props.items.length}
              aria-posinset={row.index + 1}
            >
              {props.children(() => props.items[row.index] as T)}
            </li>
          </Show>
        )}
      </For>
    </ul>
  );
}

/** Which row a key leads to from row `at`; null where it is no key of the list. */
function targetOf(key: string, at: number, count: number): number | null {
  if (key === "ArrowDown") return Math.min(count - 1, at + 1);
  if (key === "ArrowUp") return Math.max(0, at - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
