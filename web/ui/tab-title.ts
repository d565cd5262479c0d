/** The title of the tab: the page's words, and before them how many people wait. */

let words = "";
let count = 0;

/** Names the page. */
export function nameTab(title: string): void {
  words = title;
  show();
}

/** Puts "(2) " before it; nothing for 0. */
export function countInTitle(waiting: number): void {
  count = waiting;
  show();
}

function show(): void {
  // the tab is to look like another
  if (document.documentElement.dataset.covered !== undefined) return;
  if (words) document.title = count > 0 ? `(${count}) ${words}` : words;
}
