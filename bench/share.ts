/** `bun run bench:share`: which part of a page's processor time goes into sealing and opening frames, in real calls of three and of five
 * in real Chromium over the product. One JSON object per size, the page with the largest share first; log lines go to stderr. */
import { received, sent, watchesWorkers } from "../web/journeys/counted.ts";
import { expectPerson, joinsGroup, startsGroup } from "../web/journeys/group.ts";
import { entersRoom, type Person, person, registers } from "../web/journeys/people.ts";
import { startProduct } from "../web/journeys/product.ts";
import { CLIENT, FOURTH, type Sign, THERAPIST, THIRD } from "../web/journeys/signs.ts";
import { cpuMsOf } from "./relay/machine.ts";

/** Of the page's own processor time, in percent. */
const GOAL_PERCENT = 3;
/** Layers settle, the engine compiles; then these count. */
const WARM_UP_MS = 6_000;
const COUNTED_MS = 12_000;
const SIZES = [3, 5];
const SIGNS: readonly Sign[] = [THERAPIST, CLIENT, THIRD, FOURTH, { hertz: 1_300, u: 128, v: 60 }];

/** What a page has used and done so far. `cpuMs` of its renderer: page, workers and audio threads. */
type Used = {
  readonly cpuMs: number;
  readonly sealMs: number;
  readonly openMs: number;
  readonly opened: number;
};

async function usedBy({ browser, page }: Person): Promise<Used> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const [{ sealMs }, { openMs, frames }] = [await sent(page), await received(page)];
  return { cpuMs: renderers.reduce((sum, { id }) => sum + cpuMsOf(id), 0), sealMs, openMs, opened: frames };
}

function shareOf(before: Used, after: Used) {
  const seconds = COUNTED_MS / 1000;
  const perSecond = (of: keyof Used) => (after[of] - before[of]) / seconds;
  const crypto = perSecond("sealMs") + perSecond("openMs");
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    cpuMsPerSecond: round(perSecond("cpuMs")),
    sealMsPerSecond: round(perSecond("sealMs")),
    openMsPerSecond: round(perSecond("openMs")),
    openedPerSecond: Math.round(perSecond("opened")),
    sharePercent: round((crypto / perSecond("cpuMs")) * 100),
    ofOneCorePercent: round(crypto / 10),
  };
}

async function measure(people: number) {
  const product = await startProduct();
  const all: Person[] = [];
  try {
    for (const sign of SIGNS.slice(0, people)) {
      const one = await person({ sign, origin: product.origin });
      await watchesWorkers(one.page);
      all.push(one);
    }
    const [host, ...clients] = all as [Person, ...Person[]];
    const ids = clients.map((_, at) => `S-${at + 1}`);
    await registers(host.page, "bench-anteil");
    const links = await startsGroup(host.page, ids);
    await entersRoom(host.page, "S-1");
    for (const [at, { page }] of clients.entries()) await joinsGroup(page, links[at] ?? "", ids[at] ?? "");
    for (const { page } of all)
      for (const [slot, sign] of SIGNS.slice(0, people).entries()) await expectPerson(page, slot, sign);
    await Bun.sleep(WARM_UP_MS);
    const before = await Promise.all(all.map(usedBy));
    await Bun.sleep(COUNTED_MS);
    const after = await Promise.all(all.map(usedBy));
    const way = (await received(host.page)).way;
    const pages = before.flatMap((one, at) => {
      const later = after[at];
      return later ? [{ slot: at, ...shareOf(one, later) }] : [];
    });
    pages.sort((a, b) => b.sharePercent - a.sharePercent);
    const worst = pages[0]?.sharePercent ?? Number.NaN;
    return { people, way, goalPercent: GOAL_PERCENT, reached: worst <= GOAL_PERCENT, pages };
  } finally {
    await Promise.all(all.map(({ browser }) => browser.close()));
    await product.close();
  }
}

const rows = [];
for (const people of SIZES) {
  console.error(`${people} people`);
  rows.push(await measure(people));
}
console.log(JSON.stringify(rows));
process.exit(rows.every(({ reached }) => reached) ? 0 : 1);
