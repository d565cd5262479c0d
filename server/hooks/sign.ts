/** The signature on what a webhook is sent: it proves the sender and the moment, so that what was overheard cannot be sent again later. */
import { createHmac } from "node:crypto";

/** The header that carries it. */
export const SIGNATURE_HEADER = "tpc-signature";

/** `t=<Unix milliseconds>,v1=<hex HMAC-SHA-256 of "t.body" under the secret>`. */
export function signatureOf(secret: Uint8Array, body: string, now: number): string {
  const mac = createHmac("sha256", secret).update(`${now}.${body}`).digest("hex");
  return `t=${now},v1=${mac}`;
}
