/** Whether the page was covered before a reload, in this tab's own storage; `early.js` reads it before the first paint. */

/** Says nothing to whoever finds it. */
const KEY = "notes";

export const keptCover = {
  get(): boolean {
    try {
      return sessionStorage.getItem(KEY) === "open";
    } catch {
      return false;
    }
  },
  set(covered: boolean): void {
    try {
      if (covered) sessionStorage.setItem(KEY, "open");
      else sessionStorage.removeItem(KEY);
    } catch {
      // forbidden: then it lasts as long as the page
    }
  },
};
