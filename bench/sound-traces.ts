/** `bun bench/sound-traces.ts`: records when sound frames arrive over real TCP and UDP on bad lines, for the tests of the jitter
 * buffer (`web/media/sound/traces`). Needs root; takes two minutes. */
import { join } from "node:path";
import { linesMissing, makeLines } from "./lines/lines.ts";

/** As long as a sealed frame of 32 kbit/s. */
const FRAME_BYTES = 117;
const FRAME_MS = 20;
const FRAMES = 1_000;
const FOLDER = join(import.meta.dirname, "..", "web", "media", "sound", "traces");

/** What to record: a name, the way, and the line. */
const RUNS = [
  { name: "udp-3-percent", way: "udp", lossPercent: 3, kbit: null },
  { name: "tcp-3-percent", way: "tcp", lossPercent: 3, kbit: null },
  // hardly more than the sound needs, and other traffic fills it from the fifth second to the tenth
  { name: "tcp-narrow", way: "tcp", lossPercent: 0, kbit: 120 },
] as const;

const now = () => performance.timeOrigin + performance.now();

async function record({ way, lossPercent, kbit }: (typeof RUNS)[number]): Promise<(number | null)[]> {
  const quality = { lossPercent, delayMs: 20, seed: 11, udp: "open", tcpCongestion: "cubic" } as const;
  const lines = await makeLines({ ...quality, count: 1 });
  const [line] = lines.lines;
  if (!line) throw new Error("no line");
  const begin = (send: (frame: Uint8Array) => void) => {
    let ctr = 0;
    const timer = setInterval(() => {
      const frame = new Uint8Array(FRAME_BYTES);
      new DataView(frame.buffer).setUint32(0, ctr);
      new DataView(frame.buffer).setFloat64(4, now());
      send(frame);
      // key pictures of others in the same socket
      if (kbit !== null && ctr >= 250 && ctr < 500 && ctr % 50 === 0) send(new Uint8Array(6_000).fill(255));
      if (++ctr === FRAMES) clearInterval(timer);
    }, FRAME_MS);
    line.narrow(kbit);
  };
  const server = Bun.serve({
    port: 0,
    hostname: lines.serverAddress,
    fetch: (request, self) => (self.upgrade(request) ? undefined : new Response()),
    websocket: { message() {}, open: (socket) => begin((frame) => void socket.send(frame)) },
  });
  const udp = await Bun.udpSocket({
    hostname: lines.serverAddress,
    socket: { data: (socket, _, port, host) => begin((frame) => void socket.send(frame, port, host)) },
  });
  const port = way === "udp" ? udp.port : (server.port ?? 0);
  const script = join(import.meta.dirname, "sound-arrivals.process.ts");
  const words = line.enter([
    process.execPath,
    script,
    way,
    lines.serverAddress,
    String(port),
    String(FRAMES),
  ]);
  const child = Bun.spawn(words, { stdout: "pipe" });
  const arrivals: (number | null)[] = JSON.parse(await new Response(child.stdout).text());
  udp.close();
  await server.stop(true);
  await lines.close();
  return arrivals;
}

const missing = linesMissing();
if (missing) throw new Error(missing);
for (const run of RUNS) {
  const arrivals = await record(run);
  const known = arrivals.filter((at) => at !== null);
  await Bun.write(join(FOLDER, `${run.name}.json`), `${JSON.stringify(arrivals)}\n`);
  console.log(
    `${run.name}: ${known.length} of ${arrivals.length}, ${Math.min(...known)} to ${Math.max(...known)} ms on the way`,
  );
}
