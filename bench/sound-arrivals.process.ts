/** The far end of `sound-traces.ts`, inside the bad line: how many ms each frame was on its way, as JSON; null for a lost one. */
const [way, host = "", port = "", frames = ""] = process.argv.slice(2);
/** After the last frame, what is still on the way is lost. */
const PATIENCE_MS = 3_000;

const arrivals: (number | null)[] = new Array(Number(frames)).fill(null);
let patience: ReturnType<typeof setTimeout> | undefined;

function took(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ctr = view.getUint32(0);
  if (ctr >= arrivals.length) return;
  const ms = performance.timeOrigin + performance.now() - view.getFloat64(4);
  arrivals[ctr] = Math.round(ms * 10) / 10;
  clearTimeout(patience);
  patience = setTimeout(done, PATIENCE_MS);
}

function done(): void {
  console.log(JSON.stringify(arrivals));
  process.exit(0);
}

if (way === "udp") {
  const socket = await Bun.udpSocket({
    connect: { hostname: host, port: Number(port) },
    socket: { data: (_, data) => took(data) },
  });
  socket.send("begin");
} else {
  const socket = new WebSocket(`ws://${host}:${port}/`);
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => took(new Uint8Array(data));
}
