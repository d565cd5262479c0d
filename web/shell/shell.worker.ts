/** The service worker (`/sw.js`): keeps the hashed files of its own build, and has a page that says calmly that there is no connection.
 * A new one waits until the last page of the old has closed, so a running call loses none of its parts. */
import { wayOf } from "./way.ts";

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build (`plugins/shell.ts`): all hashed files, those that the offline page needs, and a name for their state. */
declare const SHELL: { files: readonly string[]; first: readonly string[]; version: string };

const OFFLINE = "/offline.html";
const { files, first, version } = SHELL;
const known = { files: new Set(files), first: new Set(first) };
const NAME = `shell-${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(keepFirst());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers());
});

self.addEventListener("fetch", (event) => {
  const way = wayOf(event.request, location.origin, known);
  if (way === "file") event.respondWith(kept(event.request));
  if (way === "fresh") event.respondWith(freshOr(event.request.url, event.request));
  if (way === "page") event.respondWith(freshOr(OFFLINE, event.request));
});

async function keepFirst(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll(first.map((path) => new Request(path, { cache: "no-cache" })));
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
}

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  // packed or not, it is the same file
  const found = await cache.match(request.url, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  // a full disk is no reason to give nothing
  if (answer.status === 200 && answer.type === "basic")
    await cache.put(request.url, answer.clone()).catch(() => undefined);
  return answer;
}

/** What the server says; where nobody answers, what is kept under this address. */
async function freshOr(address: string, request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    const found = await caches.match(address, { cacheName: NAME, ignoreVary: true });
    if (found) return found;
    throw failure;
  }
}
