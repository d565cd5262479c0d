/** The product's relay as a process of its own, without accounts and signaling: who may come is said over IPC by the load generator, as
 * signaling says it in the product. Everything a frame passes is the product's own. */
import { Elysia } from "elysia";
import { systemClock } from "../../server/clock.ts";
import { createLog } from "../../server/log.ts";
import { openMedia } from "../../server/transport/media.ts";
import { websocketOptions } from "../../server/transport/websocket.ts";
import { base64url, fromBase64url } from "../../wire/bytes.ts";
import type { CallId } from "../../wire/ids.ts";

/** `tokens`: one for the way up, one for the way down, base64url. */
export type Seat = { readonly call: CallId; readonly slot: number; readonly tokens: readonly string[] };
/** Load generator to relay. */
export type RelayOrder =
  | (Seat & { readonly t: "seat"; readonly n: number })
  | { readonly t: "unseat"; readonly call: CallId; readonly slot: number }
  | { readonly t: "counts" };
/** Relay to load generator. */
export type RelayWord =
  | { readonly t: "ready"; readonly port: number; readonly quic: { port: number; hash: string } | null }
  /** The tokens of order `n` are good now. */
  | { readonly t: "seated"; readonly n: number }
  | { readonly t: "counts"; readonly counts: Record<string, number> };

/** Whether WebTransport is on, where its certificate is kept, and the files of the sockets' own. */
const [way, folder = ".", cert, key] = process.argv.slice(2);
const log = createLog(systemClock, "warn", (line) => void process.stderr.write(`${line}\n`));
let asked = 0;
const media = await openMedia({
  clock: systemClock,
  log,
  host: "127.0.0.1",
  port: way === "quic" ? 0 : null,
  folder,
  originAllowed: () => true,
  isStaff: async () => false,
  // everybody comes from this machine, and one address may not have so many sockets
  addressOf: () => `load ${(asked++).toString()}`,
});
const app = new Elysia({ websocket: websocketOptions }).use(media.plugin);
app.listen({
  hostname: "127.0.0.1",
  port: 0,
  ...(cert && key ? { tls: { cert: Bun.file(cert), key: Bun.file(key) } } : {}),
});

const say = (word: RelayWord) => process.send?.(word);
process.on("message", (order: RelayOrder) => {
  if (order.t === "counts") say({ t: "counts", counts: { ...media.counts } });
  else if (order.t === "unseat") media.relay.placed({ t: "unseated", call: order.call, slot: order.slot });
  else {
    const { n, call, slot, tokens } = order;
    media.relay.placed({ t: "seated", call, slot });
    for (const [i, token] of tokens.entries()) {
      media.relay.admit(fromBase64url(token), { call, slot, way: i === 0 ? "up" : "down" });
    }
    say({ t: "seated", n });
  }
});
process.on("disconnect", () => process.exit(0));
const [at] = media.quic();
const quic = at ? { port: at.port, hash: base64url(at.hash) } : null;
say({ t: "ready", port: app.server?.port ?? 0, quic });
