/** A stand-in for RTCPeerConnection in unit tests: two of them are connected as soon as each has the other's description. */

const PRINT = Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, "0").toUpperCase()).join(":");
const sdp = (candidate: number) => `v=0\r\na=fingerprint:sha-256 ${PRINT}\r\na=number:${candidate}\r\n`;

type Description = { readonly type: string; readonly sdp: string };

export class FakeStream {
  readonly tracks: unknown[] = [];
  addTrack(track: unknown): void {
    this.tracks.push(track);
  }
}

let number = 0;

/** One end of a data channel; what is sent arrives at once. */
export class FakeChannel extends EventTarget {
  readyState: RTCDataChannelState = "connecting";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  binaryType: BinaryType = "arraybuffer";
  readonly sent: Uint8Array[] = [];
  #other: FakeChannel | null = null;

  /** Opens both ends. */
  meet(other: FakeChannel): void {
    if (this.#other === other) return;
    this.#other = other;
    other.meet(this);
    this.readyState = "open";
    this.dispatchEvent(new Event("open"));
  }

  send(data: Uint8Array): void {
    this.sent.push(data);
    const whole = data.slice().buffer;
    this.#other?.dispatchEvent(new MessageEvent("message", { data: whole }));
  }

  close(): void {
    this.readyState = "closed";
    this.dispatchEvent(new Event("close"));
  }
}

export class FakeConnection extends EventTarget {
  /** How many descriptions were set here: the first one is what starts looking for addresses. */
  static described = 0;
  /** False: no pair of addresses ever connects. */
  static meets = true;
  /** Each by the text of its own description, so that two that name each other meet. */
  static readonly #all = new Map<string, FakeConnection>();
  readonly channel = new FakeChannel();
  localDescription: Description | null = null;
  remoteDescription: Description | null = null;
  connectionState = "new";
  iceConnectionState = "new";
  readonly #sender = { transport: null, replaceTrack: async () => undefined };

  setConfiguration(): void {
    // servers for ICE do not matter here
  }

  createDataChannel(): FakeChannel {
    return this.channel;
  }

  addTransceiver(): { sender: unknown } {
    return { sender: this.#sender };
  }

  getTransceivers(): unknown[] {
    const receiver = (kind: string) => ({ track: { kind } });
    return ["audio", "video"].map((kind) => ({
      direction: "",
      sender: this.#sender,
      receiver: receiver(kind),
    }));
  }

  async createOffer(): Promise<Description> {
    number += 1;
    return { type: "offer", sdp: sdp(number) };
  }

  async createAnswer(): Promise<Description> {
    number += 1;
    return { type: "answer", sdp: sdp(number) };
  }

  async setLocalDescription(description: Description): Promise<void> {
    FakeConnection.described += 1;
    this.localDescription = description;
    FakeConnection.#all.set(numberOf(description), this);
    this.#meet();
  }

  async setRemoteDescription(description: Description): Promise<void> {
    this.remoteDescription = description;
    this.#meet();
  }

  async addIceCandidate(): Promise<void> {
    // candidates do not matter here
  }

  async getStats(): Promise<ReadonlyMap<string, unknown>> {
    return new Map();
  }

  /** The way between all that are connected is gone, and no other is found. */
  static lose(): void {
    FakeConnection.meets = false;
    for (const each of FakeConnection.#all.values()) {
      if (each.connectionState !== "connected") continue;
      each.iceConnectionState = "failed";
      each.dispatchEvent(new Event("iceconnectionstatechange"));
    }
  }

  close(): void {
    this.connectionState = "closed";
  }

  #meet(): void {
    if (!FakeConnection.meets) return;
    if (!this.localDescription || !this.remoteDescription || this.connectionState === "closed") return;
    this.connectionState = this.iceConnectionState = "connected";
    this.dispatchEvent(new Event("connectionstatechange"));
    const other = FakeConnection.#all.get(numberOf(this.remoteDescription));
    if (other?.connectionState === "connected") this.channel.meet(other.channel);
  }
}

const numberOf = ({ sdp }: Description) => /a=number:(\d+)/.exec(sdp)?.[1] ?? "";
