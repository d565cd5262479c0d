/** A link that its therapist opened without being logged in: kept in this tab, never sent, until the log-in leads back to it. */

const KEY = "tpc.back";
/** Higher: a log-in much later lands on a link nobody thinks of any more. Lower: who looks up a password comes back to the start page. */
const GOOD_MS = 15 * 60_000;

/** What stands in the address bar of the client's page, kept for the log-in. */
export function keepLink({ pathname, hash }: Pick<Location, "pathname" | "hash">): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([Date.now(), pathname + hash]));
  } catch {
    // then the log-in leads to the start page, and the link is opened once more
  }
}

/** The link to go back to, once; null: none, or too long ago. */
export function takeLink(): string | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    sessionStorage.removeItem(KEY);
    const [at, link] = Array.isArray(kept) ? kept : [];
    const isOurs = typeof link === "string" && link.startsWith("/j#");
    return isOurs && typeof at === "number" && Date.now() - at < GOOD_MS ? link : null;
  } catch {
    return null;
  }
}
