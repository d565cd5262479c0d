/** A person who is measured: a browser process of their own, with the stand-ins and the observer in every page of it. */
import { join } from "node:path";
import { type Person, type PersonOptions, person } from "../../web/journeys/people.ts";
import { CLIENT } from "../../web/journeys/signs.ts";
import type { PageReport } from "./page/measured.page.ts";

/** Chromium neither slows down nor puts to sleep what is not in front: all of them are people who look at their screen. */
const AWAKE = [
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
];

/** Of every system. Without a graphics card the browser paints by the processor: a larger window measures the painting alone. Smaller:
 * our pages ask for the lowest layer. */
const WINDOW = { width: 800, height: 450 };

/** A page's script as one file. Throws where it does not build. */
export async function bundle(entry: string): Promise<string> {
  const built = await Bun.build({ entrypoints: [join(import.meta.dir, "page", entry)], target: "browser" });
  const script = await built.outputs[0]?.text();
  if (!built.success || script === undefined) throw new Error(`${entry} does not build`);
  // a classic script has no scope of its own
  return `(() => {${script}})();`;
}

/** Starts a browser for person number `who` (0 to 8) of so many. */
export async function measuredPerson(
  who: number,
  people: number,
  options: Pick<PersonOptions, "origin" | "executable">,
): Promise<Person> {
  const one = await person({ sign: CLIENT, args: AWAKE, ...options });
  const [page, worklet] = await Promise.all([bundle("measured.page.ts"), bundle("sound.worklet.ts")]);
  const given = `window.benchWho = ${who}; window.benchPeople = ${people}; window.benchSound = ${JSON.stringify(worklet)};`;
  await one.context.addInitScript({ content: `${given}\n${page}` });
  // a script for the audio thread comes by URL, and the product's policy allows its own alone
  const devtools = await one.context.newCDPSession(one.page);
  await devtools.send("Page.setBypassCSP", { enabled: true });
  await one.page.setViewportSize(WINDOW);
  one.page.on("pageerror", (error) => console.error(`person ${who}: ${error.message}`));
  one.page.on("console", (line) => {
    // what the browser itself says of refused requests belongs to the pages' normal life
    if (line.text().startsWith("bench:")) console.error(`person ${who}: ${line.text()}`);
  });
  return one;
}

/** From here on it counts. */
export async function begin({ page }: Person): Promise<void> {
  await page.evaluate(() => window.bench?.begin());
}

/** What the person saw and heard since `begin`. */
export async function reportOf({ page }: Person): Promise<PageReport> {
  const report = await page.evaluate(() => window.bench?.report());
  if (report === undefined) throw new Error("a page without the bench's script");
  return report;
}
