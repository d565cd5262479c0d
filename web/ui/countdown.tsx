/** What is left until a moment, in words, renewed by the clock of the page. */
import { createSignal, onCleanup } from "solid-js";

/** Higher: the minute shown is stale for longer. Lower: needless wake-ups. */
const TICK_MS = 5_000;

/** `until` in Unix milliseconds; `say` turns what is left (ms, never negative) into words. */
export function Countdown(props: { until: number; say: (left: number) => string }) {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), TICK_MS);
  onCleanup(() => clearInterval(timer));
  return <span class="tabular">{props.say(Math.max(0, props.until - now()))}</span>;
}
