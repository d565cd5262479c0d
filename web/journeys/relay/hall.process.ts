/** The place of a relayed call without signaling: the real forwarding core behind its real loop and sockets, a page that has nothing but
 * the media, and an epoch for whoever comes. A process of its own: `bun hall.process.ts <port> <quic|sockets>` prints its origin. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Elysia } from "elysia";
import { build } from "vite";
import { createLog } from "../../../server/log.ts";
import { openMedia } from "../../../server/transport/media.ts";
import { websocketOptions } from "../../../server/transport/websocket.ts";
import { hex } from "../../../wire/bytes.ts";
import { type CallId, newId } from "../../../wire/ids.ts";
import type { SaidEpoch, SaidPasses } from "./page.ts";

const OUT = join(import.meta.dirname, "..", "..", "..", ".cache", "relay-hall");
const PEOPLE = 9;
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** The page, built as the product's pages are. */
await build({
  configFile: false,
  root: import.meta.dirname,
  logLevel: "error",
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "esnext",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
});

const host = "127.0.0.1";
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const media = await openMedia({
  clock,
  log: createLog(clock, "error", (line) => console.error(line)),
  originAllowed: () => true,
  isStaff: async () => false,
  addressOf: () => host,
  host,
  port: process.argv[3] === "quic" ? 0 : null,
  folder: mkdtempSync(join(tmpdir(), "relay-hall-")),
});
const { relay } = media;
const call = newId<CallId>();
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const pids = Array.from({ length: PEOPLE }, () => hex(random(16)));
let epoch: SaidEpoch = { csid: hex(random(16)), rv: 1, secret: hex(random(32)), pids };
for (let slot = 0; slot < PEOPLE; slot++) relay.placed({ t: "seated", call, slot });

function pass(slot: number, way: "up" | "down"): string {
  const token = random(24);
  relay.admit(token, { call, slot, way });
  return hex(token);
}

function passes(slot: number): SaidPasses {
  return {
    up: [pass(slot, "up"), pass(slot, "up")],
    down: [pass(slot, "down"), pass(slot, "down")],
    quic: media.quic().map(({ port, hash }) => ({ port, hash: hex(hash) })),
  };
}

const app = new Elysia({ websocket: websocketOptions })
  .use(media.plugin)
  .get("/epoch", () => Response.json(epoch))
  .get("/passes", ({ query }) => Response.json(passes(Number(query.slot))))
  // new keys for everybody; the journey tells the pages
  .post("/next-epoch", () => {
    epoch = { ...epoch, rv: epoch.rv + 1, secret: hex(random(32)) };
  })
  // this person has left, or is back: sessions end with the seat
  .post("/unseat", ({ query }) => relay.placed({ t: "unseated", call, slot: Number(query.slot) }))
  .post("/seat", ({ query }) => relay.placed({ t: "seated", call, slot: Number(query.slot) }))
  .get(
    "/*",
    ({ path }) =>
      new Response(Bun.file(join(OUT, path === "/" ? "index.html" : path)), { headers: ISOLATED }),
  )
  .listen({ port: Number(process.argv[2]), hostname: host });
console.log(`http://${host}:${app.server?.port}`);
