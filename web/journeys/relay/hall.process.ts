/** The place of a relayed call without signaling: the real forwarding core behind its real loop and sockets, a page that has nothing but
 * the media, and an epoch for whoever comes. A process of its own: `bun hall.process.ts [port]` prints its origin. */
import { join } from "node:path";
import { Elysia } from "elysia";
import { build } from "vite";
import { createLog } from "../../../server/log.ts";
import { createSfu } from "../../../server/sfu/core.ts";
import { MediaLoop } from "../../../server/transport/media-loop.ts";
import { mediaPlugin } from "../../../server/transport/media-socket.ts";
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

const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const every = (milliseconds: number, run: () => void) => {
  const timer = setInterval(run, milliseconds);
  return () => clearInterval(timer);
};
const log = createLog(clock, "error", (line) => console.error(line));
const loop = new MediaLoop({ sfu: createSfu(clock.monotonic()), clock, log, every });
const call = newId<CallId>();
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const pids = Array.from({ length: PEOPLE }, () => hex(random(16)));
let epoch: SaidEpoch = { csid: hex(random(16)), rv: 1, secret: hex(random(32)), pids };
for (let slot = 0; slot < PEOPLE; slot++) loop.placed({ t: "seated", call, slot });

function pass(slot: number, way: "up" | "down"): string {
  const token = random(24);
  loop.admit(token, { call, slot, way });
  return hex(token);
}

function passes(slot: number): SaidPasses {
  return {
    up: [pass(slot, "up"), pass(slot, "up")],
    down: [pass(slot, "down"), pass(slot, "down")],
    quic: [],
  };
}

const after = (milliseconds: number, run: () => void) => setTimeout(run, milliseconds);
const app = new Elysia({ websocket: websocketOptions })
  .use(mediaPlugin({ loop, originAllowed: () => true, addressOf: () => "127.0.0.1", after }))
  .get("/epoch", () => Response.json(epoch))
  .get("/passes", ({ query }) => Response.json(passes(Number(query.slot))))
  // new keys for everybody; the journey tells the pages
  .post("/next-epoch", () => {
    epoch = { ...epoch, rv: epoch.rv + 1, secret: hex(random(32)) };
  })
  // this person has left, or is back: sessions end with the seat
  .post("/unseat", ({ query }) => loop.placed({ t: "unseated", call, slot: Number(query.slot) }))
  .post("/seat", ({ query }) => loop.placed({ t: "seated", call, slot: Number(query.slot) }))
  .get(
    "/*",
    ({ path }) =>
      new Response(Bun.file(join(OUT, path === "/" ? "index.html" : path)), { headers: ISOLATED }),
  )
  .listen({ port: Number(process.argv[2] ?? 0), hostname: "127.0.0.1" });
console.log(`http://127.0.0.1:${app.server?.port}`);
