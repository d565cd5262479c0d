/** What the service worker does with a request. PURE. It knows the files of its own build and nothing else: whatever belongs to a call, a
 * link, an invitation or the API goes by as if there were no service worker. */

/** `file`: kept, since its name carries a hash of its content. `fresh`: from the server, else as it was kept. `page`: from the server, else the
 * page that says so. `none`: not touched. */
export type Way = "file" | "fresh" | "page" | "none";

/** `files`: paths of the build's hashed files. `first`: what the offline page needs besides. */
export type Known = { readonly files: ReadonlySet<string>; readonly first: ReadonlySet<string> };

type Asked = Pick<Request, "method" | "mode" | "url">;

/** Behind these stand a client's link, a code, an invitation's key, or what the server says about a person. */
const PRIVATE = /^\/(?:api|signal|media|j|connect|invite)(?:[/%]|$)/;
/** A mail program made the `#` before a secret a `%23`. */
const ESCAPED_HASH = /%(?:25)*23/;

export function wayOf(asked: Asked, origin: string, { files, first }: Known): Way {
  if (asked.method !== "GET") return "none";
  const url = new URL(asked.url);
  if (url.origin !== origin) return "none";
  if (asked.mode === "navigate") return isOpen(url.pathname) ? "page" : "none";
  if (url.search !== "") return "none";
  if (files.has(url.pathname)) return "file";
  return first.has(url.pathname) ? "fresh" : "none";
}

const isOpen = (path: string) => !PRIVATE.test(path) && !ESCAPED_HASH.test(path);
