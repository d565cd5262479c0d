/** The strongest echo cancellation that the browser has (B4). */

/** What to ask `echoCancellation` for. "all" cancels what the whole system plays; never "remote-only", which leaves out what
 * Web Audio plays, and that is everything here. */
export function bestEchoCancellation(capabilities: {
  readonly echoCancellation?: readonly unknown[];
}): "all" | true {
  return capabilities.echoCancellation?.includes("all") ? "all" : true;
}

/** Switches the best one on where it is more than `getUserMedia` was asked for. A browser that refuses keeps what it had, and a
 * track that was asked for without any stays without. */
export async function cancelEcho(track: MediaStreamTrack): Promise<void> {
  const best = bestEchoCancellation(track.getCapabilities?.() ?? {});
  if (best !== "all" || track.getSettings().echoCancellation === false) return;
  // the DOM types know only the boolean
  const echoCancellation = best as unknown as ConstrainBoolean;
  await track.applyConstraints({ ...track.getConstraints(), echoCancellation }).catch(() => undefined);
}
