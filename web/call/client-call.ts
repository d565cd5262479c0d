/** The client's whole way, headless: from the link or the code through the door into the call and out again (product.md journeys 4 and 6). */
import { knownProof } from "../../wasm/known.ts";
import { linkKeys, parseLink } from "../../wasm/link.ts";
import type { Ask } from "../../wire/asked.ts";
import type { Brand } from "../../wire/brand.ts";
import { type Bytes, sameBytes } from "../../wire/bytes.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { Note, ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { IceServer, ToBrowser, ToServer } from "../../wire/signal.ts";
import { Answers } from "./answers.ts";
import type { HandshakeBudget } from "./budget.ts";
import type { Capture } from "./capture.ts";
import type { Clock } from "./clock.ts";
import { type Comparison, newComparison } from "./comparison.ts";
import type { DeviceSecrets } from "./device-secrets.ts";
import { Knocking } from "./knocking.ts";
import { MemberCall, type MemberCallState, NO_CALL } from "./member-call.ts";
import { Passes } from "./passes.ts";
import { CodeProof, type Credential, deviceNameOf, LinkProof } from "./proof.ts";
import type { OpenPlane } from "./relay-plane.ts";
import { Routes } from "./routes.ts";
import type { Talk } from "./talk.ts";
import type { Tried } from "./tries.ts";
import { type Readable, Value } from "./value.ts";
import { Warm } from "./warm.ts";

/** The addresses of this side go out before the room is drawn. Higher: the room comes later. Lower: they wait for the drawing. */
const DRAW_AFTER_MS = 15;
/** Higher: after admission the page says "proving" longer where the offer is late. Lower: the room is drawn before the answer. */
const OFFER_PATIENCE_MS = 1_000;

/** Why it is over: hung up by the therapist, the room was closed, left by oneself, opened elsewhere, not let in, sent out, did not
 * accept the consent text that this practice needs, or the code fitted no open room. */
export type Ending = "ended" | "closed" | "left" | "moved" | "refused" | "removed" | "declined" | "wrong";

/** Where the client stands. `door`: pressed, but the room is closed or nobody is at it; `proving`: the handshake runs;
 * `asked`: the practice wants to know this first; `group`: has to be told who else is in, and presses once more; `waiting`: heard, not let in yet. */
export type Stage =
  | { readonly at: "before" }
  | { readonly at: "door" | "proving" | "waiting" | "in" }
  | { readonly at: "asked"; readonly ask: Ask }
  | { readonly at: "group"; readonly others: number }
  | { readonly at: "over"; readonly reason: Ending };

export type ClientState = MemberCallState & {
  readonly door: "unknown" | "closed" | "open";
  readonly stage: Stage;
  /** A handshake failed: not our therapist at the other end, or bytes were changed on the way. */
  readonly unproven: boolean;
  /** The four words of the handshake that let us in. */
  readonly comparison: Comparison | null;
  /** The permanent link, handed over to whoever came by code. */
  readonly link: string | null;
  /** When the therapist has planned to open the room, Unix milliseconds; only while it is closed. */
  readonly planned: number | null;
  /** What the practice shows of itself, as whoever came by code is told it. */
  readonly brand: Brand | null;
  /** What the therapist answered with one tap. */
  readonly note: Note | null;
  /** How the therapist is reached where the line stays away; null where it did not say. */
  readonly reach: string | null;
};

export type ClientCallOptions = {
  readonly credential: Credential;
  /** The few tries with a code that this browser has (A4). */
  readonly tries: Tried;
  /** Puts a message on the signaling socket; may drop it while the line is away. */
  readonly post: (message: ToServer) => unknown;
  readonly capture: Capture;
  readonly clock: Clock;
  readonly secrets: DeviceSecrets;
  readonly budget: HandshakeBudget;
  /** Fresh for this page; made early so that joining does not wait for it. */
  readonly certificate: Promise<RTCCertificate>;
  /** What the person typed as name for this call. */
  readonly label: () => string | null;
  /** The person wants its address hidden from the other side. */
  readonly hide: () => boolean;
  /** Opens the media over the server, where the call goes that way. */
  readonly open: OpenPlane;
};

type Pair = { readonly host: PeerId; readonly knocking: Knocking };

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
  readonly #routes: Routes;
  readonly #proof: LinkProof | CodeProof;
  readonly #warm = new Warm();
  readonly #call: MemberCall;
  readonly #passes: Passes;
  /** What was told, and what stands in the form; gone at the end. */
  readonly answers = new Answers();
  #ask: Ask | null = null;
  #host: PeerId | null = null;
  #ice: readonly IceServer[] = [];
  #pair: Pair | null = null;
  #talk: Talk<ToClient, ToTherapist> | null = null;
  #certificate: RTCCertificate | null = null;
  #isAdmitted = false;
  /** Has been told how many others are in, and pressed. */
  #isReady = false;
  /** Somebody came in at the client's side. */
  #isAway = false;

  constructor(options: ClientCallOptions) {
    this.#options = options;
    const { credential, tries } = options;
    this.#proof =
      credential.by === "link" ? new LinkProof(credential.link) : new CodeProof(credential, tries);
    this.#routes = new Routes({
      clock: options.clock,
      post: options.post,
      deliver: (peer, data) => this.#pair?.host === peer && this.#pair.knocking.receive(data),
      broke: () => this.#knockAnew(),
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
      onDead: () => this.#knockAnew(),
    });
    void options.certificate.then((certificate) => {
      this.#certificate = certificate;
      this.#warm.prepare(certificate);
      this.#knock();
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

  /** Has read who else belongs to the group: comes in. */
  enterGroup(): void {
    this.#isReady = true;
    if (this.#state.get().stage.at !== "group") return;
    this.#talk?.send({ t: "ready" });
    this.#set({ stage: { at: "waiting" } });
  }

  /** The form is filled in; `accepted` is the answer to the consent text, null where there is none. */
  tell(accepted: boolean | null): void {
    if (!this.#ask) return;
    const { consent } = this.#ask;
    this.answers.say(this.#ask, accepted);
    this.#answer(this.#ask);
    if (consent?.must && accepted === false) this.#leaveAs("declined");
    else if (this.#state.get().stage.at === "asked") this.#set({ stage: { at: "waiting" } });
  }

  /** "Beitreten": from now on everything goes by itself. After the end a new call is made, not this one used again. */
  join(): void {
    if (this.#state.get().stage.at !== "before") return;
    this.#set({ stage: { at: "door" } });
    this.#knock();
  }

  /** "Auflegen": a client only leaves, the room stays. */
  leave(): void {
    this.#leaveAs("left");
  }

  #leaveAs(reason: Ending): void {
    this.#talk?.send({ t: "leave" }, true);
    this.#options.post({ t: "leave" });
    this.#finish(reason);
  }

  /** Not alone, or again: nobody is heard here, and the therapist is told. */
  setAway(away: boolean): void {
    this.#isAway = away;
    this.#call.silence(away);
    if (this.#isAdmitted) this.#talk?.send({ t: "away", on: away });
  }

  /** What the person found, comparing the four words. */
  compare(same: boolean): void {
    const { comparison } = this.#state.get();
    if (!comparison) return;
    this.#talk?.send({ t: "compared", same });
    this.#set({ comparison: { ...comparison, mine: same } });
  }

  /** Takes a message of the server. */
  receive(message: ToBrowser): void {
    if (this.#isDoubtful(message)) return;
    this.#routes.take(message);
    this.#passes.receive(message);
    if (message.t === "door") this.#onDoor(message);
    else if (message.t === "seated") this.#ice = message.ice;
    else if (message.t === "welcome" && !message.resumed) this.#dropPair();
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
    this.#routes.close();
  }

  #onDoor({ state: door, host, planned }: Extract<ToBrowser, { t: "door" }>): void {
    this.#host = host;
    // by code only the therapist's page knows whose time it is: the server's silence takes nothing back
    const isByCode = this.#options.credential.by === "code";
    this.#set({ door, planned: isByCode ? this.#state.get().planned : planned });
    if (host !== null && this.#pair && this.#pair.host !== host) {
      this.#routes.drop(this.#pair.host);
      this.#dropPair();
    }
    if (door === "closed" && this.#state.get().stage.at !== "in") this.#backToDoor();
    this.#knock();
  }

  #backToDoor(): void {
    this.#dropPair();
    if (this.#isPast("before")) this.#set({ stage: { at: "door" } });
  }

  /** The server's word alone ends no call over the server: whether the therapist is in touch, the beats say, and another page of the
   * therapist comes as another host. */
  #isDoubtful(message: ToBrowser): boolean {
    const isGone = message.t === "peer" && message.state === "gone";
    return isGone && message.peer === this.#pair?.host && this.#state.get().relay !== null;
  }

  /** The host before this one may be said to be gone after the new one has answered. */
  #onGone(peer: PeerId): void {
    if (peer === this.#pair?.host) this.#knockAnew();
  }

  /** The route is gone, so is the channel on it; a call that runs goes on until the new one carries. */
  #knockAnew(): void {
    this.#dropPair();
    this.#knock();
  }

  #knock(): void {
    const host = this.#host;
    const wanted = this.#isPast("before") && this.#state.get().door === "open";
    if (!wanted || host === null || this.#pair || !this.#certificate) return;
    if (this.#proof.isUsedUp()) return void this.#finish("wrong");
    const route = this.#routes.to(host);
    const { clock, budget } = this.#options;
    const knocking = new Knocking({
      proof: this.#proof,
      clock,
      budget,
      send: (data) => route?.send(data),
      onOpen: (talk) => this.#onOpen(talk),
      onMessage: (message) => this.#onSealed(message),
      onUnproven: () => this.#set({ unproven: true }),
      onWrong: () => this.#finish("wrong"),
    });
    this.#pair = { host, knocking };
    if (this.#state.get().stage.at === "door") this.#set({ stage: { at: "proving" } });
    knocking.start();
  }

  #onOpen(talk: Talk<ToClient, ToTherapist>): void {
    this.#talk = talk;
    this.#set({ unproven: false });
    const secret = this.#options.secrets.get(this.#deviceName);
    const known = secret && knownProof(secret, talk.th);
    talk.send({ t: "join", known, label: this.#options.label(), hide: this.#options.hide() });
  }

  #onSealed(message: ToClient): void {
    if (message.t === "wait") this.#onWait();
    else if (message.t === "ask") this.#onAsk(message);
    else if (message.t === "group") this.#onGroup(message.others);
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

  /** What was told before is told again without troubling anybody: only a new handshake asks for it. */
  #onAsk({ t: _, ...ask }: Extract<ToClient, { t: "ask" }>): void {
    this.#ask = ask;
    const missing = this.answers.missing(ask);
    const { at } = this.#state.get().stage;
    if (!missing || ask.again) this.#answer(ask);
    if (at === "in" || ask.again) return;
    this.#set({ stage: missing ? { at: "asked", ask: missing } : { at: "waiting" } });
  }

  #answer(ask: Ask): void {
    this.#talk?.send({ t: "told", ...this.answers.answer(ask) });
  }

  /** Before we come in we are told how many others there are; who has pressed is not asked again by a new handshake. */
  #onGroup(others: number): void {
    if (this.#isReady) this.#talk?.send({ t: "ready" });
    else if (this.#state.get().stage.at !== "in") this.#set({ stage: { at: "group", others } });
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
    const talk = this.#talk;
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
    this.#isReady = false;
    this.#ask = null;
    this.answers.clear();
    this.#set({ stage: { at: "over", reason }, comparison: null, note: null, reach: null });
  }

  #drop(): void {
    this.#dropPair();
    this.#call.close();
  }

  #dropPair(): void {
    this.#pair?.knocking.close();
    this.#pair = null;
    this.#talk = null;
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
