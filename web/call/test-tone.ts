/** Two soft notes by the chosen loudspeaker, made here: nothing is fetched, and nothing is heard without a press. */

/** A and the E above it: far enough apart to be told from a system's beep. */
const NOTES_HZ = [440, 659.26] as const;
const NOTE_S = 0.55;
/** Higher: startles in headphones. Lower: not heard in a loud room. */
const VOLUME = 0.2;
const FADE_S = 0.06;
/** So that the last note is not cut off. */
const TAIL_S = 0.2;

type Sink = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

/** Plays them once; resolves when they have sounded, and to false where this browser plays nothing. `speaker`: empty is the system's own. */
export async function playTestTone(speaker: string): Promise<boolean> {
  const context = new AudioContext();
  const audio = new Audio() as Sink;
  try {
    const out = context.createMediaStreamDestination();
    audio.srcObject = out.stream;
    // a loudspeaker that was pulled meanwhile: the system's own plays
    if (speaker !== "") await audio.setSinkId?.(speaker).catch(() => undefined);
    await context.resume();
    await audio.play();
    await sounded(context, out);
    return true;
  } catch {
    return false;
  } finally {
    audio.srcObject = null;
    void context.close().catch(() => undefined);
  }
}

function sounded(context: AudioContext, out: AudioNode): Promise<void> {
  return new Promise((resolve) => {
    const start = context.currentTime + FADE_S;
    const notes = NOTES_HZ.map((hertz, at) => note(context, out, hertz, start + at * NOTE_S));
    notes.at(-1)?.addEventListener("ended", () => resolve());
  });
}

function note(context: AudioContext, out: AudioNode, hertz: number, from: number): OscillatorNode {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(VOLUME, from + FADE_S);
  volume.gain.setValueAtTime(VOLUME, from + NOTE_S - FADE_S);
  volume.gain.linearRampToValueAtTime(0, from + NOTE_S);
  tone.connect(volume).connect(out);
  tone.start(from);
  tone.stop(from + NOTE_S + TAIL_S);
  return tone;
}
