/** Keeps the screen awake while a person waits or talks; taken again whenever the page is seen again. */
import { type Accessor, createEffect, onCleanup } from "solid-js";

export function useWakeLock(wanted: Accessor<boolean>): void {
  let lock: WakeLockSentinel | undefined;
  const take = () => {
    if (!wanted() || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    // a phone low on power refuses; the call goes on all the same
    navigator.wakeLock.request("screen").then(
      (sentinel) => {
        if (wanted()) lock = sentinel;
        else void sentinel.release();
      },
      () => undefined,
    );
  };
  const release = () => {
    void lock?.release();
    lock = undefined;
  };
  createEffect(() => (wanted() ? take() : release()));
  document.addEventListener("visibilitychange", take);
  onCleanup(() => {
    document.removeEventListener("visibilitychange", take);
    release();
  });
}
