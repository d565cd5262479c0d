/** Watches over an open vault in a page: tries unsaved changes again, fetches what other devices wrote when the person
 * comes back, and warns before a tab with unsaved changes closes. */
import { Refused } from "./remote.ts";
import type { Vault } from "./vault.ts";

/** Higher: unsaved changes wait longer after a hiccup. Lower: a server that restarts is asked by everybody at once. */
export const FIRST_RETRY_MS = 2_000;
/** Higher: they wait longer after a long outage. Lower: needless requests for hours. */
export const LAST_RETRY_MS = 60_000;

/** Higher: a page left open over night locks later than it should. Lower: needless wake-ups. */
const IDLE_LOOK_MS = 5 * 60 * 1000;

/** How long to wait before try `attempt` (from 0): doubles up to the bound. */
export function retryAfter(attempt: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 16));
}

export type Attendance = {
  /** Somebody is using the page. */
  readonly touch: () => Promise<void>;
  /** Nobody has, for 12 h. */
  readonly isIdle: () => Promise<boolean>;
  readonly lock: () => Promise<void>;
  readonly sessionEnded: () => Promise<void>;
};

/** Begins; the returned function ends it. */
export function attend(vault: Vault, { touch, isIdle, lock, sessionEnded }: Attendance): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  const run = (talk: () => Promise<void>) => {
    talk().catch((error: unknown) => {
      if (error instanceof Refused && error.code === "session.required" && !signal.aborted)
        void sessionEnded();
    });
  };
  const unsaved = () => vault.state.get().saving.state === "unsaved";
  const retry = () => unsaved() && run(() => vault.save());
  const lockIfIdle = async () => {
    const idle = await isIdle();
    if (idle && !signal.aborted) await lock();
    return idle;
  };
  const comeBack = async () => {
    if (document.visibilityState !== "visible" || (await lockIfIdle())) return;
    await touch();
    run(() => vault.refresh());
  };
  const idleLook = setInterval(() => void lockIfIdle(), IDLE_LOOK_MS);

  const unwatch = vault.state.watch(({ saving }) => {
    clearTimeout(timer);
    if (saving.state === "saved") attempt = 0;
    if (saving.state !== "unsaved" || signal.aborted) return;
    if (saving.why === "session.required") return void sessionEnded();
    timer = setTimeout(retry, retryAfter(attempt++));
  });
  document.addEventListener("visibilitychange", () => void comeBack(), { signal });
  addEventListener("online", retry, { signal });
  addEventListener("pointerdown", () => void touch(), { signal, passive: true });
  addEventListener("beforeunload", (event) => unsaved() && event.preventDefault(), { signal });
  return () => {
    controller.abort();
    clearTimeout(timer);
    clearInterval(idleLook);
    unwatch();
  };
}
