/** How loud the microphone is, as a bar that moves, and in words once it has heard somebody. */
import { createEffect, createSignal, onCleanup, Show } from "solid-js";
import { barOf, earOf } from "../../call/ear.ts";
import { t } from "../../i18n/check.ts";

/** What counts as somebody speaking, of the whole bar. Higher: quiet people are not heard. Lower: a fan is. */
const SPEECH = 0.35;
/** Looks in a row; a knock on the table is shorter. */
const LOOKS = 6;

export function SpeakTest(props: { track: MediaStreamTrack }) {
  const [heard, setHeard] = createSignal(false);
  let bar: HTMLDivElement | undefined;
  createEffect(() => {
    const ear = earOf(props.track);
    let [looks, frame] = [0, 0];
    setHeard(false);
    const draw = () => {
      const now = barOf(ear.hear()?.volume ?? 0);
      looks = now >= SPEECH ? looks + 1 : 0;
      if (looks >= LOOKS) setHeard(true);
      bar?.style.setProperty("transform", `scaleX(${now.toFixed(3)})`);
      frame = requestAnimationFrame(draw);
    };
    draw();
    onCleanup(() => {
      cancelAnimationFrame(frame);
      ear.close();
    });
  });
  return (
    <div class="level" data-testid="level" data-heard={heard()}>
      <div class="level-track" role="img" aria-label={t("devices.level")}>
        <div class="level-now" ref={bar} />
      </div>
      <p class="field-hint" role="status">
        <Show when={heard()} fallback={t("devices.speak")}>
          {t("devices.heard")}
        </Show>
      </p>
    </div>
  );
}
