/** Who may write: requests of our own pages only. The browser names the page's origin, and newer ones say besides whether that is ours; a
 * foreign page can forge neither. */

const READING = ["GET", "HEAD", "OPTIONS"];

/** True where the request changes nothing, or comes from a page of ours. A socket counts as writing. */
export function originAllowed(request: Request, origin: string | null): boolean {
  const socket = request.headers.get("upgrade") !== null;
  if (READING.includes(request.method) && !socket) return true;
  if (!socket && isForeign(request)) return false;
  const from = request.headers.get("origin");
  return from !== null && (origin === null ? isOwnHost(from, request) : from === origin);
}

/** A page of another site, or of a neighbour under the same domain. Of sockets browsers do not agree what they are. */
function isForeign({ headers }: Request): boolean {
  return ["cross-site", "same-site"].includes(headers.get("sec-fetch-site") ?? "");
}

/** Without a configured origin, the host that the browser asked for is ours. */
function isOwnHost(from: string, request: Request): boolean {
  return URL.canParse(from) && new URL(from).host === request.headers.get("host");
}
