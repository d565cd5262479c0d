/** The one AudioContext of a call: 48 kHz on every device, started in the click, kept running on phones. */

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
  context.addEventListener("statechange", wake);
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("click", wake);
  return () => {
    context.removeEventListener("statechange", wake);
    document.removeEventListener("visibilitychange", wake);
    document.removeEventListener("click", wake);
  };
}

function resume(context: Pick<AudioContext, "state" | "resume">): void {
  if (context.state !== "suspended") return;
  // refused until a click: the next one comes by itself
  context.resume().catch(() => undefined);
}
