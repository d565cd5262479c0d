/** The offline page speaks the chosen language and tries again: by its button, and when the network is back. It imports nothing, so that
 * the service worker has little to keep. */

/** Higher: somebody looks at this page although the server is back. Lower: a weak line is filled with tries. */
const AGAIN_MS = 15_000;

function storedLanguage(): string | null {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

const chosen = storedLanguage() ?? navigator.language.slice(0, 2);
const language = chosen === "en" ? "en" : "de";
document.documentElement.lang = language;
for (const page of document.querySelectorAll<HTMLElement>("main")) page.hidden = page.lang !== language;
document.title = `${document.querySelector("main:not([hidden]) h1")?.textContent} · TheraPsy Connect`;

const again = () => location.reload();
for (const button of document.querySelectorAll("button")) button.addEventListener("click", again);
addEventListener("online", again);

/** Asks for a small file of ours, so that a page that still cannot load does not flicker. */
async function look(): Promise<void> {
  const answer = await fetch("/api/health", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) again();
}
setInterval(() => document.hidden || void look(), AGAIN_MS);
