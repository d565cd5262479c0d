/** Breathing together: a slow circle and a count; with reduced motion the words and numbers alone. */
import { createMemo, createSignal, onCleanup } from "solid-js";
import { breathAt } from "../../../call/breath.ts";
import type { HostTools, HostToolsState, Pattern } from "../../../call/tools-host.ts";
import { t } from "../../../i18n/tools.ts";
import { Button } from "../../../ui/button.tsx";
import { Choice } from "../../../ui/choice.tsx";

/** Smallest and largest circle, as parts of its place. */
const [SMALL, LARGE] = [0.45, 1];

export function BreathCircle(props: { breath: NonNullable<HostToolsState["breath"]> }) {
  const now = ticking();
  const at = createMemo(() => breathAt(props.breath, now() - props.breath.since));
  const part = createMemo(() => at().part);
  const count = createMemo(() => at().count);
  return (
    <div class="breath" data-testid="breath-at" data-part={part()} data-count={count()}>
      <div
        class="breath-circle"
        style={{ transform: `scale(${SMALL + (LARGE - SMALL) * at().full})` }}
        aria-hidden="true"
      />
      <p class="breath-words">
        <span aria-live="polite">{t(`breath.${part()}`)}</span>
        <span class="breath-count" aria-hidden="true">
          {count()}
        </span>
      </p>
      <p class="visually-hidden">{sayPattern(props.breath)}</p>
    </div>
  );
}

/** The page's clock, once for each picture it paints. */
function ticking() {
  const [now, setNow] = createSignal(performance.now());
  let frame = requestAnimationFrame(function next() {
    setNow(performance.now());
    frame = requestAnimationFrame(next);
  });
  onCleanup(() => cancelAnimationFrame(frame));
  return now;
}

/** Longer out than in calms; the last one is even. */
const PATTERNS: readonly Pattern[] = [
  { in: 4, hold: 2, out: 6 },
  { in: 4, hold: 0, out: 6 },
  { in: 5, hold: 0, out: 5 },
  { in: 4, hold: 7, out: 8 },
];
const sayPattern = ({ in: into, hold, out }: Pattern) =>
  hold > 0 ? t("breath.said", into, hold, out) : t("breath.saidTwo", into, out);

export function BreathStart(props: { tools: HostTools }) {
  const [chosen, setChosen] = createSignal("0");
  const start = () => {
    const pattern = PATTERNS[Number(chosen())];
    if (pattern) props.tools.startBreath(pattern);
  };
  return (
    <div class="tool-form">
      <Choice
        label={t("breath.pattern")}
        options={PATTERNS.map((pattern, at) => ({ value: `${at}`, label: sayPattern(pattern) }))}
        value={chosen()}
        onChange={setChosen}
      />
      <Button kind="room" onClick={start}>
        {t("breath.start")}
      </Button>
    </div>
  );
}
