/** Whether "Jetzt starten" was pressed on our own page: an address alone, from whomever it comes, opens no room. */

const KEY = "tpc.start";

/** Pressed for this link; the page that starts it comes next. */
export function askStart(rid: string): void {
  try {
    sessionStorage.setItem(KEY, rid);
  } catch {
    // the next page asks once more
  }
}

/** True once after the press. */
export function wasAsked(rid: string): boolean {
  try {
    const asked = sessionStorage.getItem(KEY) === rid;
    sessionStorage.removeItem(KEY);
    return asked;
  } catch {
    return false;
  }
}
