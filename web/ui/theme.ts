/** Light, dark, or as the system wants. `early.js` sets the stored choice before the first paint. */
import { createSignal } from "solid-js";

export type Theme = "system" | "light" | "dark";
const KEY = "theme";

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

const [theme, set] = createSignal<Theme>(stored());

/** Reactive. */
export { theme };

/** Shows and remembers a theme. */
export function chooseTheme(next: Theme): void {
  set(next);
  const { dataset } = document.documentElement;
  if (next === "system") delete dataset.theme;
  else dataset.theme = next;
  try {
    if (next === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Nothing is lost: the page itself has changed already.
  }
}
