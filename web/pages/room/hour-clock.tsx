/** The therapist's clock: the minutes as they are counted, a quiet ring around the session, a soft word and tone ten and five minutes
 * before its end. Nothing of it is on the client's page, and nothing is ever cut. */
import "./hour-clock.css";
import { createEffect, createMemo, createSignal, on, onCleanup, Show, untrack } from "solid-js";
import { Cues, elapsedOf, hourOf, LENGTHS, type Mark } from "../../call/hour.ts";
import { t } from "../../i18n/hour.ts";
import { Menu, MenuChoice } from "../../ui/menu.tsx";
import { MeteredClock } from "../ledger/metered.tsx";
import { playTune } from "./tones.ts";

type HourClockProps = {
  /** As the server has counted them. */
  minutes: number;
  since: number | null;
  /** Of a session, as the therapist chose it. */
  length: number;
  onLength: (minutes: number) => void;
};

/** How often the ring is looked at; it moves a degree in eight seconds. */
const LOOK_MS = 2_000;
/** Higher: the word stands longer over the session. Lower: a glance misses it. */
const CUE_MS = 30_000;

export function HourClock(props: HourClockProps) {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
  onCleanup(() => clearInterval(timer));
  const elapsed = createMemo(() => props.since && elapsedOf(now(), props.since, props.minutes));
  return (
    <>
      <Cue elapsed={elapsed()} length={props.length} isCounted={props.minutes > 0} />
      <MeteredClock minutes={props.minutes} since={props.since} />
      <Menu
        label={label(elapsed(), props.length)}
        class="icon-button hour-button"
        trigger={<Ring elapsed={elapsed() ?? 0} length={props.length} />}
      >
        <MenuChoice
          title={t("title")}
          options={LENGTHS.map((minutes) => ({ value: `${minutes}`, label: t("length", minutes) }))}
          value={`${props.length}`}
          onChoose={(minutes) => props.onLength(Number(minutes))}
        />
      </Menu>
    </>
  );
}

function label(elapsed: number | null, length: number): string {
  return elapsed === null ? t("waiting", length) : t("ring", length, hourOf(elapsed, length).left);
}

function Ring(props: { elapsed: number; length: number }) {
  const hour = () => hourOf(props.elapsed, props.length);
  return (
    <svg
      viewBox="0 0 32 32"
      class="hour-ring"
      data-testid="hour-ring"
      data-near={hour().near ?? "none"}
      aria-hidden="true"
    >
      <circle cx="16" cy="16" r="12" class="hour-whole" />
      <circle
        cx="16"
        cy="16"
        r="12"
        class="hour-over"
        pathLength="100"
        stroke-dasharray={`${(hour().share * 100).toFixed(2)} 100`}
      />
    </svg>
  );
}

/** The soft word and tone; screen readers are told politely. */
function Cue(props: { elapsed: number | null; length: number; isCounted: boolean }) {
  const cues = new Cues();
  const [mark, setMark] = createSignal<Mark | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(
      () => [props.elapsed, props.length] as const,
      ([elapsed, length]) => {
        const passed =
          elapsed === null
            ? null
            : cues.take(
                elapsed,
                length,
                untrack(() => props.isCounted),
              );
        if (passed === null) return;
        playTune("soon");
        setMark(passed);
        clearTimeout(timer);
        timer = setTimeout(() => setMark(null), CUE_MS);
      },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  return (
    <span role="status" data-testid="hour-cue">
      <Show when={mark()}>
        {(minutes) => <span class="room-line room-line-look">{t("soon", minutes())}</span>}
      </Show>
    </span>
  );
}
