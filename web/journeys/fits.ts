/** Whether a page fits its window: nothing runs out at the side, and everything that can be pressed can be reached. */
import { expect, type Page } from "@playwright/test";

/** What does not fit, each in one line. */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} "${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}"`;
    /** Whose own box runs out. */
    const widest = () =>
      [...document.body.querySelectorAll("*")]
        .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1)
        .map(nameOf)
        .slice(-2)
        .join(", ");
    if (root.scrollWidth > root.clientWidth)
      found.push(`page is ${root.scrollWidth} wide of ${root.clientWidth}: ${widest()}`);
    /** True where something around the element can be scrolled to it. */
    const scrolls = (element: Element, way: "X" | "Y"): boolean => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        const style = getComputedStyle(at)[`overflow${way}`];
        const more = way === "X" ? at.scrollWidth > at.clientWidth : at.scrollHeight > at.clientHeight;
        if (more && (style === "auto" || style === "scroll" || at === root)) return true;
      }
      return false;
    };
    for (const element of document.querySelectorAll("a, button, input, textarea, select, [role=menuitem]")) {
      const box = element.getBoundingClientRect();
      // for screen readers only, or not shown at all
      if (box.width <= 1 || box.height <= 1 || !element.checkVisibility({ opacityProperty: true })) continue;
      if (element.closest(".visually-hidden, [inert], [aria-hidden=true]")) continue;
      if ((box.left < -1 || box.right > innerWidth + 1) && !scrolls(element, "X"))
        found.push(
          `${nameOf(element)} lies at the side: ${Math.round(box.left)}..${Math.round(box.right)} of ${innerWidth}`,
        );
      if ((box.top < -1 || box.bottom > innerHeight + 1) && !scrolls(element, "Y"))
        found.push(
          `${nameOf(element)} lies below: ${Math.round(box.top)}..${Math.round(box.bottom)} of ${innerHeight}`,
        );
    }
    return found;
  });
}

/** The window gets this size, the text this share of its own. */
export async function windowOf(page: Page, width: number, height: number, text = 100): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.evaluate((percent) => {
    document.documentElement.style.fontSize = `${percent}%`;
  }, text);
}

/** Small phones and 400 % zoom, a phone lying on its side, and text twice as large. */
const WINDOWS = [
  { width: 320, height: 640, text: 100 },
  { width: 844, height: 390, text: 100 },
  { width: 640, height: 800, text: 200 },
] as const;

export async function expectFits(page: Page, what: string): Promise<void> {
  for (const { width, height, text } of WINDOWS) {
    await windowOf(page, width, height, text);
    expect.soft(await misfits(page), `${what} at ${width} × ${height}, text ${text} %`).toEqual([]);
  }
  await windowOf(page, 1440, 900);
}
