/** How large a body may be, by where it goes. What takes long to read is for the few routes that carry sealed things in bulk, and only so often:
 * bodies are read before anybody is asked who sends them. */
import type { Crowd } from "./crowd.ts";
import { ApiFailure } from "./failure.ts";

/** Higher: one request takes more memory, and 40 ms of a processor. Lower: a vault write of 256 records with long notes is refused. Bodies
 * that do not say their length are cut by Bun at twice this, with an answer of its own. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** Everywhere else. Higher: strangers make the server read more for nothing. Lower: a passkey with all its fields does not fit. */
export const SMALL_BODY_BYTES_MAX = 64 * 1024;

/** Where large ones go. */
const BULK = /^\/api\/(vault|logo|brands|staff\/[0-9a-f]{32}\/shared)$/;

/** Throws `request.too-large` or `request.slow-down` before anything of the body is read. `byToken`: programs may send what does not say its
 * length, as some libraries do; our pages never do. */
export function checkBody(request: Request, crowd: Crowd, who: { address: string; byToken: boolean }): void {
  const { headers } = request;
  const isOpen = headers.has("transfer-encoding");
  const length = Number(headers.get("content-length") ?? 0);
  if (!isOpen && length <= SMALL_BODY_BYTES_MAX) return;
  const isBulk = BULK.test(new URL(request.url).pathname);
  if (length > BODY_BYTES_MAX || !(isBulk || (isOpen && who.byToken)))
    throw new ApiFailure("request.too-large");
  crowd.large(who.address);
}
