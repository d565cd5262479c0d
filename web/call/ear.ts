/** Listens to the own microphone, also while it is muted: on a copy of its track, on this device alone. Nothing of it is kept or sent. */
import type { Heard } from "./silence.ts";

/** Samples looked at: some 40 ms. Higher: lazy. Lower: it trembles with each wave. */
const SAMPLES = 2_048;

export type Ear = { hear(): Heard | null; close(): void };

/** `hear` is null while nothing is known: no Web Audio here, or it may not run before a press. */
export function earOf(track: MediaStreamTrack): Ear {
  let copy: MediaStreamTrack | undefined;
  let context: AudioContext | undefined;
  const close = () => {
    copy?.stop();
    context?.close().catch(() => undefined);
  };
  try {
    copy = track.clone();
    copy.enabled = true;
    const listening = new AudioContext({ latencyHint: "playback" });
    context = listening;
    const analyser = new AnalyserNode(listening, { fftSize: SAMPLES });
    listening.createMediaStreamSource(new MediaStream([copy])).connect(analyser);
    listening.resume().catch(() => undefined);
    const samples = new Float32Array(SAMPLES);
    return {
      hear() {
        if (listening.state !== "running") return null;
        analyser.getFloatTimeDomainData(samples);
        return heardIn(samples);
      },
      close,
    };
  } catch {
    // a context that cannot take this track is one of the few that a phone allows
    close();
    return { hear: () => null, close: () => undefined };
  }
}

/** Digital silence is exactly zero: every real microphone has noise. */
export function heardIn(samples: Float32Array): Heard {
  let [power, isEmpty] = [0, true];
  for (const sample of samples) {
    power += sample * sample;
    if (sample !== 0) isEmpty = false;
  }
  return { volume: Math.sqrt(power / Math.max(1, samples.length)), isEmpty };
}

/** A quiet room and loud speech in decibels below full scale. */
const FLOOR_DB = -60;
const TOP_DB = -12;

/** From 0 to 1, even for the eye as it is for the ear. */
export function barOf(volume: number): number {
  const decibels = 20 * Math.log10(Math.max(volume, 1e-6));
  return Math.min(1, Math.max(0, (decibels - FLOOR_DB) / (TOP_DB - FLOOR_DB)));
}
