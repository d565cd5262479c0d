/** Whether what belongs to the room finds its place in a window: nothing lies over something else, nothing stands outside. */
import { expect, type Page } from "@playwright/test";

/** Windows that a room must fit: a phone upright and on its side, a very small one, a desktop. */
export const WINDOWS = [
  ["phone", 390, 844],
  ["small", 320, 640],
  ["aside", 844, 390],
  ["desktop", 1440, 900],
] as const;

/** Buttons and words of the room that are seen now. */
const PARTS = [
  ".room-controls button",
  ".room-facts button",
  ".room-facts .room-line",
  ".room-facts .room-clock",
  ".room-self:not(.room-self-away)",
  ".room-light button",
  ".line-card",
].join(", ");

/** Nothing of the room lies over another part or outside the window. */
export async function expectRoomFits(page: Page, what: string): Promise<void> {
  await page.mouse.move(200, 200);
  await expect.poll(() => page.evaluate(findClashes, PARTS), { message: what }).toEqual([]);
}

/** Runs in the page. */
function findClashes(parts: string): string[] {
  const found = [...document.querySelectorAll<HTMLElement>(parts)]
    .filter((each) => !each.closest(".menu") && each.getClientRects().length > 0)
    .map((each) => ({
      name: each.getAttribute("aria-label") ?? each.textContent ?? "",
      box: each.getBoundingClientRect(),
    }))
    .filter(({ box }) => box.width > 1);
  const outside = found
    .filter(
      ({ box }) =>
        box.left < 0 || box.top < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5,
    )
    .map(({ name }) => `${name} is outside`);
  const over = found.flatMap((one, at) =>
    found
      .slice(at + 1)
      .filter(({ box: b }) => {
        const a = one.box;
        return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      })
      .map(({ name }) => `${one.name} over ${name}`),
  );
  return [...outside, ...over];
}
