/** In the middle of the room while the line is away: since when, that nothing need be done, and after a while how the therapist is
 * reached. It is fetched with the room: when it is needed there is no line to fetch it by. */
import "./line-card.css";
import { createEffect, createMemo, createSignal, on, onCleanup, Show } from "solid-js";
import { t } from "../../i18n/line.ts";
import { playTune } from "./tones.ts";

/** Lost since, Unix milliseconds; null while the line is open. `reach`: the therapist's own words, for its clients. */
export type LineCardProps = { since: number | null; reach: string | null };

/** A line that is back by then was not worth a word. Higher: people wonder. Lower: each hiccup flashes. */
const SHOWN_AFTER_MS = 1_500;
/** Higher: people sit before a still picture. Lower: they call while the line is about to come back. */
export const REACH_AFTER_MS = 20_000;

export default function LineCard(props: LineCardProps) {
  const [now, setNow] = createSignal(Date.now());
  const away = () => (props.since === null ? 0 : now() - props.since);
  createEffect(() => {
    if (props.since === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    onCleanup(() => clearInterval(timer));
  });
  const isShown = createMemo(() => props.since !== null && away() >= SHOWN_AFTER_MS);
  const [said, setSaid] = createSignal("");
  createEffect(
    on(
      isShown,
      (shown) => {
        playTune(shown ? "lost" : "back");
        setSaid(shown ? "" : t("back"));
      },
      { defer: true },
    ),
  );
  return (
    <>
      <Show when={isShown()}>
        <section class="line-card" aria-label={t("lostTitle")} data-testid="line-card">
          <div role="status">
            <h2>{t("lostTitle")}</h2>
          </div>
          <p class="line-card-for" aria-hidden="true" data-testid="line-seconds">
            {t("lostFor", Math.round(away() / 1_000))}
          </p>
          <p>{t("lost")}</p>
          <Show when={away() >= REACH_AFTER_MS}>
            <Show when={props.reach} fallback={<p class="quiet">{t("lostLong")}</p>}>
              {(reach) => (
                <div class="line-card-reach" role="status">
                  <p class="quiet">{t("reachTitle")}</p>
                  <p class="line-card-text" data-testid="reach">
                    {reach()}
                  </p>
                </div>
              )}
            </Show>
          </Show>
        </section>
      </Show>
      <p class="visually-hidden" role="status">
        {said()}
      </p>
    </>
  );
}
