/** The one place of a room that speaks to screen readers: politely, and not more often than somebody can listen. */
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { t } from "../../i18n/by-ear.ts";
import { language } from "../../i18n/language.ts";
import { changesIn, type RoomFacts, type Sayings, waitFor } from "./announce.ts";

const sayings: Sayings = {
  joined: (names, count) => t("said.joined", names, count),
  left: (names, count) => t("said.left", names, count),
  mutes: (names, count) => t("said.mutes", names, count),
  unmutes: (names, count) => t("said.unmutes", names, count),
  raises: (names, count) => t("said.raises", names, count),
  shares: (names, count) => t("said.shares", names, count),
  stopsSharing: (names, count) => t("said.stopsSharing", names, count),
  get ownMuted() {
    return t("said.ownMuted");
  },
  get ownUnmuted() {
    return t("said.ownUnmuted");
  },
  get ownSharing() {
    return t("said.ownSharing");
  },
  get ownStopped() {
    return t("said.ownStopped");
  },
  unread: (count) => t("said.unread", count),
};

const join = (names: string[]) => new Intl.ListFormat(language()).format(names);

export function Announcer(props: { facts: RoomFacts }) {
  const [text, setText] = createSignal("");
  let told: RoomFacts | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const speak = () => {
    timer = undefined;
    const now = props.facts;
    const sentence = told ? changesIn(told, now, sayings, join) : "";
    told = now;
    // an empty place in between: the same sentence twice would be no change and stay silent
    setText("");
    if (sentence === "") return;
    last = performance.now();
    queueMicrotask(() => setText(sentence));
  };
  createEffect(
    on(
      () => props.facts,
      (now) => {
        told ??= now;
        timer ??= setTimeout(speak, waitFor(last, performance.now()));
      },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  return (
    <p class="visually-hidden" role="status" data-testid="announced">
      {text()}
    </p>
  );
}
