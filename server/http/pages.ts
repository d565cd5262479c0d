/** The built pages: which file answers which path, packed where the build packed it. Paths are looked up in a list made
 * at start and never joined to a folder name, so no path leads outside; and none is ever logged, since a mail program
 * that turns `#` into `%23` puts a link secret there (e2ee.md §1.2). */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";

/** Names under this folder carry a hash of their content. */
const HASHED = "/assets/";
const FOREVER = "public, max-age=31536000, immutable";
/** Ask each time; the answer is mostly "not modified". */
const ASK = "no-cache";
/** Best first. */
const PACKINGS = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

/** Pages of the client: no dashboard code in them. All other navigations get the dashboard. */
const CLIENT_PATHS = ["/j", "/connect", "/check"];
const CLIENT_PAGE = "/client.html";
/** An invitation of practice staff whose `#` was escaped is the dashboard's to refuse. */
const INVITE = "/invite";
const DASHBOARD = "/index.html";
/** The service worker, and what is given instead of it where there shall be none: it ends those that are out there. */
const WORKER = "/sw.js";
const WORKER_OFF = "/sw-off.js";
/** Never a page, whatever a request accepts. */
const SOCKETS = ["/signal", "/media"];
/** `#` as `%23`, also when it was escaped again. */
const ESCAPED_HASH = /%(25)*23/;

const NOT_BUILT = "The pages are not built yet: run the build once, then start again.\n";

type Page = { path: string; type: string; tag: string | null; packings: ReadonlySet<string> };

/** The answer to a request for a page or file; null where it is none of the build's. */
export type Pages = (request: Request) => Response | null;

/** Reads the list of files in `folder`; an empty or missing one answers navigations with a sentence. `serviceWorker` false: browsers are told
 * to end theirs. */
export function createPages(folder: string, serviceWorker = true): Pages {
  const pages = listPages(folder);
  const off = serviceWorker ? undefined : pages.get(WORKER_OFF);
  if (off) pages.set(WORKER, off);
  return (request) => {
    const path = pathOf(request.url);
    if (path.startsWith("/api/") || SOCKETS.includes(path)) return null;
    const wanted = pages.get(path) ?? navigation(pages, path, request);
    if (wanted === undefined) return null;
    return wanted === "unbuilt" ? new Response(NOT_BUILT, { status: 503 }) : answer(folder, wanted, request);
  };
}

/** The raw path: what stands between the host and `?`, not decoded. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

function navigation(pages: Map<string, Page>, path: string, request: Request): Page | "unbuilt" | undefined {
  const isEscaped = ESCAPED_HASH.test(path) && !path.startsWith(`${INVITE}%`);
  const client = CLIENT_PATHS.includes(path) || isEscaped;
  const wantsPage = request.headers.get("accept")?.includes("text/html") === true;
  if (!client && path !== "/" && (!wantsPage || path.startsWith(HASHED))) return undefined;
  return pages.get(client ? CLIENT_PAGE : DASHBOARD) ?? "unbuilt";
}

function answer(folder: string, page: Page, request: Request): Response {
  const headers: Record<string, string> = {
    "content-type": page.type,
    "cache-control": page.path.startsWith(HASHED) ? FOREVER : ASK,
    vary: "accept-encoding",
  };
  if (page.path === WORKER || page.path === WORKER_OFF) headers["service-worker-allowed"] = "/";
  if (page.tag !== null) headers.etag = page.tag;
  if (page.tag !== null && request.headers.get("if-none-match") === page.tag) {
    return new Response(null, { status: 304, headers });
  }
  const packing = PACKINGS.find(([name]) => page.packings.has(name) && accepts(request, name));
  if (packing !== undefined) headers["content-encoding"] = packing[0];
  return new Response(Bun.file(join(folder, page.path + (packing?.[1] ?? ""))), { headers });
}

/** Named and not refused by `q=0`. */
function accepts(request: Request, packing: string): boolean {
  const named = request.headers.get("accept-encoding")?.split(",") ?? [];
  return named.some((entry) => {
    const [name, weight] = entry.trim().split(/\s*;\s*/);
    return name === packing && !/^q=0(\.0*)?$/.test(weight ?? "");
  });
}

function listPages(folder: string): Map<string, Page> {
  const files = new Set(filesIn(folder));
  const plain = [...files].filter((path) => !PACKINGS.some(([, end]) => path.endsWith(end)));
  return new Map(plain.map((path) => [path, pageOf(folder, path, files)]));
}

function filesIn(folder: string): string[] {
  try {
    return [...new Glob("**/*").scanSync({ cwd: folder })].map((path) => `/${path}`);
  } catch {
    return [];
  }
}

function pageOf(folder: string, path: string, files: ReadonlySet<string>): Page {
  const packings = PACKINGS.filter(([, end]) => files.has(path + end)).map(([name]) => name);
  const tag = path.startsWith(HASHED) ? null : tagOf(join(folder, path));
  return { path, type: Bun.file(path).type, tag, packings: new Set(packings) };
}

/** Weak, since the packed and the plain form share it. */
function tagOf(file: string): string {
  return `W/"${createHash("sha256").update(readFileSync(file)).digest("base64url").slice(0, 16)}"`;
}
