/** What the media workers of a page count, asked beside the page that owns them and without its help. */
import type { Page } from "@playwright/test";
import type { RxStats } from "../media/messages.ts";

type Watched = { askStats?: (which: "receiving") => Promise<RxStats | null> };

/** Must run before the page loads: `window.askStats("sending" | "receiving")` asks the newest such worker. */
export async function watchesWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const workers: { sending?: Worker; receiving?: Worker } = {};
    // numbers that the page itself never uses
    let ask = 2 ** 40;
    const post = Worker.prototype.postMessage as (message: unknown, ...more: unknown[]) => void;
    Worker.prototype.postMessage = function (this: Worker, message: unknown, ...more: unknown[]) {
      const said = (message ?? {}) as { t?: string };
      // only whoever seals is told a pid
      if (said.t === "start") workers["pid" in said ? "sending" : "receiving"] = this;
      return Reflect.apply(post, this, [message, ...more]);
    };
    const askStats = (which: "sending" | "receiving") => {
      const worker = workers[which];
      if (!worker) return Promise.resolve(null);
      const mine = ask++;
      return new Promise((resolve) => {
        const hear = ({ data }: MessageEvent) => {
          if (data.t !== "stats" || data.ask !== mine) return;
          worker.removeEventListener("message", hear);
          resolve(data.stats);
        };
        worker.addEventListener("message", hear);
        worker.postMessage({ t: "stats", ask: mine });
      });
    };
    Object.assign(window, { askStats });
  });
}

/** Of the newest receiving worker. */
export async function received(page: Page): Promise<RxStats> {
  const stats = await page.evaluate(() => (window as Watched).askStats?.("receiving"));
  if (!stats) throw new Error("this page has no such worker, or nobody watches it");
  return stats;
}
