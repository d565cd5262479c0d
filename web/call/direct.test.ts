/** A direct call believes the sealed fingerprint alone (TP1 §2.8, §3.3): not an SDP of the wrong side, not one with two fingerprints, not
 * a connection that ended at another certificate than the one that was sealed. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { Direct, type DirectMessage } from "./direct.ts";
import { FakeConnection, FakeStream } from "./fake-connection.testing.ts";
import type { Line } from "./line.ts";
import { fingerprintOfCertificate } from "./sdp.ts";

const before = { connection: globalThis.RTCPeerConnection, stream: globalThis.MediaStream };
beforeAll(
  () => void Object.assign(globalThis, { RTCPeerConnection: FakeConnection, MediaStream: FakeStream }),
);
afterAll(
  () => void Object.assign(globalThis, { RTCPeerConnection: before.connection, MediaStream: before.stream }),
);

/** A stand-in that names the certificate `own` in its SDP and is connected to whoever shows `met`. */
class Certified extends FakeConnection {
  readonly #own: Uint8Array<ArrayBuffer>;
  readonly #sender: unknown;

  constructor(own: Uint8Array<ArrayBuffer>, met: Uint8Array<ArrayBuffer>) {
    super();
    this.#own = own;
    const transport = { getRemoteCertificates: () => [met.buffer] };
    this.#sender = { transport, replaceTrack: async () => undefined };
  }

  override addTransceiver() {
    return { sender: this.#sender };
  }

  override getTransceivers() {
    return ["audio", "video"].map((kind) => ({ sender: this.#sender, receiver: { track: { kind } } }));
  }

  override async createOffer() {
    return this.#named(await super.createOffer());
  }

  override async createAnswer() {
    return this.#named(await super.createAnswer());
  }

  async #named({ type, sdp }: { type: string; sdp: string }) {
    return { type, sdp: sdp.replace(/sha-256 \S+/, `sha-256 ${await fingerprintOfCertificate(this.#own)}`) };
  }
}

const [mine, theirs, foreign] = [1, 2, 3].map((n) => new Uint8Array(64).fill(n)) as [
  Uint8Array<ArrayBuffer>,
  Uint8Array<ArrayBuffer>,
  Uint8Array<ArrayBuffer>,
];

/** Both ends; `between` is what arrives of a message on its way to the one who answers. */
async function call(
  met: Uint8Array<ArrayBuffer>,
  between: (message: DirectMessage) => DirectMessage[] = (one) => [one],
) {
  const lines: Line[] = [];
  let refused = 0;
  const end = (
    role: "offer" | "answer",
    connection: Certified,
    send: (message: DirectMessage) => void,
  ): Direct =>
    new Direct({
      role,
      send,
      ice: [],
      certificate: {} as RTCCertificate,
      outgoing: { microphone: null, picture: null },
      warm: connection as unknown as RTCPeerConnection,
      onLine: (line) => role === "answer" && lines.push(line),
      onRemote: () => undefined,
      onData: () => undefined,
      onRefused: () => {
        refused += 1;
      },
    });
  const answers = end("answer", new Certified(theirs, met), (message) => offers.receive(message));
  const offers = end("offer", new Certified(mine, theirs), (message) => {
    for (const told of between(message)) answers.receive(told);
  });
  // hashes are made elsewhere, one after the other: so many of ours later, all of theirs are made
  for (let i = 0; i < 30; i++) await fingerprintOfCertificate(mine);
  answers.close();
  offers.close();
  return { open: lines.some(({ at }) => at === "open"), refused };
}

test("[TP1 2.8] the certificate that was sealed is the one that is met: connected", async () => {
  expect(await call(mine)).toEqual({ open: true, refused: 0 });
});

test("[TP1 3.3] somebody else's certificate at the other end: nothing is shown, refused", async () => {
  expect(await call(foreign)).toEqual({ open: false, refused: 1 });
});

test.each([
  [
    "a second fingerprint",
    (sdp: string) => sdp.replace(/(a=fingerprint:sha-256 )(\S+)/, `$1$2\r\n$1${"AA:".repeat(31)}BB`),
  ],
  ["none", (sdp: string) => sdp.replace(/a=fingerprint\S+ \S+\r\n/, "")],
  ["one of another hash", (sdp: string) => sdp.replace("sha-256", "sha-1")],
])("[TP1 3.3] an offer with %s: refused", async (_, change) => {
  const got = await call(mine, (one) => [one.t === "sdp" ? { ...one, sdp: change(one.sdp) } : one]);
  expect(got).toEqual({ open: false, refused: 1 });
});

test("[TP1 3.3] an answer where an offer belongs, and an SDP that is stripped, connect nobody", async () => {
  expect(await call(mine, (one) => [one.t === "sdp" ? { ...one, type: "answer" } : one])).toMatchObject({
    open: false,
    refused: 1,
  });
  expect(await call(mine, (one) => (one.t === "sdp" ? [] : [one]))).toEqual({ open: false, refused: 0 });
});
