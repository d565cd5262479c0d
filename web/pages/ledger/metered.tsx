/** The minutes of a call as the server has counted them so far; shown to the therapist only. */
import { type Accessor, createEffect, createSignal, Show } from "solid-js";
import type { RoomId } from "../../../wire/ids.ts";
import { POINT } from "../../../wire/ledger.ts";
import { decimal } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";
import { Clock } from "../room/room-clock.tsx";
import { startedMinutes } from "./running-calls.ts";
import { useRunning } from "./use-running.ts";

/** 0 until the server has counted any. Asks from the first time that `isOn`. */
export function createMetered(room: Accessor<RoomId>, isOn: Accessor<boolean>): Accessor<number> {
  const [minutes, setMinutes] = createSignal(0);
  createEffect(() => {
    if (!isOn()) return;
    const running = useRunning();
    createEffect(() => {
      const call = running().find((each) => each.room === room());
      // between two calls in one room the last word stays
      if (call) setMinutes(startedMinutes(call));
    });
  });
  return minutes;
}

/** Until the server has counted a minute, those since the other came. */
export function MeteredClock(props: { minutes: number; since: number | null }) {
  return (
    <Show when={props.minutes > 0} fallback={<Clock since={props.since} />}>
      <span class="room-clock" role="timer" aria-label={t("metered.clock")} data-testid="metered">
        {t("metered.minutes", decimal(props.minutes * POINT))}
        <span class="room-clock-more"> {t("metered.counted")}</span>
      </span>
    </Show>
  );
}
