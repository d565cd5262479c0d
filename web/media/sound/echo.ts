/** The strongest echo cancellation that the browser has (B4). */

/** What to ask `echoCancellation` for. "all" cancels what the whole system plays; never "remote-only", which leaves out what
 * Web Audio plays, and that is everything here. */
export function bestEchoCancellation(capabilities: {
  readonly echoCancellation?: readonly unknown[];
}): "all" | true {
  return capabilities.echoCancellation?.includes("all") ? "all" : true;
}

/** Switches the best one on. A browser that refuses keeps what it had: `getUserMedia` asked for `true` before. */
export async function cancelEcho(track: MediaStreamTrack): Promise<void> {
  const best = bestEchoCancellation(track.getCapabilities?.() ?? {});
  // the DOM types know only the boolean
  const echoCancellation = best as ConstrainBoolean;
  const others = { noiseSuppression: true, autoGainControl: true };
  await track.applyConstraints({ ...others, echoCancellation }).catch(() => undefined);
}
