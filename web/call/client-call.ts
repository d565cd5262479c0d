/** The client's whole way, headless: from the link or the code through the door into the call and out again (product.md journeys 4 and 6). */
import { knownProof } from "../../wasm/known.ts";
import { linkKeys, parseLink } from "../../wasm/link.ts";
import { type Bytes, sameBytes } from "../../wire/bytes.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { IceServer, ToBrowser } from "../../wire/signal.ts";
import { AskedFirst } from "./asked-first.ts";
import type { ClientCallOptions, ClientState, Ending } from "./client-types.ts";
import { newComparison } from "./comparison.ts";
import { HostChannel } from "./host-channel.ts";
import { MemberCall, NO_CALL } from "./member-call.ts";
import { Passes } from "./passes.ts";
import { CodeProof, deviceNameOf, LinkProof } from "./proof.ts";
import type { Talk } from "./talk.ts";
import { type Readable, Value } from "./value.ts";
import { Warm } from "./warm.ts";

/** The addresses of this side go out before the room is drawn. Higher: the room comes later. Lower: they wait for the drawing. */
const DRAW_AFTER_MS = 15;
/** Higher: after admission the page says "proving" longer where the offer is late. Lower: the room is drawn before the answer. */
const OFFER_PATIENCE_MS = 1_000;

export class ClientCall {
  readonly #options: ClientCallOptions;
  readonly #state = new Value<ClientState>({
    door: "unknown",
    stage: { at: "before" },
    ...NO_CALL,
    unproven: false,
    comparison: null,
    link: null,
    planned: null,
    brand: null,
    note: null,
    reach: null,
  });
  readonly #proof: LinkProof | CodeProof;
  readonly #warm = new Warm();
  readonly #call: MemberCall;
  readonly #passes: Passes;
  readonly #channel: HostChannel;
  readonly #asked: AskedFirst;
  #ice: readonly IceServer[] = [];
  #certificate: RTCCertificate | null = null;
  #isAdmitted = false;
  /** Somebody came in at the client's side. */
  #isAway = false;

  constructor(options: ClientCallOptions) {
    this.#options = options;
    const { credential, tries } = options;
    this.#proof =
      credential.by === "link" ? new LinkProof(credential.link) : new CodeProof(credential, tries);
    this.#channel = new HostChannel({
      ...options,
      proof: this.#proof,
      mayKnock: () => this.#mayKnock(),
      onKnock: () => this.#state.get().stage.at === "door" && this.#set({ stage: { at: "proving" } }),
      onOpen: (talk) => this.#onOpen(talk),
      onMessage: (message) => this.#onSealed(message),
      onUnproven: () => this.#set({ unproven: true }),
      onWrong: () => this.#finish("wrong"),
    });
    this.#asked = new AskedFirst({
      send: (message) => this.#channel.talk?.send(message),
      stage: () => this.#state.get().stage,
      show: (stage) => this.#set({ stage }),
      onDeclined: () => this.#leaveAs("declined"),
    });
    this.#passes = new Passes(options.post, options.clock);
    this.#call = new MemberCall({
      clock: options.clock,
      capture: options.capture,
      warm: this.#warm,
      open: options.open,
      passes: () => this.#passes.ask(),
      ice: () => this.#ice,
      onSaid: () => options.clock.after(DRAW_AFTER_MS, () => this.#enter()),
      onChange: (change) => this.#set(change),
      onDead: () => this.#channel.knockAnew(),
    });
    void options.certificate.then((certificate) => {
      this.#certificate = certificate;
      this.#warm.prepare(certificate);
      this.#channel.knock();
    });
  }

  get state(): Readable<ClientState> {
    return this.#state;
  }

  get chat(): MemberCall["chat"] {
    return this.#call.chat;
  }

  /** What the therapist has opened for everybody. */
  get tools(): MemberCall["tools"] {
    return this.#call.tools;
  }

  /** The call, once we are in. */
  get call(): Pick<MemberCall, "setHand" | "setLoudspeaker" | "view"> {
    return this.#call;
  }

  /** What was told, and what stands in the form. */
  get answers(): AskedFirst["answers"] {
    return this.#asked.answers;
  }

  /** Has read who else belongs to the group: comes in. */
  enterGroup(): void {
    this.#asked.enterGroup();
  }

  /** The form is filled in; `accepted` is the answer to the consent text, null where there is none. */
  tell(accepted: boolean | null): void {
    this.#asked.tell(accepted);
  }

  /** "Beitreten": from now on everything goes by itself. After the end a new call is made, not this one used again. */
  join(): void {
    if (this.#state.get().stage.at !== "before") return;
    this.#set({ stage: { at: "door" } });
    this.#channel.knock();
  }

  /** "Auflegen": a client only leaves, the room stays. */
  leave(): void {
    this.#leaveAs("left");
  }

  #leaveAs(reason: Ending): void {
    this.#channel.talk?.send({ t: "leave" }, true);
    this.#options.post({ t: "leave" });
    this.#finish(reason);
  }

  /** Not alone, or again: nobody is heard here, and the therapist is told. */
  setAway(away: boolean): void {
    this.#isAway = away;
    this.#call.silence(away);
    if (this.#isAdmitted) this.#channel.talk?.send({ t: "away", on: away });
  }

  /** What the person found, comparing the four words. */
  compare(same: boolean): void {
    const { comparison } = this.#state.get();
    if (!comparison) return;
    this.#channel.talk?.send({ t: "compared", same });
    this.#set({ comparison: { ...comparison, mine: same } });
  }

  /** Takes a message of the server. */
  receive(message: ToBrowser): void {
    if (this.#isDoubtful(message)) return;
    this.#channel.take(message);
    this.#passes.receive(message);
    if (message.t === "door") this.#onDoor(message);
    else if (message.t === "seated") this.#ice = message.ice;
    else if (message.t === "welcome" && !message.resumed) this.#channel.drop();
    else if (message.t === "peer" && message.state === "gone") this.#onGone(message.peer);
    else if (message.t === "over" && this.#isPast("door")) this.#over(message.reason);
    else if (message.t === "unseated" && this.#isAdmitted) this.#finish("moved");
  }

  /** What we capture has changed. */
  captureChanged(): void {
    this.#call.captureChanged();
  }

  networkChanged(): void {
    this.#call.networkChanged();
  }

  /** The page goes: forgets keys and connections. */
  close(): void {
    this.#warm.close();
    this.#drop();
    this.#channel.close();
  }

  #onDoor({ state: door, host, planned }: Extract<ToBrowser, { t: "door" }>): void {
    // by code only the therapist's page knows whose time it is: the server's silence takes nothing back
    const isByCode = this.#options.credential.by === "code";
    this.#set({ door, planned: isByCode ? this.#state.get().planned : planned });
    this.#channel.setHost(host);
    if (door === "closed" && this.#state.get().stage.at !== "in") this.#backToDoor();
    this.#channel.knock();
  }

  #backToDoor(): void {
    this.#channel.drop();
    if (this.#isPast("before")) this.#set({ stage: { at: "door" } });
  }

  /** The server's word alone ends no call over the server: whether the therapist is in touch, the beats say, and another page of the
   * therapist comes as another host. */
  #isDoubtful(message: ToBrowser): boolean {
    const isGone = message.t === "peer" && message.state === "gone";
    return isGone && this.#channel.isWith(message.peer) && this.#state.get().relay !== null;
  }

  /** The host before this one may be said to be gone after the new one has answered. */
  #onGone(peer: PeerId): void {
    if (this.#channel.isWith(peer)) this.#channel.knockAnew();
  }

  #mayKnock(): boolean {
    return this.#isPast("before") && this.#state.get().door === "open" && this.#certificate !== null;
  }

  #onOpen(talk: Talk<ToClient, ToTherapist>): void {
    this.#set({ unproven: false });
    const secret = this.#options.secrets.get(this.#deviceName);
    const known = secret && knownProof(secret, talk.th);
    talk.send({ t: "join", known, label: this.#options.label(), hide: this.#options.hide() });
  }

  #onSealed(message: ToClient): void {
    if (message.t === "wait") this.#onWait();
    else if (message.t === "ask") this.#asked.onAsk(message);
    else if (message.t === "group") this.#asked.onGroup(message.others);
    else if (message.t === "admit") this.#onAdmit(message);
    else if (message.t === "device") this.#keep(message.ds);
    else if (message.t === "compared") this.#onCompared(message.same);
    else if (message.t === "link") this.#onLink(message.url);
    else if (message.t === "brand") this.#set({ brand: message.brand });
    else if (message.t === "note") this.#set({ note: message.note });
    else if (message.t === "reach") this.#set({ reach: message.text });
    else if (message.t === "planned") this.#set({ planned: message.at });
    else if (message.t === "bye") this.#finish(message.reason);
    else this.#call.receive(message);
  }

  #onWait(): void {
    const { at } = this.#state.get().stage;
    if (at !== "in" && at !== "group") this.#set({ stage: { at: "waiting" } });
  }

  get #deviceName() {
    return deviceNameOf(this.#options.credential);
  }

  #keep(secret: Bytes): void {
    this.#options.secrets.put(this.#deviceName, secret);
  }

  /** A link of the therapist we talk with, or nothing: what it opens next time must be the same person. */
  #onLink(url: string): void {
    const parts = parseLink(url);
    const { fingerprint } = this.#proof;
    if (typeof parts === "string" || !fingerprint || !sameBytes(parts.fingerprint, fingerprint)) return;
    const { secrets } = this.#options;
    const secret = secrets.get(this.#deviceName);
    // the device stays known when it comes by the link
    if (secret) secrets.put(linkKeys(parts.secret).rid, secret);
    this.#set({ link: url });
  }

  #onCompared(theirs: boolean): void {
    const { comparison } = this.#state.get();
    if (comparison) this.#set({ comparison: { ...comparison, theirs } });
  }

  #onAdmit(admit: Extract<ToClient, { t: "admit" }>): void {
    const { ds: secret, words } = admit;
    if (secret) this.#keep(secret);
    const certificate = this.#certificate;
    const { talk } = this.#channel;
    if (!certificate || !talk) return;
    this.#set({ note: null, comparison: newComparison(talk.sas, words, secret ? "new" : "known") });
    this.#isAdmitted = true;
    this.#call.admit(talk, admit, certificate);
    // said anew to a therapist's page that knows nothing of it
    if (this.#isAway) talk.send({ t: "away", on: true });
    // an offer that does not come must not leave the person at the door
    this.#options.clock.after(OFFER_PATIENCE_MS, () => this.#enter());
  }

  /** Shows the room: drawing it takes as long as an answer, so the answer goes first. */
  #enter(): void {
    if (!this.#isAdmitted || !this.#isPast("door")) return;
    this.#set({ stage: { at: "in" } });
  }

  /** What a practice may start is never told a client. */
  #over(reason: Extract<ToBrowser, { t: "over" }>["reason"]): void {
    this.#finish(reason === "credit" ? "ended" : reason);
  }

  #finish(reason: Ending): void {
    this.#isAdmitted = false;
    this.#drop();
    this.#asked.end();
    this.#set({ stage: { at: "over", reason }, comparison: null, note: null, reach: null });
  }

  #drop(): void {
    this.#channel.drop();
    this.#call.close();
  }

  /** True where the person has pressed "Beitreten" and it is not over; "door" also counts what comes after it. */
  #isPast(stage: "before" | "door"): boolean {
    const { at } = this.#state.get().stage;
    if (at === "before" || at === "over") return false;
    return stage === "before" || at !== "door";
  }

  #set(change: Partial<ClientState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}
