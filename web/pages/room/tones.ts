/** The room's few quiet tones, made by the browser itself: the line drops, the line is back, the hour comes to its end. */
import { createSignal } from "solid-js";
import { browserStore } from "../../call/browser.ts";
import { keptFlag } from "../../call/kept-flag.ts";
import { isSilent } from "./silent.ts";

const off = keptFlag("therapsy tones", "off", browserStore());
const [tonesOn, set] = createSignal(!off.get());

/** Whether the person wants them, on this device. Reactive. */
export { tonesOn };

export function wantTones(on: boolean): void {
  set(on);
  off.set(!on);
}

/** Share of full loudness. Higher: somebody is startled. Lower: nobody hears it. */
const LOUDNESS = 0.06;
const NOTE_S = 0.28;
/** Hertz, one after the other. */
const TUNES = { lost: [494, 370], back: [370, 494], soon: [440] } as const;
export type Tune = keyof typeof TUNES;

/** Plays it where tones are wanted; a browser that refuses stays silent. */
export function playTune(tune: Tune): void {
  if (!tonesOn() || isSilent()) return;
  try {
    const context = new AudioContext();
    for (const [at, hertz] of TUNES[tune].entries())
      playNote(context, hertz, context.currentTime + at * NOTE_S);
    setTimeout(
      () => void context.close().catch(() => undefined),
      (TUNES[tune].length + 1) * NOTE_S * 1_000 + 500,
    );
  } catch {
    // what it says is shown as well
  }
}

function playNote(context: AudioContext, hertz: number, start: number): void {
  const gain = new GainNode(context, { gain: 0 });
  const note = new OscillatorNode(context, { type: "sine", frequency: hertz });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.04);
  gain.gain.linearRampToValueAtTime(0, start + NOTE_S);
  note.connect(gain).connect(context.destination);
  note.start(start);
  note.stop(start + NOTE_S);
}
