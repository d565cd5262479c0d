/** The first byte of what is relayed tells the other browser what follows; the server looks at no more
 * of it than whether it is a knock of a client by code (PROTOCOL.md "Routes"). */
import { type Bytes, concat } from "../../wire/bytes.ts";

const KINDS = ["knock", "handshake", "channel", "restart", "wrong"] as const;

/** `knock`: M1. `handshake`: M2 to M4. `channel`: sealed. `restart`: "my end of the channel is dead, knock again".
 * `wrong`: "your proof fits no open code"; who withholds it gains nothing, since no M4 says the same. The last two carry nothing. */
export type Envelope = { readonly kind: (typeof KINDS)[number]; readonly body: Bytes };

/** The bytes of an envelope. */
export function wrapEnvelope(kind: Envelope["kind"], body: Uint8Array = new Uint8Array()): Bytes {
  return concat(new Uint8Array([KINDS.indexOf(kind)]), body);
}

/** The envelope in `data`, `undefined` where the first byte is none of ours. */
export function openEnvelope(data: Uint8Array): Envelope | undefined {
  const kind = KINDS[data[0] ?? -1];
  return kind && { kind, body: Uint8Array.from(data.subarray(1)) };
}
