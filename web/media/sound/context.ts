/** The one AudioContext of a call: 48 kHz on every device, started in the click, kept running on phones. */
import { type Clock, pageClock } from "../../call/clock.ts";

/** Opens it; to be called in a click, so that browsers let it sound. Throws where the browser has no Web Audio. */
export function openSoundContext(): AudioContext {
  const session = (navigator as Navigator & { audioSession?: { type: string } }).audioSession;
  // iPhones otherwise play through the earpiece, or stop the microphone when something plays
  if (session) session.type = "play-and-record";
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: "interactive" });
  resume(context);
  return context;
}

/** Lets it go on after calls, alarms and switched tabs, and at the next click where the browser waits for one. Returns how to
 * stop. While the system has interrupted it (`interrupted`) nothing may be asked for: it would run and stay silent. */
export function keepRunning(context: AudioContext): () => void {
  const wake = () => resume(context);
  // a press is the person's own word: what a phone call has interrupted may be asked for again
  const press = () => {
    if (context.state !== "running" && context.state !== "closed") context.resume().catch(() => undefined);
  };
  context.addEventListener("statechange", wake);
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("click", press);
  return () => {
    context.removeEventListener("statechange", wake);
    document.removeEventListener("visibilitychange", wake);
    document.removeEventListener("click", press);
  };
}

/** Stopped for so long while the page is seen: said. Higher: the person wonders for longer. Lower: each start is told. */
const STOPPED_MS = 1_500;

/** Tells when the context stands although the page is seen, and when it runs again; that it runs from the start is no news. Returns how
 * to stop. */
export function watchStopped(
  context: AudioContext,
  tell: (isStopped: boolean) => void,
  clock: Pick<Clock, "after"> = pageClock,
): () => void {
  let cancel: () => void = () => undefined;
  let told = false;
  const say = (isStopped: boolean) => {
    if (isStopped !== told) tell(isStopped);
    told = isStopped;
  };
  const look = () => {
    cancel();
    if (context.state === "running") say(false);
    else cancel = clock.after(STOPPED_MS, () => say(context.state !== "running" && !document.hidden));
  };
  context.addEventListener("statechange", look);
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    cancel();
    context.removeEventListener("statechange", look);
    document.removeEventListener("visibilitychange", look);
  };
}

function resume(context: Pick<AudioContext, "state" | "resume">): void {
  if (context.state !== "suspended") return;
  // refused until a click: the next one comes by itself
  context.resume().catch(() => undefined);
}
