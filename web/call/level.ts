/** How loud a microphone is now, for a bar that moves when somebody speaks. Nothing of it is kept or leaves the device. */

/** What counts as silence and as the top of the bar, in decibels below full scale. Speech lies between -45 and -15. */
const FLOOR_DB = -60;
const TOP_DB = -12;
/** Samples looked at: some 20 ms. Higher: the bar is lazy. Lower: it trembles with each wave. */
const SAMPLES = 1024;

/** From 0 (silence) to 1 (loud), even for the ear: decibels, not volts. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const decibels = 10 * Math.log10(power + 1e-12);
  return Math.min(1, Math.max(0, (decibels - FLOOR_DB) / (TOP_DB - FLOOR_DB)));
}

/** `now()` is the loudness of the last moment, 0 to 1; `close` lets the listening end, not the track. */
export type Level = { now(): number; close(): void };

/** Listens to a microphone's track. A muted or ended track is silence. Where the browser cannot listen, it is silence too. */
export function levelOf(track: MediaStreamTrack): Level {
  try {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = SAMPLES;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    // a context made before any press may wait; where it must not run yet the bar rests
    context.resume().catch(() => undefined);
    const samples = new Float32Array(SAMPLES);
    return {
      now: () => {
        analyser.getFloatTimeDomainData(samples);
        return loudness(samples);
      },
      close: () => void context.close().catch(() => undefined),
    };
  } catch {
    return { now: () => 0, close: () => undefined };
  }
}
