/** Opens a session by two ways (media.md decision 7): QUIC has a head start, whichever is open first stays, the other is let go. */
import type { Clock } from "../call/clock.ts";

/** Higher: where UDP is blocked, a call begins later. Lower: sockets win on slow lines where QUIC would be better. */
export const HEAD_START_MS = 500;
/** Higher: a network that swallows everything holds the next try up. Lower: a slow one never gets through. */
export const GIVE_UP_MS = 5_000;

/** A way being opened. `drop` lets go of it whether or not it has opened. */
export type Opening<T> = { readonly ready: Promise<T>; drop(): void };

/** Resolves with the first to open; rejects where none does in time. `quic` null: only the socket is tried, at once. */
export function race<T>(clock: Clock, quic: (() => Opening<T>) | null, socket: () => Opening<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const running = new Set<Opening<T>>();
    const timers: (() => void)[] = [];
    let waiting = [...(quic === null ? [] : [quic]), socket];
    const end = (settle: () => void) => {
      for (const cancel of timers) cancel();
      for (const loser of running) loser.drop();
      running.clear();
      waiting = [];
      settle();
    };
    const next = () => {
      const open = waiting.shift();
      if (open === undefined) return;
      const opening = open();
      running.add(opening);
      opening.ready.then(
        (link) => {
          if (running.delete(opening)) end(() => resolve(link));
        },
        (error: unknown) => {
          if (!running.delete(opening)) return;
          if (waiting.length > 0) next();
          else if (running.size === 0) end(() => reject(error));
        },
      );
    };
    timers.push(clock.after(GIVE_UP_MS, () => end(() => reject(new Error("no answer")))));
    if (quic !== null) timers.push(clock.after(HEAD_START_MS, next));
    next();
  });
}
