/** The cover of a client's page: the key and the browser's own way out of full screen, what the tab says, and the flag that outlives a
 * reload. What is under it stays as it is, out of sight of everybody, screen readers too. */
import "./cover.css";
import { createContext, createEffect, on, onCleanup, untrack, useContext } from "solid-js";
import { Capture } from "../../call/capture.ts";
import { Cover } from "../../call/cover.ts";
import { t } from "../../i18n/cover.ts";
import { disguiseTab } from "../../ui/tab-title.ts";
import { keptCover } from "./kept-cover.ts";
import { setSilent } from "./silent.ts";
import { watched } from "./watched.ts";

/** Whoever leaves full screen by a control of ours has touched it just now; the browser's own Esc touches nothing. */
const TOUCHED_MS = 700;

/** What there is to cover: one visit. */
export type Covered = {
  readonly capture: Capture;
  /** On the way in, or in: the key works, and the devices come back after it. */
  readonly isReady: () => boolean;
  readonly tell: (away: boolean) => void;
};

export type CoverView = {
  readonly cover: Cover;
  readonly isCovered: () => boolean;
  /** Until its owner goes. */
  readonly attach: (visit: Covered) => void;
};

const CoverContext = createContext<CoverView>();
export const CoverProvider = CoverContext.Provider;
/** Undefined on the therapist's side. */
export const useCover = () => useContext(CoverContext);

const NOTHING = new Capture(undefined, () => undefined).captured;

/** One for the page: whatever comes and goes under it, it stays. */
export function createCover(): CoverView {
  let visit: Covered | null = null;
  const cover = new Cover(
    {
      now: () => performance.now(),
      capture: {
        get captured() {
          return visit?.capture.captured ?? NOTHING;
        },
        source: (kind) => visit?.capture.source(kind) ?? null,
        get isPicking() {
          return visit?.capture.isPicking === true;
        },
        isComing: (kind) => visit?.capture.isComing(kind) === true,
        closeAll: () => visit?.capture.closeAll(),
        retry: async (kind) => visit?.capture.retry(kind),
        setCamera: async (wanted) => visit?.capture.setCamera(wanted),
      },
      isOn: () => untrack(() => visit?.isReady() === true),
      silence: setSilent,
      tell: (away) => visit?.tell(away),
      keep: keptCover.set,
    },
    keptCover.get(),
  );
  const isCovered = watched(cover.state);
  createEffect(on(isCovered, (now, was) => (now || was) && disguise(now)));
  listen(cover, () => untrack(() => visit?.isReady() === true));
  const attach = (next: Covered) => {
    visit = next;
    onCleanup(() => {
      if (visit === next) visit = null;
    });
  };
  return { cover, isCovered, attach };
}

function listen(cover: Cover, isReady: () => boolean): void {
  let touchedAt = Number.NEGATIVE_INFINITY;
  const touched = (event: Event) => {
    if ((event as KeyboardEvent).key !== "Escape") touchedAt = performance.now();
  };
  const onKey = (event: KeyboardEvent) => {
    touched(event);
    if (event.key !== "Escape" || event.repeat || event.isComposing) return;
    if (!cover.state.get() && (!isReady() || closesFirst(event.target))) return;
    event.preventDefault();
    event.stopPropagation();
    cover.press();
  };
  const onFullscreen = () => {
    const byBrowser = document.fullscreenElement === null && performance.now() - touchedAt > TOUCHED_MS;
    // without a keyboard it was a gesture of the system, which means nothing
    if (byBrowser && isReady() && matchMedia("(any-hover: hover)").matches) cover.leftFullScreen();
  };
  const stop = new AbortController();
  const early = { capture: true, signal: stop.signal };
  window.addEventListener("keydown", onKey, early);
  for (const kind of ["pointerdown", "pointerup", "click"]) window.addEventListener(kind, touched, early);
  document.addEventListener("fullscreenchange", onFullscreen, early);
  onCleanup(() => stop.abort());
}

/** Something is open there that this key closes. */
function closesFirst(target: EventTarget | null): boolean {
  const open = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], .chat";
  return target instanceof Element && target.closest(open) !== null;
}

let icon: string | null = null;
let focused: Element | null = null;

/** The tab is one of any notes; what is under the cover is not there for eyes, ears and screen readers. */
function disguise(covered: boolean): void {
  const link = document.querySelector("link[rel=icon]");
  if (covered) {
    icon ??= link?.getAttribute("href") ?? null;
    focused = document.activeElement;
    closeFloating();
  }
  document.documentElement.toggleAttribute("data-covered", covered);
  disguiseTab(covered ? t("title") : null);
  if (icon !== null) link?.setAttribute("href", covered ? "/notes.svg" : icon);
  if (covered) return;
  icon = null;
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  focused = null;
}

type WithFloating = { documentPictureInPicture?: { window: Window | null } };

/** Windows outside the page, and full screen. */
function closeFloating(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
  if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => undefined);
  (window as WithFloating).documentPictureInPicture?.window?.close();
}
