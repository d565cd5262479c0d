/** Parts of the pages that are fetched when they are needed. A browser gives up whatever is on its way when the network changes, so a
 * part that did not come is asked for again. */

/** Between two tries. Longer or more: whoever has no network waits before an empty place. Fewer: a change of network is seen. */
const WAITS_MS = [300, 1_000, 3_000] as const;

/** What `load` brings, at the latest try. Rejects with the last failure. */
export async function fetched<T>(
  load: () => Promise<T>,
  wait: (ms: number) => Promise<void> = pause,
): Promise<T> {
  for (const ms of WAITS_MS) {
    try {
      return await load();
    } catch {
      await wait(ms);
    }
  }
  return await load();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
