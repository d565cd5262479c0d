/** A soft knock out of two tones, made here: no file, no foreign sound. */

/** Higher: it startles. Lower: it is not heard across the room. Share of full loudness. */
const LOUDNESS = 0.12;
/** Two tones of a fifth, in Hertz, and when each begins, in seconds. */
const TONES = [
  { hertz: 392, at: 0 },
  { hertz: 587, at: 0.22 },
] as const;
const FADE_SECONDS = 0.7;

let context: AudioContext | undefined;

/** Plays it once. Silent where the browser allows no sound before somebody has touched the page. */
export function playKnock(): void {
  try {
    context ??= new AudioContext();
    const ready = context;
    // one that stays asleep is not resolved: nothing is played late
    if (ready.state === "running") play(ready);
    else void ready.resume().then(() => play(ready));
  } catch {
    // no sound device; the title and the notification say it
  }
}

function play(audio: AudioContext): void {
  for (const { hertz, at } of TONES) {
    const start = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { type: "sine", frequency: hertz });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + FADE_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + FADE_SECONDS);
  }
}
