/** The tries of the connection check by the browser's own means, each as a call does it: the same address, port and certificate. */
import { quicAble } from "../../media/quic-able.ts";
import type { Clock } from "../clock.ts";
import type { Facts } from "./facts.ts";
import { Pings } from "./pings.ts";
import type { CheckParts, Probe } from "./ways.ts";

/** The three ways from this page. */
export function browserProbes(clock: Clock): CheckParts["probes"] {
  return {
    direct: ({ stun }) => (stun.length === 0 ? "server" : direct([...stun], clock)),
    quic: (facts) => {
      if (!quicAble(navigator.userAgent, "WebTransport" in globalThis)) return "browser";
      return facts.quic.length === 0 ? "server" : quic(facts, clock);
    },
    socket: ({ tickets }) => socket(tickets.socket, clock),
  };
}

/** Whether our server tells this device how it is seen from outside: by the same UDP that a direct call takes. Where a device is seen as it
 * sees itself there is no second address; then the answer is that all addresses were found well before a silent server is given up. */
function direct(iceServers: RTCIceServer[], clock: Clock): Probe {
  const connection = new RTCPeerConnection({ iceServers });
  const began = clock.now();
  let [own, failed] = [0, 0];
  const answer = new Promise<number>((resolve, reject) => {
    const found = () => resolve(clock.now() - began);
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.type === "srflx") found();
      if (candidate?.type === "host") own += 1;
    });
    connection.addEventListener("icecandidateerror", () => {
      failed += 1;
    });
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState !== "complete") return;
      if (own > failed) found();
      else reject(new Error("no answer"));
    });
    connection.createDataChannel("");
    connection.setLocalDescription().catch(reject);
  });
  return { answer, drop: () => connection.close() };
}

function quic({ quic: [place], tickets }: Facts, clock: Clock): Probe {
  if (place === undefined) throw new TypeError("no port");
  const pings = new Pings(clock);
  const transport = new WebTransport(
    `https://${location.hostname}:${place.port}/media?check=${tickets.quic}`,
    {
      serverCertificateHashes: [{ algorithm: "sha-256", value: place.hash }],
    },
  );
  const run = async () => {
    await transport.ready;
    const { readable, writable } = await transport.createBidirectionalStream();
    const [reader, writer] = [readable.getReader(), writable.getWriter()];
    pings.start((bytes) => void writer.write(bytes).catch(() => pings.lost()));
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      pings.heard(value.length);
    }
  };
  transport.closed.catch(() => undefined);
  void run()
    .catch(() => undefined)
    .finally(() => pings.lost());
  return { answer: pings.answer, drop: () => closeQuietly(transport) };
}

function closeQuietly(transport: WebTransport): void {
  try {
    transport.close();
  } catch {
    // not open yet or closed already
  }
}

function socket(ticket: string, clock: Clock): Probe {
  const pings = new Pings(clock);
  const line = new WebSocket(`${location.origin.replace(/^http/, "ws")}/media?check=${ticket}`);
  line.binaryType = "arraybuffer";
  line.onopen = () => pings.start((bytes) => line.send(bytes));
  line.onmessage = ({ data }: MessageEvent<unknown>) =>
    pings.heard(data instanceof ArrayBuffer ? data.byteLength : 0);
  line.onclose = () => pings.lost();
  return { answer: pings.answer, drop: () => line.close() };
}
