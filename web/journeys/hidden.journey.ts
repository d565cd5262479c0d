/** A member of a group looks at another tab (media.md decision 12, A3): the call goes on while the page's timers stand still. Chromium lets
 * a page with a camera, a microphone or a socket off with once a second and keeps once a minute for others; browsers that are harder on
 * it, and what Chromium may do one day, are played: on top of the real thing, the page's own timers wait for the full minute. */
import { launch } from "puppeteer-core";
import { expectHeard, expectPerson, joinsGroup, keepHeard, listensIn, startsGroup } from "./group.ts";
import { CHROMIUM, chromiumArgs, entersRoom, registers } from "./people.ts";
import { ANSWER_MS, expectAttribute, type Puppet, presses, puppetOf, types } from "./puppet.ts";
import { CLIENT, THERAPIST, THIRD } from "./signs.ts";
import { test as base, expect } from "./stage.ts";

/** Throttled at once as far as ever, not after five minutes. */
const REAL_TIMERS = ["--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1"];
/** What automation switches off so that hidden pages go on. */
const UNREAL = [
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];
/** Above the 20 s after which somebody silent is out (A3). */
const HIDDEN_MS = 26_000;

const test = base.extend<{ third: Puppet }>({
  third: async ({ product }, use) => {
    const { origin } = product;
    const browser = await launch({
      browser: "chrome",
      executablePath: CHROMIUM,
      headless: true,
      protocolTimeout: ANSWER_MS,
      ignoreDefaultArgs: UNREAL,
      args: [...chromiumArgs({ sign: THIRD, origin }), "--accept-lang=de-DE", ...REAL_TIMERS],
    });
    const third = await puppetOf(browser, origin);
    await use(third);
    await third.close();
    expect(third.foreign, "[R12] requests that left our origin").toEqual([]);
  },
});

type Kept = { rings: number[]; ticks: number[]; workers: Worker[] };

/** Runs in the page, before everything else there: its workers within a test's reach, a timer that only the browser slows down (20 a
 * second), timers that wait for the minute while it is hidden, and one of these (10 a second). */
function slowDown(): void {
  const kept: Kept = { rings: [], ticks: [], workers: [] };
  Object.assign(globalThis, kept);
  const Real = Worker;
  globalThis.Worker = class extends Real {
    constructor(...args: ConstructorParameters<typeof Real>) {
      super(...args);
      kept.workers.push(this);
    }
  };
  setInterval(() => kept.rings.push(performance.now()), 50);

  type Run = (...args: unknown[]) => void;
  const [later, never, often] = [setTimeout, clearTimeout, setInterval] as unknown as [
    (run: Run, wait?: number) => number,
    (id?: number) => void,
    (run: Run, wait?: number) => number,
  ];
  const held = new Map<number, Run>();
  const letGo = () => {
    for (const [id, run] of [...held]) {
      held.delete(id);
      run();
    }
  };
  const slowed = {
    setTimeout: (run: Run, wait?: number, ...args: unknown[]) => {
      const id = later(() => (document.hidden ? held.set(id, () => run(...args)) : run(...args)), wait);
      return id;
    },
    clearTimeout: (id?: number) => {
      held.delete(id ?? 0);
      never(id);
    },
    setInterval: (run: Run, wait?: number, ...args: unknown[]) =>
      often(() => document.hidden || run(...args), wait),
  };
  Object.assign(globalThis, slowed);
  often(letGo, 60_000);
  document.addEventListener("visibilitychange", () => document.hidden || letGo());
  setInterval(() => kept.ticks.push(performance.now()), 100);
}

/** How often the page's timer rang in the last seconds. */
function rangIn({ eyes }: Puppet, which: "rings" | "ticks", milliseconds: number): Promise<number> {
  return eyes.evaluate(
    ({ which, milliseconds }) => {
      const times = (globalThis as unknown as Kept)[which];
      return times.filter((at) => at > performance.now() - milliseconds).length;
    },
    { which, milliseconds },
  );
}

/** Frames of pictures that came in so far, as the receiving worker counts them. */
function picturesIn({ eyes }: Puppet): Promise<number> {
  return eyes.evaluate(
    async (ask) => {
      const { workers } = globalThis as unknown as Kept;
      type Answer = { t?: string; ask?: number; stats?: { pictures?: { received?: number }[] } };
      return await new Promise<number>((resolve) => {
        for (const worker of workers) {
          worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
            const pictures = data?.t === "stats" && data.ask === ask ? data.stats?.pictures : undefined;
            // the sending one has pictures too, but receives none
            if (pictures?.some(({ received }) => received !== undefined))
              resolve(pictures.reduce((sum, { received = 0 }) => sum + received, 0));
          });
          worker.postMessage({ t: "stats", ask });
        }
      });
    },
    Math.floor(Math.random() * 1e9),
  );
}

test("hidden-tab: beats and sound go on though the page's timers stand still, pictures pause and come back", async ({
  therapist,
  client,
  third,
}) => {
  test.slow();
  for (const { page } of [therapist, client]) await listensIn(page);
  await third.page.evaluateOnNewDocument(keepHeard);
  await third.page.evaluateOnNewDocument(slowDown);
  await registers(therapist.page, "praxis-verdeckt");
  const links = await startsGroup(therapist.page, ["V-1", "V-2"]);
  await entersRoom(therapist.page, "V-1");
  await joinsGroup(client.page, links[0] ?? "", "Ada");
  await third.page.goto(links[1] ?? "");
  await types(third, "Ihr Name", "Bo");
  await presses(third, "Beitreten");
  await expectAttribute(third, "quiet", "data-code", "group");
  await presses(third, "Beitreten");
  await expectPerson(third.eyes, 0, THERAPIST);
  await expectPerson(third.eyes, 1, CLIENT);
  await expectPerson(therapist.page, 2, THIRD);

  // a page that sounds is not slowed down, and in a conversation everybody may well be silent for a while
  for (const { page } of [therapist, client])
    await page.getByRole("button", { name: "Mikrofon ausschalten" }).click();
  expect(await rangIn(third, "rings", 5_000)).toBeGreaterThan(30);
  expect(await rangIn(third, "ticks", 5_000)).toBeGreaterThan(15);
  const other = await third.browser.newPage();
  await other.bringToFront();
  const isHidden = () => third.eyes.evaluate(() => document.hidden, undefined);
  await expect.poll(isHidden).toBe(true);

  await therapist.page.waitForTimeout(8_000);
  const paused = await picturesIn(third);
  await therapist.page.waitForTimeout(HIDDEN_MS - 8_000);
  expect(await rangIn(third, "rings", 10_000), "Chromium slows the page's timers down").toBeLessThan(15);
  expect(await rangIn(third, "ticks", 20_000), "the page's timers stand still").toBe(0);
  for (const { page } of [therapist, client]) {
    await expect(page.locator("[data-testid=tile]"), "nobody was taken out").toHaveCount(3);
    await expectPerson(page, 2, THIRD);
    await expectHeard(page, THIRD);
  }
  expect(await picturesIn(third), "no picture came in").toBe(paused);
  await therapist.page.getByRole("button", { name: "Mikrofon einschalten" }).click();
  await expectHeard(third.eyes, THERAPIST);
  expect(await isHidden()).toBe(true);
  expect(await picturesIn(third), "still no picture").toBe(paused);

  await third.page.bringToFront();
  await expectPerson(third.eyes, 0, THERAPIST);
  await expectPerson(third.eyes, 1, CLIENT);
  await expect(therapist.page.getByText("klopft")).toHaveCount(0);
  await expectAttribute(third, "line", "data-line", "open");
});
