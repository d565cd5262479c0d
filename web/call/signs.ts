/** The browser's own connections and its hints that the network changed or the page woke up, for `socket.ts`. */
import { pathAt } from "../../wire/node.ts";
import type { RawSocket, Sign } from "./socket.ts";

/** Opens `/signal` of the page's own origin: at this node, or at any. */
export function openSignal(node: string | null): RawSocket {
  const url = new URL(pathAt(node, "/signal"), location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url) as RawSocket;
}

/** Calls `tell` on online, another network, a page that is seen or comes back from the cache. */
export function browserSigns(tell: (sign: Sign) => void): () => void {
  const off = new AbortController();
  const on = (target: EventTarget | undefined, type: string, run: (event: Event) => void) =>
    target?.addEventListener(type, run, { signal: off.signal });
  on(window, "online", () => tell("network"));
  on((navigator as { connection?: EventTarget }).connection, "change", () => tell("network"));
  on(document, "visibilitychange", () => {
    if (document.visibilityState === "visible") tell("awake");
  });
  on(window, "pageshow", (event) => {
    if ((event as PageTransitionEvent).persisted) tell("awake");
  });
  return () => off.abort();
}
