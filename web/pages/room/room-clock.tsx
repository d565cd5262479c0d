/** Minutes since the two first saw each other. */
import { createSignal, onCleanup, Show } from "solid-js";
import { t } from "../../i18n/call.ts";

/** Seconds would pull the eye; this is how often the minute is looked at. */
const LOOK_MS = 5_000;

export function Clock(props: { since: number | null }) {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
  onCleanup(() => clearInterval(timer));
  return (
    <Show when={props.since}>
      {(since) => (
        <span class="room-clock" role="timer" aria-label={t("room.clock")}>
          {t("minutes", Math.max(0, Math.floor((now() - since()) / 60_000)))}
        </span>
      )}
    </Show>
  );
}
