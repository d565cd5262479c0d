/** Everything a stranger reaches, by name. */
import { forwardingCore, signalingCore } from "./cores.ts";
import { DECODERS, type Stranger } from "./decoders.ts";
import { httpBodies, httpHeads } from "./http.ts";

export const STRANGERS: Readonly<Record<string, () => Stranger | Promise<Stranger>>> = {
  ...DECODERS,
  "signaling core": signalingCore,
  "forwarding core": forwardingCore,
  "HTTP body": httpBodies,
  "HTTP head": httpHeads,
};
