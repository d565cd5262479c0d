/** Chat and files to everybody else: in order, never dropped. Who reads too slowly loses the session, who sends too much as well (S18). */
import type { Bytes } from "../../wire/bytes.ts";
import type { FrameHeader } from "../../wire/frame.ts";
import type { Down, Up } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { DATA_AGE_MS, DATA_UNREAD_BYTES, HELD_MAX_BYTES } from "./limits.ts";

/** To all others; to whoever is not connected it does not come. */
export function forwardData(x: Exchange, up: Up, { stream, ctr }: FrameHeader, item: Bytes): void {
  for (const down of up.call.downs) {
    if (down.slot === up.slot) continue;
    if ((down.dataOf[up.slot] ?? 0) + item.length > DATA_UNREAD_BYTES) return void x.close(up, "flood");
  }
  for (const down of up.call.downs) {
    if (down.slot === up.slot) continue;
    down.data.push({ item, slot: up.slot, stream, ctr, at: x.now });
    down.dataOf[up.slot] = (down.dataOf[up.slot] ?? 0) + item.length;
    drainData(x, down);
  }
}

/** Sends what the line takes. */
export function drainData(x: Exchange, down: Down): void {
  for (let frame = down.data[0]; frame; frame = down.data[0]) {
    const { item, slot, stream, ctr, at } = frame;
    if (down.held > HELD_MAX_BYTES || !down.estimate.mayData(item.length, x.now)) {
      if (x.now - at > DATA_AGE_MS) x.close(down, "lost");
      return;
    }
    down.data.shift();
    down.dataOf[slot] = (down.dataOf[slot] ?? 0) - item.length;
    down.estimate.sent(slot, stream, ctr, item.length, x.now);
    x.data(down, item);
  }
}

/** How far a sender's data has left the queues of all readers; its acks say no more, so that it waits for the slowest. */
export function readByAll({ call, slot }: Up, ctr: number): number {
  let far = ctr;
  for (const down of call.downs) {
    if ((down.dataOf[slot] ?? 0) === 0) continue;
    const first = down.data.find((frame) => frame.slot === slot);
    if (first) far = Math.min(far, first.ctr - 1);
  }
  return far;
}
