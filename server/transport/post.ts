/** One POST to a webhook: its name resolved once, every address checked, the connection made to those addresses and no others, with the
 * certificate checked for the name. No redirect is followed, nothing of the answer but its status is read. */
import { lookup } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { WebhookFault } from "../../wire/api.ts";
import { isPublic } from "../hooks/public.ts";
import type { Target } from "../hooks/target.ts";

/** Higher: a place that hangs holds up those after it. Lower: a slow one is told twice. */
export const POST_MS = 5000;

/** The addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;
/** `ca`: whom to trust besides the well-known ones, for tests. */
export type PostParts = { readonly resolve: Resolve; readonly ca?: string; readonly limit?: number };
export type Letter = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** The resolver of this machine. */
export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Sends it. Null where the answer was 2xx, else why it did not arrive. Never throws. */
export async function post(target: Target, letter: Letter, parts: PostParts): Promise<WebhookFault | null> {
  const limit = AbortSignal.timeout(parts.limit ?? POST_MS);
  const addresses = await within(limit, addressesOf(target, parts.resolve));
  if (addresses === null) return "target";
  const status = await statusOf(target, letter, { addresses, limit, ca: parts.ca });
  if (status === null) return "down";
  return status >= 200 && status < 300 ? null : "answer";
}

/** All addresses, or null where there is none or one of them is not public: then the name may point inside at any time. */
async function addressesOf({ host, isAllowed }: Target, resolve: Resolve): Promise<readonly string[] | null> {
  const found = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  if (found.length === 0) return null;
  return isAllowed || found.every(isPublic) ? found : null;
}

function within<T>(limit: AbortSignal, work: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((done) => limit.addEventListener("abort", () => done(null), { once: true }));
  return Promise.race([work, late]);
}

type Way = { addresses: readonly string[]; limit: AbortSignal; ca: string | undefined };

function statusOf(target: Target, { headers, body }: Letter, way: Way): Promise<number | null> {
  const { url, port } = target;
  const bytes = Buffer.from(body);
  const options = {
    hostname: url.hostname,
    port,
    path: url.pathname + url.search,
    method: "POST",
    headers: { ...headers, "content-length": String(bytes.length) },
    agent: false,
    signal: way.limit,
    lookup: pinned(way.addresses),
    ...(way.ca === undefined ? {} : { ca: way.ca }),
  } as const;
  return new Promise((done) => {
    const request = (url.protocol === "https:" ? https : http).request(options, (response) => {
      done(response.statusCode ?? null);
      response.destroy();
    });
    request.on("error", () => done(null));
    request.end(bytes);
  });
}

/** A look-up that knows only what was checked before: between check and connection no name is asked again. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, answer) => {
    const [first] = all;
    if (options.all === true || first === undefined) answer(null, all);
    else answer(null, first.address, first.family);
  };
}
