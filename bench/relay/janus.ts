/** The peer to beat: Janus VideoRoom, an SFU for WebRTC written in C, from the system's packages. Started for the bench, with one room,
 * the same limit for a camera as our middle layer, and a page that joins it. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Person } from "../../web/journeys/people.ts";
import { freePort } from "../../web/journeys/product.ts";
import type { Contender, Place } from "./contender.ts";
import { bundle, measuredPerson } from "./people.ts";

/** Our layer of 640×360. */
const CAMERA_BITS = 500_000;
const ROOM = 1234;
const RTP_PORTS = [20_000, 24_000] as const;
const START_MS = 10_000;

/** Where Debian puts the plugins. */
function library(): string | undefined {
  const roots = readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "janus"));
  return [...roots, "/usr/lib/janus"].find((path) => existsSync(join(path, "plugins")));
}

/** Why Janus cannot run here, as a sentence; null where it can. */
export function janusMissing(): string | null {
  if (spawnSync("janus", ["--version"]).error || library() === undefined) return "needs janus";
  return null;
}

function configure(folder: string, address: string, port: number): void {
  const lib = library();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const except = (kind: string, keep: string) =>
    readdirSync(join(lib ?? "", kind)).filter((name) => name.endsWith(".so") && !name.includes(keep));
  write(
    "janus.jcfg",
    `general: { configs_folder = "${folder}" plugins_folder = "${lib}/plugins" transports_folder = "${lib}/transports"
      events_folder = "${lib}/events" loggers_folder = "${lib}/loggers" interface = "${address}" debug_level = 2 }
    media: { rtp_port_range = "${RTP_PORTS.join("-")}" }
    nat: { full_trickle = true ice_enforce_list = "${address}" ignore_mdns = true }
    plugins: { disable = "${except("plugins", "videoroom").join(",")}" }
    transports: { disable = "${except("transports", "websockets").join(",")}" }\n`,
  );
  write(
    "janus.transport.websockets.jcfg",
    `general: { json = "compact" ws = true ws_port = ${port} ws_ip = "${address}" wss = false }\nadmin: { admin_ws = false }\n`,
  );
  write(
    "janus.plugin.videoroom.jcfg",
    `general: { }\nroom-${ROOM}: { description = "bench" publishers = 16 bitrate = ${CAMERA_BITS} bitrate_cap = true
      audiocodec = "opus" videocodec = "vp8" record = false }\n`,
  );
}

async function untilListening(child: ChildProcess, address: string, port: number): Promise<void> {
  for (const start = performance.now(); performance.now() - start < START_MS; await Bun.sleep(50)) {
    if (child.exitCode !== null) break;
    const socket = await Bun.connect({ hostname: address, port, socket: { data() {} } }).catch(() => null);
    socket?.end();
    if (socket !== null) return;
  }
  child.kill("SIGKILL");
  throw new Error("Janus does not answer");
}

/** Starts it with an empty room for so many, reachable at `place`. */
export async function startJanus(place: Place, expected: number): Promise<Contender> {
  const folder = mkdtempSync(join(tmpdir(), "tpc-janus-"));
  const port = await freePort();
  mkdirSync(join(folder, "conf"));
  configure(join(folder, "conf"), place.address, port);
  const words = ["-F", join(folder, "conf"), "-L", join(folder, "log")];
  const child = spawn("janus", words, { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await untilListening(child, place.address, port);
  const script = await bundle("janus.page.ts");
  const web = Bun.serve({
    hostname: place.address,
    port: 0,
    fetch: () => new Response("<!doctype html><body></body>", { headers: PAGE_HEADERS }),
  });
  const people: Person[] = [];
  return {
    system: "janus",
    server: { pid: child.pid ?? 0, sends: [`udp sport ${RTP_PORTS.join("-")}`] },
    people,
    async join() {
      const who = people.length;
      const origin = web.url.origin;
      const one = await measuredPerson(who, expected, { origin, ...place.browserOf(who) });
      people.push(one);
      await one.page.goto(origin);
      await one.page.addScriptTag({ content: script });
      await one.page.evaluate(([url, room]) => window.joinJanus?.(url, room), [
        `ws://${place.address}:${port}`,
        ROOM,
      ] as const);
    },
    wayOf: async () => "webrtc",
    concealedMs: ({ page }) => page.evaluate(async () => (await window.janusConcealedMs?.()) ?? 0),
    async close() {
      await Promise.all(people.map(({ browser }) => browser.close()));
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await ended;
      clearTimeout(late);
      await web.stop(true);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Cross-origin isolated like our own page: clocks are equally fine in both. */
const PAGE_HEADERS = {
  "content-type": "text/html",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
