/** Makes the therapist's pages installable: brings in the service worker once somebody is logged in. Clients never get one. */
import { workerUrl } from "../trust.ts";

/** Nothing depends on it: where a browser refuses, the pages work as before. */
export async function installShell(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(workerUrl("/sw.js"), { scope: "/", updateViaCache: "none" });
  } catch {
    // private windows, storage forbidden, or the server is away: nothing is lost
  }
}
