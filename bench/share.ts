/** `bun run bench:share`: what sealing and opening frames take of a page's processor time, in real calls of three and of five in real
 * Chromium over the product. Prints a JSON array, one object per size, the page that spends most first. */
import { watchesWorkers } from "../web/journeys/counted.ts";
import { joinsGroup, startsGroup } from "../web/journeys/group.ts";
import { entersRoom, type Person, person, registers } from "../web/journeys/people.ts";
import { startProduct } from "../web/journeys/product.ts";
import { CLIENT, FOURTH, type Sign, THERAPIST, THIRD } from "../web/journeys/signs.ts";
import type { RxStats, TxStats } from "../web/media/messages.ts";
import { percentile } from "./percentile.ts";
import { cpuMsOf, idleMs } from "./relay/machine.ts";

/** Of one core, in percent. */
const GOAL_PERCENT = 3;
/** Higher: a call that does not come about is noticed later. */
const SEEN_MS = 60_000;
/** Layers settle, the engine compiles; then these count. */
const WARM_UP_MS = 6_000;
const COUNTED_MS = 20_000;
/** The clock of a worker goes on while another process has its processor. In a short look that hits few of the calls that are timed, so
 * the median of the looks is nearly the work itself; their mean is work and waiting. Lower: looking is work too. */
const LOOK_MS = 250;
const SIZES = [3, 5];
const SIGNS: readonly Sign[] = [THERAPIST, CLIENT, THIRD, FOURTH, { hertz: 1_300, u: 128, v: 60 }];

type Look = {
  readonly at: number;
  readonly sealMs: number;
  readonly openMs: number;
  readonly opened: number;
  /** Others whose picture has been painted. */
  readonly seen: number;
  readonly way: string | null;
};

/** Asks both workers again and again, from inside the page. */
function looks({ page }: Person, howLong: number): Promise<Look[]> {
  return page.evaluate(
    async ([end, every]) => {
      const { askStats } = window as unknown as {
        askStats(which: "sending"): Promise<TxStats | null>;
        askStats(which: "receiving"): Promise<RxStats | null>;
      };
      const all: Look[] = [];
      const began = performance.now();
      do {
        const [up, down] = await Promise.all([askStats("sending"), askStats("receiving")]);
        const pictures = down?.pictures ?? [];
        all.push({
          at: performance.now(),
          sealMs: up?.sealMs ?? 0,
          openMs: down?.openMs ?? 0,
          opened: down?.frames ?? 0,
          seen: pictures.filter(({ painted }) => painted > 0).length,
          way: down?.way ?? null,
        });
        await new Promise((resolve) => setTimeout(resolve, every));
      } while (performance.now() - began < end);
      return all;
    },
    [howLong, LOOK_MS] as const,
  );
}

/** A busy machine shows five people late and jerkily; that all are shown at all is enough here. */
async function seesAll(one: Person, others: number): Promise<void> {
  for (const end = Date.now() + SEEN_MS; Date.now() < end; ) {
    const [look] = await looks(one, 0);
    if (look?.seen === others) return;
  }
  throw new Error("somebody is not seen");
}

/** Of the page, its workers and its audio. */
async function rendererMs({ browser }: Person): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  return renderers.reduce((sum, { id }) => sum + cpuMsOf(id), 0);
}

const round = (value: number) => Math.round(value * 100) / 100;

function rowOf(slot: number, all: readonly Look[], cpuMs: number) {
  const seconds = ((all.at(-1)?.at ?? 0) - (all[0]?.at ?? 0)) / 1000;
  const rate = (of: "sealMs" | "openMs" | "opened") => {
    const steps = all.slice(1).map((one, at) => {
      const before = all[at] ?? one;
      return ((one[of] - before[of]) * 1000) / (one.at - before.at);
    });
    const mean = ((all.at(-1)?.[of] ?? 0) - (all[0]?.[of] ?? 0)) / seconds;
    return { median: percentile(steps, 50), mean };
  };
  const [seal, open, opened] = [rate("sealMs"), rate("openMs"), rate("opened")];
  const page = cpuMs / seconds;
  const partOf = (whole: number) => ({
    median: round(((seal.median + open.median) / whole) * 100),
    mean: round(((seal.mean + open.mean) / whole) * 100),
  });
  return {
    slot,
    pageMsPerSecond: round(page),
    openedPerSecond: round(opened.mean),
    sealMsPerSecond: { median: round(seal.median), mean: round(seal.mean) },
    openMsPerSecond: { median: round(open.median), mean: round(open.mean) },
    percentOfCore: partOf(1000),
    percentOfPage: partOf(page),
  };
}

async function call(people: number, all: Person[], origin: string): Promise<void> {
  for (const sign of SIGNS.slice(0, people)) {
    const one = await person({ sign, origin });
    await watchesWorkers(one.page);
    all.push(one);
  }
  const [host, ...clients] = all as [Person, ...Person[]];
  const ids = clients.map((_, at) => `S-${at + 1}`);
  await registers(host.page, "bench-anteil");
  const links = await startsGroup(host.page, ids);
  await entersRoom(host.page, "S-1");
  for (const [at, { page }] of clients.entries()) await joinsGroup(page, links[at] ?? "", ids[at] ?? "");
  for (const one of all) await seesAll(one, people - 1);
}

async function measure(people: number) {
  const product = await startProduct();
  const all: Person[] = [];
  try {
    await call(people, all, product.origin);
    await Bun.sleep(WARM_UP_MS);
    const [idle, began] = [idleMs(), Date.now()];
    const before = await Promise.all(all.map(rendererMs));
    const seen = await Promise.all(all.map((one) => looks(one, COUNTED_MS)));
    const after = await Promise.all(all.map(rendererMs));
    const later = idleMs();
    const idleMean = (later.ms - idle.ms) / (Date.now() - began) / later.processors;
    const pages = seen.map((one, slot) => rowOf(slot, one, (after[slot] ?? 0) - (before[slot] ?? 0)));
    pages.sort((a, b) => b.percentOfCore.median - a.percentOfCore.median);
    const most = pages[0]?.percentOfCore.median ?? Number.NaN;
    const way = seen[0]?.at(-1)?.way ?? null;
    return {
      people,
      way,
      hostIdlePercent: round(idleMean * 100),
      goalPercent: GOAL_PERCENT,
      reached: most <= GOAL_PERCENT,
      pages,
    };
  } finally {
    await Promise.all(all.map(({ browser }) => browser.close()));
    await product.close();
  }
}

const rows = [];
for (const people of SIZES) rows.push(await measure(people));
console.log(JSON.stringify(rows));
process.exit(rows.every(({ reached }) => reached) ? 0 : 1);
