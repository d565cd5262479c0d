/** The title of the tab: the page's words, and before them how many people wait. */

/** As the pages themselves are called until they are named. */
const OWN = "TheraPsy Connect";

let words = "";
let count = 0;
/** The tab is to look like another. */
let disguise: string | null = null;

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

/** Shows another title, whatever the page says of itself meanwhile; null: the page's own again, also where a page was loaded anew under
 * the other one. */
export function disguiseTab(title: string | null): void {
  disguise = title;
  if (title === null && !words) document.title = OWN;
  show();
}

function show(): void {
  if (disguise !== null) document.title = disguise;
  // loaded anew, and not known here yet
  else if (document.documentElement.dataset.covered !== undefined) return;
  else if (words) document.title = count > 0 ? `(${count}) ${words}` : words;
}
