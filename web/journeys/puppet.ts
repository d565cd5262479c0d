/** People whose browser Playwright cannot drive as it is, driven by WebDriver BiDi or by Chromium's own protocol; what they do is named as
 * in `people.ts`. */
import { expect } from "@playwright/test";
import type { Browser, Page } from "puppeteer-core";
import type { Eyes } from "./senses.ts";

/** `foreign`: origins on other hosts than our own that its pages asked. */
export type Puppet = {
  readonly browser: Browser;
  readonly page: Page;
  readonly eyes: Eyes;
  readonly foreign: string[];
  close(): Promise<void>;
};

/** Higher: a browser that hangs is noticed late. Lower: a busy machine is taken for one. */
export const ANSWER_MS = 30_000;

/** A page in this browser, watched for requests to foreign hosts. `close` ends what belongs to it besides. */
export async function puppetOf(browser: Browser, origin: string, closeRest = () => {}): Promise<Puppet> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 720 });
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { origin: asked, protocol, hostname } = new URL(request.url());
    // the relay's own port is ours as well
    if (protocol.startsWith("http") && hostname !== new URL(origin).hostname) foreign.push(asked);
  });
  // its own types cannot say that what goes in comes out again
  const eyes: Eyes = { evaluate: (run, arg) => page.evaluate(run as never, arg) };
  const close = async () => {
    await browser.close().catch(() => undefined);
    closeRest();
  };
  return { browser, page, eyes, foreign, close };
}

/** Presses the button of this name. */
export async function presses({ page }: Puppet, name: string): Promise<void> {
  const button = `xpath///button[@aria-label="${name}" or normalize-space()="${name}"]`;
  await page.locator(button).setTimeout(ANSWER_MS).click();
}

/** Types into the field whose label begins so. */
export async function types({ page }: Puppet, name: string, text: string): Promise<void> {
  const label = `//label[starts-with(normalize-space(), "${name}")]/@for`;
  const field = `xpath///*[self::input or self::textarea][@aria-label="${name}" or @id=${label}]`;
  await page.locator(field).setTimeout(ANSWER_MS).fill(text);
}

/** Waits until the element of this test ID has the attribute; its text is not asked for. */
export async function expectAttribute(
  { eyes }: Puppet,
  testId: string,
  name: string,
  is: string,
): Promise<void> {
  const read = () =>
    eyes.evaluate(
      ({ testId, name }) => document.querySelector(`[data-testid="${testId}"]`)?.getAttribute(name) ?? null,
      { testId, name },
    );
  await expect.poll(read, { message: `${name} of ${testId}`, timeout: ANSWER_MS }).toBe(is);
}

/** Waits until the page says this. */
export async function expectSays({ eyes }: Puppet, text: string): Promise<void> {
  await expect
    .poll(() => eyes.evaluate(() => document.body.textContent ?? "", undefined), { timeout: ANSWER_MS })
    .toContain(text);
}
