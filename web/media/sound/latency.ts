/** How long sound takes from the mixer to the ear. */

/** What Firefox is taken to need, in seconds. It cannot be asked: to answer, its page waits for the audio thread while it holds what that
 * thread waits for, and now and then both stand still for good (153, PulseAudio: in every second call). Higher: pictures wait for sound
 * that is heard already. Lower: they lead it by more than is known. */
const UNASKED_S = 0.03;

/** In µs, as far as this browser can be asked. */
export function latencyUs(
  context: Pick<AudioContext, "baseLatency" | "outputLatency">,
  userAgent: string,
): number {
  const output = /Firefox\//.test(userAgent) ? UNASKED_S : context.outputLatency || 0;
  return Math.round((context.baseLatency + output) * 1e6);
}
