/** Receives what the server tells of calls: checks the signature and its moment, and takes nothing twice. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { CallNotice } from "../../wire/api.ts";
import { fromBase64url } from "../../wire/bytes.ts";

/** What was overheard and is sent again later than this is refused. */
const WINDOW_MS = 5 * 60_000;
/** Notices that are remembered, so that one sent twice counts once. */
const KNOWN_MAX = 1000;

/** True where `body` was signed with the webhook's secret within the last five minutes. */
export function isGenuine(header: string | null, body: string, secret: string, now: number): boolean {
  const [, at, mac] = /^t=(\d{1,16}),v1=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (at === undefined || mac === undefined || Math.abs(now - Number(at)) > WINDOW_MS) return false;
  const right = createHmac("sha256", fromBase64url(secret)).update(`${at}.${body}`).digest();
  return timingSafeEqual(right, Buffer.from(mac, "hex"));
}

/** Listens on a port and hands every new notice to `tell`. */
export function listen(port: number, secret: string, tell: (notice: CallNotice) => void) {
  const known = new Set<string>();
  return Bun.serve({
    port,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      const body = await request.text();
      if (!isGenuine(request.headers.get("tpc-signature"), body, secret, Date.now()))
        return new Response(null, { status: 401 });
      const notice: CallNotice = JSON.parse(body);
      if (!known.has(notice.id)) tell(notice);
      known.add(notice.id);
      const [oldest] = known;
      if (known.size > KNOWN_MAX && oldest !== undefined) known.delete(oldest);
      return new Response(null, { status: 204 });
    },
  });
}
