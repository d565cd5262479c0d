/** Key frames are asked of a sender for all who need one together, and never more often than it may be asked (S15). */
import type { Up } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { KEY_MS } from "./limits.ts";

/** Somebody needs a key frame of this stream. One that is just being switched on begins with one anyway. */
export function askKey(x: Exchange, up: Up, stream: number): void {
  if ((up.wants[stream] ?? 0) === 0) return;
  up.keyDue[stream] = true;
  sendKeys(x, up, stream);
}

/** Asks for what is due and may be asked. */
export function sendKeys(x: Exchange, up: Up, stream: number): void {
  if (!up.keyDue[stream] || x.now - (up.keyAt[stream] ?? 0) < KEY_MS) return;
  up.keyDue[stream] = false;
  if ((up.wants[stream] ?? 0) === 0) return;
  up.keyAt[stream] = x.now;
  x.tell(up, { t: "key", stream });
}
