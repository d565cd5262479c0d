/** Asks our own media workers for their counters, beside the page that owns them and without its help. */
import type { RxStats, ToRx, ToTx } from "../../../web/media/messages.ts";

/** Numbers that the page itself never uses. */
let nextAsk = 2 ** 40;
let receiving: Worker | null = null;

/** From now on the newest receiving worker of this page is known: by what it is told when it starts. */
export function watchWorkers(): void {
  const post = Worker.prototype.postMessage as (message: unknown, ...more: unknown[]) => void;
  Worker.prototype.postMessage = function (this: Worker, message: ToRx | ToTx, ...more: unknown[]) {
    if (message?.t === "start" && !("pid" in message)) receiving = this;
    return Reflect.apply(post, this, [message, ...more]);
  };
}

/** Counters of what this page received; `null` where it has no such worker. */
export function receivedStats(): Promise<RxStats> | null {
  const worker = receiving;
  if (worker === null) return null;
  const ask = nextAsk++;
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent) => {
      if (data.t !== "stats" || data.ask !== ask) return;
      worker.removeEventListener("message", hear);
      resolve(data.stats);
    };
    worker.addEventListener("message", hear);
    worker.postMessage({ t: "stats", ask } satisfies ToRx);
  });
}
