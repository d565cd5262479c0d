/** A direct call: one RTCPeerConnection whose SDP and ICE travel only inside the sealed channel (TP1 §2.8, media.md "Direct").
 * The therapist's side always offers, the client's always answers, so two offers never meet. */
import type { IceServer } from "../../wire/signal.ts";
import { type Line, lineOf, type Secured, securedOf } from "./line.ts";
import type { PictureStep } from "./picture-thrift.ts";
import {
  fingerprintOf,
  fingerprintOfCertificate,
  SdpRefused,
  withConstantOpus,
  withQuickPicture,
} from "./sdp.ts";
import { CAMERA_MAX_BITRATE, putSoundFirst, setPicture } from "./sender-rates.ts";
import { settingsOf } from "./warm.ts";

/** What travels in the sealed channel for a direct call. */
export type DirectMessage =
  | { t: "sdp"; type: "offer" | "answer"; sdp: string }
  | { t: "ice"; candidate: string; mid: string | null }
  | { t: "restart" };

/** What a direct call sends: either may be missing, and both can be swapped while it runs. */
export type Outgoing = {
  readonly microphone: MediaStreamTrack | null;
  readonly picture: MediaStreamTrack | null;
};

export type DirectOptions = {
  readonly role: "offer" | "answer";
  readonly ice: readonly IceServer[];
  readonly certificate: RTCCertificate;
  readonly outgoing: Outgoing;
  readonly send: (message: DirectMessage) => void;
  readonly onLine: (line: Line) => void;
  /** What protects it, each time it is connected. */
  readonly onSecured?: ((secured: Secured) => void) | undefined;
  readonly onRemote: (stream: MediaStream) => void;
  /** The channel for chat and files, from the start; it opens when the connection does. */
  readonly onData: (channel: RTCDataChannel) => void;
  /** Everything this side has to say is said; from here the network works. Pages draw now, not before. */
  readonly onSaid?: (() => void) | undefined;
  /** A connection made ahead of time by `warm.ts`; it belongs to this call from now on. */
  readonly warm?: RTCPeerConnection | undefined;
  /** The other side's SDP or certificate was not what the sealed channel said: nothing is shown of it. */
  readonly onRefused: () => void;
};

/** Higher: a dead path is noticed later. Lower: a short hiccup of the radio already costs an ICE restart. */
const DISCONNECTED_PATIENCE_MS = 1_500;
/** Higher: longer dark after a change of network. Lower: restarts overtake each other on slow lines. */
const RESTART_EVERY_MS = 3_000;
/** Candidates that may arrive before the SDP they belong to. */
const EARLY_CANDIDATES_MAX = 64;
/** Reliable and ordered; what is in it is sealed once more (TP1 §2.7). */
const DATA_CHANNEL: RTCDataChannelInit = { negotiated: true, id: 0, ordered: true };

export class Direct {
  readonly #options: DirectOptions;
  readonly #connection: RTCPeerConnection;
  readonly #remote = new MediaStream();
  readonly #early: RTCIceCandidateInit[] = [];
  #tasks: Promise<void> = Promise.resolve();
  #outgoing: Outgoing;
  #senders: { audio?: RTCRtpSender; video?: RTCRtpSender } = {};
  #sealedFingerprint: string | null = null;
  #checked = false;
  #since: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: DirectOptions) {
    this.#options = options;
    this.#outgoing = options.outgoing;
    this.#connection = options.warm ?? new RTCPeerConnection(settingsOf(options.certificate));
    this.#connection.setConfiguration({
      ...settingsOf(options.certificate),
      iceServers: options.ice.map((server) => ({ ...server })),
    });
    this.#listen();
    // both sides make it, before the first offer: so no offer comes a second time, and nobody but us opens one
    options.onData(this.#connection.createDataChannel("data", DATA_CHANNEL));
    if (options.role === "offer") this.#do(() => this.#startOffering());
  }

  /** Takes a message of the other side out of the sealed channel. */
  receive(message: DirectMessage): void {
    if (message.t === "ice") this.#do(() => this.#addCandidate(message));
    else if (message.t === "sdp") this.#do(() => this.#takeDescription(message));
    else if (this.#options.role === "offer") this.#restart();
  }

  /** Swaps what is sent without a new negotiation; null sends nothing. */
  setOutgoing(outgoing: Outgoing): void {
    this.#outgoing = outgoing;
    this.#do(async () => {
      await this.#senders.audio?.replaceTrack(outgoing.microphone);
      await this.#senders.video?.replaceTrack(outgoing.picture);
    });
  }

  /** So much of the line the picture may have from now on (R8). */
  setPicture(step: PictureStep): void {
    this.#do(() => setPicture(this.#senders.video, step));
  }

  /** What the browser counts of the line. */
  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  /** The device changed its network: look for a new path at once instead of waiting for the old one to fail. */
  networkChanged(): void {
    if (this.#connection.remoteDescription !== null) this.#restart();
  }

  /** Ends it; a second call does nothing. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#connection.close();
  }

  #listen(): void {
    const connection = this.#connection;
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (!candidate || candidate.candidate === "") return;
      this.#options.send({ t: "ice", candidate: candidate.candidate, mid: candidate.sdpMid });
    });
    connection.addEventListener("track", ({ track }) => {
      this.#remote.addTrack(track);
      this.#options.onRemote(this.#remote);
    });
    connection.addEventListener("iceconnectionstatechange", () => this.#iceChanged());
    connection.addEventListener("connectionstatechange", () => {
      if (connection.connectionState === "connected") this.#do(() => this.#connected());
    });
  }

  /** Runs one step after the other: descriptions and candidates must not overtake each other. */
  #do(step: () => Promise<void>): void {
    this.#tasks = this.#tasks.then(async () => {
      if (this.#closed) return;
      try {
        await step();
      } catch (error) {
        if (this.#closed) return;
        if (error instanceof SdpRefused) this.#refuse();
        else this.#retryLater();
      }
    });
  }

  async #startOffering(): Promise<void> {
    const { microphone, picture } = this.#outgoing;
    this.#senders.audio = this.#connection.addTransceiver(microphone ?? "audio", {
      direction: "sendrecv",
    }).sender;
    this.#senders.video = this.#connection.addTransceiver(picture ?? "video", {
      direction: "sendrecv",
      sendEncodings: [{ maxBitrate: CAMERA_MAX_BITRATE }],
    }).sender;
    await this.#offer({});
  }

  async #offer(options: RTCOfferOptions): Promise<void> {
    const offer = await this.#connection.createOffer(options);
    await this.#connection.setLocalDescription(offer);
    this.#options.send({ t: "sdp", type: "offer", sdp: offer.sdp ?? "" });
    this.#options.onSaid?.();
  }

  async #takeDescription(message: { type: "offer" | "answer"; sdp: string }): Promise<void> {
    if (message.type === this.#options.role) throw new SdpRefused("an SDP of the wrong side");
    this.#sealedFingerprint = fingerprintOf(message.sdp);
    await this.#connection.setRemoteDescription({
      type: message.type,
      sdp: withQuickPicture(withConstantOpus(message.sdp)),
    });
    if (message.type === "offer") await this.#answer();
    for (const early of this.#early.splice(0)) await this.#connection.addIceCandidate(early);
  }

  async #answer(): Promise<void> {
    for (const transceiver of this.#connection.getTransceivers()) {
      transceiver.direction = "sendrecv";
      const audio = transceiver.receiver.track.kind === "audio";
      this.#senders[audio ? "audio" : "video"] = transceiver.sender;
      await transceiver.sender.replaceTrack(audio ? this.#outgoing.microphone : this.#outgoing.picture);
    }
    const answer = await this.#connection.createAnswer();
    await this.#connection.setLocalDescription(answer);
    this.#options.send({ t: "sdp", type: "answer", sdp: answer.sdp ?? "" });
    this.#options.onSaid?.();
  }

  async #addCandidate(message: { candidate: string; mid: string | null }): Promise<void> {
    const candidate = { candidate: message.candidate, sdpMid: message.mid };
    if (this.#connection.remoteDescription) {
      // a candidate of a description that an ICE restart has replaced is refused by the browser; that loses nothing
      await this.#connection.addIceCandidate(candidate).catch(() => undefined);
    } else if (this.#early.length < EARLY_CANDIDATES_MAX) this.#early.push(candidate);
  }

  async #connected(): Promise<void> {
    if (!this.#checked) await this.#first();
    this.#checked = true;
    this.#since = null;
    clearTimeout(this.#timer);
    const stats = await this.#connection.getStats();
    this.#options.onSecured?.(securedOf(stats, this.#options.ice));
    this.#options.onLine({ at: "open", route: lineOf(stats) });
  }

  async #first(): Promise<void> {
    await this.#checkCertificate();
    await putSoundFirst(this.#senders.audio);
    await setPicture(this.#senders.video, "full");
  }

  /** The browser compares the fingerprint itself; we look once more at what it really connected to (TP1 §2.8). */
  async #checkCertificate(): Promise<void> {
    const transport = this.#senders.audio?.transport as {
      getRemoteCertificates?: () => ArrayBuffer[];
    } | null;
    const [certificate] = transport?.getRemoteCertificates?.() ?? [];
    if (certificate === undefined) return;
    if ((await fingerprintOfCertificate(certificate)) !== this.#sealedFingerprint) {
      throw new SdpRefused("connected to another certificate than the sealed one");
    }
  }

  #iceChanged(): void {
    const state = this.#connection.iceConnectionState;
    if (state === "failed") this.#lost(0);
    if (state === "disconnected") this.#lost(DISCONNECTED_PATIENCE_MS);
    if ((state === "connected" || state === "completed") && this.#checked) this.#do(() => this.#connected());
  }

  #lost(patience: number): void {
    this.#since ??= Date.now();
    this.#options.onLine({ at: "reconnecting", since: this.#since });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#restart(), patience);
  }

  /** Looks for a new path, and again until there is one: the app never hangs up by itself (R8). */
  #restart(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    if (this.#options.role === "answer") this.#options.send({ t: "restart" });
    else this.#do(() => this.#offer({ iceRestart: true }));
    this.#retryLater();
  }

  #retryLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const state = this.#connection.iceConnectionState;
      if (state !== "connected" && state !== "completed") this.#restart();
    }, RESTART_EVERY_MS);
  }

  #refuse(): void {
    this.close();
    this.#options.onRefused();
  }
}
