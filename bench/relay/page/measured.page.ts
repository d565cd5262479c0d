/** What every measured page gets before its own first line: stand-ins for camera and microphone, the observer, the ears. */
import type { Burst } from "../sound.ts";
import { standIn } from "./camera.ts";
import { type Heard, openEars } from "./ears.ts";
import { Observer, type Seen } from "./observer.ts";
import { receivedStats, watchWorkers } from "./stats.ts";

/** Everything one page saw and heard since `begin`. `pressed`: when its person joined. Times are the wall clock's. */
export type PageReport = {
  readonly who: number;
  readonly pressed: number;
  readonly from: number;
  readonly to: number;
  readonly seen: readonly (readonly [who: number, seen: Seen])[];
  readonly played: readonly Burst[];
  readonly heard: readonly Burst[];
  readonly gaps: Heard["gaps"];
};

export type Measured = {
  pressed: number;
  /** Forgets what was seen and heard, but not when somebody was seen first. */
  begin(): void;
  report(): PageReport;
  /** Our own page's counters; `null` on any other. */
  received: typeof receivedStats;
};

declare global {
  interface Window {
    /** Who this is, and how many there will be. Set in front of this script. */
    benchWho?: number;
    benchPeople?: number;
    bench?: Measured;
  }
}

function measure(who: number, people: number): Measured {
  const observer = new Observer(who);
  let [played, heard, gaps]: [Burst[], Burst[], { who: number; ms: number }[]] = [[], [], []];
  let from = Date.now();
  watchWorkers();
  standIn(who, (burst) => played.push(burst));
  const others = Array.from({ length: people }, (_, one) => one).filter((one) => one !== who);
  openEars(others, (now) => {
    heard.push(...now.bursts);
    gaps.push(...now.gaps);
  });
  return {
    pressed: 0,
    begin() {
      for (const seen of observer.seen.values()) [seen.shown, seen.ages] = [[], []];
      [played, heard, gaps] = [[], [], []];
      from = Date.now();
    },
    received: receivedStats,
    report() {
      return {
        who,
        pressed: this.pressed,
        from,
        to: Date.now(),
        seen: [...observer.seen],
        played,
        heard,
        gaps,
      };
    },
  };
}

const who = window.benchWho;
if (who !== undefined && window.bench === undefined && window.isSecureContext) {
  window.bench = measure(who, window.benchPeople ?? 0);
  const pressed = ({ target }: Event) => {
    const label = target instanceof Element ? target.closest("button, a")?.textContent : null;
    if (label?.includes("Beitreten")) Object.assign(window.bench ?? {}, { pressed: Date.now() });
  };
  addEventListener("click", pressed, { capture: true });
}
