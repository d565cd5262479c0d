/** The language of the page: what the address says, else what was chosen before, else what the browser prefers. */
import { createSignal } from "solid-js";

export type Language = "de" | "en";
const KEY = "language";

const isLanguage = (value: unknown): value is Language => value === "de" || value === "en";

/** The first answer of: `?lang=`, the stored choice, the browser's list; German where none names one of ours. */
export function pickLanguage(search: string, stored: string | null, preferred: readonly string[]): Language {
  const asked = new URLSearchParams(search).get("lang");
  if (isLanguage(asked)) return asked;
  if (isLanguage(stored)) return stored;
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? "de";
}

/** Storage may be forbidden (private windows, cookies off); the choice then lasts as long as the page. */
function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

const inPage = typeof document !== "undefined";
const [language, set] = createSignal<Language>(
  inPage ? pickLanguage(location.search, stored(), navigator.languages) : "de",
);
if (inPage) document.documentElement.lang = language();
// Asked for in the address is chosen: the next page, without the question mark, speaks it too.
if (inPage && isLanguage(new URLSearchParams(location.search).get("lang"))) chooseLanguage(language());

/** The language shown now; reactive. */
export { language };

/** Shows and remembers another language. */
export function chooseLanguage(next: Language): void {
  set(next);
  document.documentElement.lang = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Nothing is lost: the page itself has changed already.
  }
}
