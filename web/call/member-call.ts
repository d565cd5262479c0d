/** The call itself, from the client's side: keys and beats with the host, chat, and the way of picture and sound, which is direct
 * or over the server (product.md "1:1 or group"). It outlives handshakes; each brings keys of its own. */
import { EpochMember } from "../../wasm/epoch-member.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { IceServer } from "../../wire/signal.ts";
import type { Capture } from "./capture.ts";
import { Chat } from "./chat.ts";
import type { Clock } from "./clock.ts";
import { Conversation, type ConversationMessage, type ConversationState } from "./conversation.ts";
import { MemberBeats } from "./member-beats.ts";
import { MemberKeys } from "./member-keys.ts";
import { RelayCall, type RelayCallState } from "./relay-call.ts";
import type { MediaPasses, OpenPlane } from "./relay-plane.ts";
import { showsOf } from "./shown.ts";
import type { Talk } from "./talk.ts";
import { MemberTools } from "./tools-member.ts";
import type { Warm } from "./warm.ts";

type ClientTalk = Talk<ToClient, ToTherapist>;
type Admit = Extract<ToClient, { t: "admit" }>;

export type MemberCallState = {
  readonly conversation: ConversationState | null;
  readonly relay: RelayCallState | null;
  /** The host is in touch: what we say goes out (A3). */
  readonly inTouch: boolean;
  readonly hand: boolean;
};
export const NO_CALL: MemberCallState = { conversation: null, relay: null, inTouch: true, hand: false };

export type MemberCallOptions = {
  readonly clock: Clock;
  readonly capture: Capture;
  readonly warm: Warm;
  readonly open: OpenPlane;
  readonly passes: () => Promise<MediaPasses>;
  readonly ice: () => readonly IceServer[];
  /** The answer to the offer is on its way: the page may draw. */
  readonly onSaid: () => void;
  readonly onChange: (change: Partial<MemberCallState>) => void;
  /** Only a new handshake helps. */
  readonly onDead: () => void;
};

type Member = {
  readonly talk: ClientTalk;
  readonly slot: number;
  readonly keys: MemberKeys;
  readonly beats: MemberBeats;
};

export class MemberCall {
  readonly #options: MemberCallOptions;
  readonly #epochs = new EpochMember();
  readonly chat: Chat;
  readonly tools: MemberTools;
  #member: Member | null = null;
  #conversation: Conversation | null = null;
  #relay: RelayCall | null = null;
  #hand = false;
  #loudspeaker = "";
  #isSilent = false;

  constructor(options: MemberCallOptions) {
    this.#options = options;
    this.tools = new MemberTools(options.clock, (message) => this.chat.line.send(message));
    const { tools } = this;
    this.chat = new Chat(options.clock, {
      receive: (message, slot) => tools.board.receive(message, slot),
      flush: () => tools.board.flush(),
      again: () => tools.again(),
    });
  }

  /** Let in: gets keys once for each handshake, and the way that the host has chosen. */
  admit(talk: ClientTalk, { slot, mode }: Admit, certificate: RTCCertificate): void {
    this.#join(talk, slot);
    this.tools.sit(slot, (message) => talk.send(message));
    if (mode === "relay") this.#goRelay(talk, slot);
    else this.#goDirect(talk, certificate);
  }

  /** Takes a message of the call; false for any other. */
  receive(message: ToClient): boolean {
    if (message.t === "epoch") this.#onEpoch(message);
    else if (message.t === "hb") this.#onBeat(message);
    else if (message.t === "mode") this.#onMode();
    else if (message.t === "tools") this.tools.receive(message);
    else if (message.t === "mute") this.#onMute();
    else if (["sdp", "ice", "media", "line", "quality"].includes(message.t))
      this.#conversation?.receive(message as ConversationMessage);
    else return false;
    return true;
  }

  captureChanged(): void {
    this.#conversation?.captureChanged();
    this.#relay?.captureChanged();
    this.#member?.beats.changed();
  }

  networkChanged(): void {
    this.#conversation?.networkChanged();
  }

  /** Raises the hand, or takes it down. */
  setHand(hand: boolean): void {
    this.#hand = hand;
    this.#options.onChange({ hand });
    this.#member?.beats.changed();
  }

  /** Which pictures the page shows. */
  view(wants: Parameters<RelayCall["view"]>[0]): void {
    this.#relay?.view(wants);
  }

  /** Sound of a call over the server comes out of this device; a direct one plays it itself. */
  setLoudspeaker(id: string): void {
    this.#loudspeaker = id;
    this.#relay?.setLoudspeaker(id);
  }

  /** Nobody is heard over the server while true; a direct call is silenced by its page. */
  silence(silent: boolean): void {
    this.#isSilent = silent;
    this.#relay?.silence(silent);
  }

  /** Forgets keys and connections; nothing of the chat stays. */
  close(): void {
    this.#leave();
    this.chat.clear();
    this.tools.end();
    this.#conversation?.close();
    this.#conversation = null;
    this.#relay?.close();
    this.#relay = null;
    this.#hand = false;
    this.#options.onChange(NO_CALL);
  }

  #join(talk: ClientTalk, slot: number): void {
    if (this.#member?.talk === talk) return;
    this.#leave();
    const { clock, capture } = this.#options;
    const beats = new MemberBeats({
      clock,
      send: (message) => talk.send(message),
      own: () => ({ shows: showsOf(capture, this.#hand), ctr: this.#relay?.said ?? null }),
      onAllowed: (inTouch) => this.#onAllowed(inTouch),
    });
    const keys = new MemberKeys({
      clock,
      member: this.#epochs,
      place: { pid: talk.pid, slot },
      maySend: () => beats.allowed,
      onKeys: (each) => this.#relay?.install(each),
    });
    this.#member = { talk, slot, keys, beats };
  }

  #leave(): void {
    this.chat.line.use(null);
    this.#member?.beats.close();
    this.#member?.keys.close();
    this.#member = null;
  }

  #onAllowed(inTouch: boolean): void {
    this.#relay?.allow(inTouch);
    this.chat.line.refresh();
    this.#options.onChange({ inTouch });
  }

  #onEpoch(epoch: Extract<ToClient, { t: "epoch" }>): void {
    const member = this.#member;
    if (!member?.keys.accept(epoch)) return;
    member.talk.send({ t: "ack", rv: epoch.rv });
    member.beats.epoch(epoch.rv);
    this.chat.line.use(member.keys);
  }

  #onBeat({ echo, table }: Extract<ToClient, { t: "hb" }>): void {
    this.#member?.beats.echo(echo);
    this.#relay?.table(table);
  }

  #onMute(): void {
    this.#options.capture.setMuted(true);
  }

  /** The direct way did not open: the host goes on over the server, and so do we. */
  #onMode(): void {
    const member = this.#member;
    if (!member || this.#relay) return;
    this.#goRelay(member.talk, member.slot);
  }

  #goRelay(talk: ClientTalk, slot: number): void {
    const { clock, open, passes, capture, onDead, onSaid } = this.#options;
    this.#conversation?.close();
    this.#conversation = null;
    this.#relay?.close();
    const relay = new RelayCall({ clock, open, pid: talk.pid, slot, passes, capture, onDead });
    this.#relay = relay;
    if (this.#isSilent) relay.silence(true);
    if (this.#loudspeaker !== "") relay.setLoudspeaker(this.#loudspeaker);
    relay.allow(this.#member?.beats.allowed === true);
    relay.state.watch((state) => this.#relay === relay && this.#options.onChange({ relay: state }));
    this.chat.attach(relay.channel);
    this.#options.onChange({ relay: relay.state.get(), conversation: null });
    onSaid();
  }

  #goDirect(talk: ClientTalk, certificate: RTCCertificate): void {
    const before = this.#conversation;
    const { capture, clock, ice, onChange, onSaid, warm } = this.#options;
    this.#relay?.close();
    this.#relay = null;
    this.#conversation = new Conversation({
      clock,
      role: "answer",
      ice: ice(),
      certificate,
      capture,
      warm: warm.take(),
      send: (out) => talk.send(out as ToTherapist),
      onData: (channel) => this.chat.attach(channel),
      onSaid,
      onChange: (conversation) => {
        // the picture of the old connection stays until the new one carries
        if (conversation.line.at === "open") this.#settle(before);
        onChange({ conversation, relay: null });
      },
    });
  }

  #settle(before: Conversation | null): void {
    before?.close();
    this.#options.warm.again();
  }
}
