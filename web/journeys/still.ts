/** Whether a page keeps still for somebody who asked for less motion. */
import { expect, type Page } from "@playwright/test";

/** Nothing of the page may move for longer than this. */
const STILL_SECONDS = 0.01;

/** The page must be shown with `reducedMotion: "reduce"`. */
export async function expectStill(page: Page, what: string): Promise<void> {
  const moving = await page.evaluate((most) => {
    const seconds = (list: string) =>
      Math.max(...list.split(",").map((each) => Number.parseFloat(each) * (/ms\s*$/.test(each) ? 0.001 : 1)));
    return [...document.querySelectorAll("*")].flatMap((element) =>
      [undefined, "::before", "::after"].flatMap((part) => {
        const { animationDuration, animationName, transitionDuration } = getComputedStyle(element, part);
        const moves =
          (animationName !== "none" && seconds(animationDuration) > most) ||
          seconds(transitionDuration) > most;
        return moves ? [`${element.tagName.toLowerCase()}.${element.className}${part ?? ""}`] : [];
      }),
    );
  }, STILL_SECONDS);
  expect.soft(moving, `${what} keeps still`).toEqual([]);
}
