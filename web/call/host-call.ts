/** The call itself, from the therapist's side: keys and beats for everybody who is in, chat, and the way of picture and sound, which
 * is direct for one client and over the server for several, or where the direct way does not open (product.md "1:1 or group"). */
import { HOST_SLOT } from "../../wasm/roster.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { IceServer } from "../../wire/signal.ts";
import type { Capture } from "./capture.ts";
import { Chat } from "./chat.ts";
import type { Clock } from "./clock.ts";
import { Conversation, type ConversationMessage } from "./conversation.ts";
import type { Guest, Guests } from "./guests.ts";
import { HostBeats } from "./host-beats.ts";
import { HostKeys } from "./host-keys.ts";
import { RelayCall, type RelayCallState } from "./relay-call.ts";
import type { MediaPasses, OpenPlane, PlaneWant } from "./relay-plane.ts";
import { showsOf } from "./shown.ts";
import { HostTools } from "./tools-host.ts";
import type { Warm } from "./warm.ts";

/** A direct way that does not open goes over the server. Higher: two whose networks do not meet wait longer. Lower: a slow one
 * that would have met does without the shortest way. */
export const FALLBACK_MS = 5_000;

/** A direct way that is lost in the call, and does not come back, goes over the server too. Higher: two whose TURN server has died, or whose
 * new network lets nothing through, see nothing of each other for longer. Lower: a line that is away for a moment loses the shortest way
 * for the rest of the call. */
export const LOST_FALLBACK_MS = 15_000;
/** Looks again so often whether both reach the server: without it there is nowhere to go. */
const LOOK_AGAIN_MS = 3_000;

export type HostCallOptions = {
  readonly clock: Clock;
  readonly guests: Guests;
  readonly warm: Warm;
  readonly open: OpenPlane;
  readonly passes: () => Promise<MediaPasses>;
  readonly ice: () => readonly IceServer[];
  readonly onRelay: (state: RelayCallState | null) => void;
  readonly onHand: (hand: boolean) => void;
  /** This one was not heard for too long: it is out. */
  readonly onSilent: (peer: PeerId) => void;
};

/** How a call page is open. `relay`: over the server from the first peer on; `expected`: so many may come back after a reload. */
export type HostCallStart = {
  readonly capture: Capture;
  readonly relay: boolean;
  readonly expected: number;
};

export class HostCall {
  readonly #options: HostCallOptions;
  readonly chat: Chat;
  readonly tools: HostTools;
  readonly #beats: HostBeats;
  #keys: HostKeys;
  #start: HostCallStart | null = null;
  #relay: RelayCall | null = null;
  #hand = false;
  #loudspeaker = "";
  readonly #patience = new Map<PeerId, () => void>();

  constructor(options: HostCallOptions) {
    this.#options = options;
    const { clock } = options;
    this.tools = new HostTools(clock, (message) => this.chat.line.send(message));
    this.chat = new Chat(clock, this.tools.board);
    this.#keys = this.#newKeys();
    this.#beats = new HostBeats({
      clock,
      rv: () => this.#keys.rv,
      own: () => ({
        shows: showsOf(this.#start?.capture ?? null, this.#hand),
        ctr: this.#relay?.said ?? null,
      }),
      onTable: (table) => this.#relay?.table(table),
      onLost: (peer, how) => this.#onLost(peer, how),
    });
  }

  /** The call page is open. */
  begin(start: HostCallStart): void {
    this.#start = start;
    this.#keys.expect(start.expected);
    if (start.relay) this.#goRelay(start.capture);
  }

  /** Lets this one in, on that slot. `ds` is the secret of a new device. */
  letIn(
    peer: PeerId,
    guest: Guest,
    place: Omit<Extract<ToClient, { t: "admit" }>, "t" | "csid" | "mode">,
  ): void {
    const { talk, visitor } = guest;
    const start = this.#start;
    if (!talk || !visitor || !start) return;
    if (guest.hide && !this.#relay) this.#goRelay(start.capture);
    const send = (message: ToClient) => talk.send(message);
    send({ t: "admit", csid: this.#keys.csid, mode: this.#relay ? "relay" : "direct", ...place });
    this.#keys.join({ peer, slot: place.slot, pid: talk.pid, name: visitor.label ?? "", send });
    this.#beats.join(peer, place.slot, send);
    this.tools.join(peer, place.slot, send);
    if (!this.#relay) this.#converse(peer, guest, start.capture);
  }

  /** Who is no longer in, holds no key of what is said next. */
  keepOnly(inside: readonly PeerId[]): void {
    for (const { peer } of this.#keys.guests) {
      if (inside.includes(peer)) continue;
      this.#keys.leave(peer);
      this.#beats.leave(peer);
      this.tools.leave(peer);
      this.#waitNoMore(peer);
      if (!this.#relay) this.chat.detach();
    }
  }

  /** The server says that this one has left. In a call over the server nobody leaves by its word alone: true where beats decide. */
  doubts(peer: PeerId): boolean {
    return this.#relay !== null && this.#beats.doubt(peer);
  }

  /** Takes a message of the call. */
  receive(peer: PeerId, message: ToTherapist): void {
    if (message.t === "ack") this.#onAck(peer, message.rv);
    else if (message.t === "hb") this.#beats.heard(peer, message);
    else if (message.t === "rated") this.tools.heard(peer, message);
    else if (message.t === "lines") this.tools.asked(peer, message.board);
    else this.#options.guests.get(peer)?.conversation?.receive(message as ConversationMessage);
  }

  /** Switches the microphone of somebody off; its owner may switch it on again. */
  mute(peer: PeerId): void {
    this.#options.guests.get(peer)?.talk?.send({ t: "mute" });
  }

  setHand(hand: boolean): void {
    this.#hand = hand;
    this.#options.onHand(hand);
    this.#beats.push();
  }

  /** Which pictures the page shows. */
  view(wants: readonly PlaneWant[]): void {
    this.#relay?.view(wants);
  }

  /** Sound of a call over the server comes out of this device; a direct one plays it itself. */
  setLoudspeaker(id: string): void {
    this.#loudspeaker = id;
    this.#relay?.setLoudspeaker(id);
  }

  captureChanged(): void {
    for (const [, guest] of this.#options.guests.all()) guest.conversation?.captureChanged();
    this.#relay?.captureChanged();
    if (this.#start) this.#beats.push();
  }

  networkChanged(): void {
    for (const [, guest] of this.#options.guests.all()) guest.conversation?.networkChanged();
  }

  /** The call page is closed here: nothing of it stays, the next one has keys of its own. */
  end(): void {
    if (!this.#start) return;
    this.#start = null;
    for (const cancel of this.#patience.values()) cancel();
    this.#patience.clear();
    this.#beats.close();
    this.tools.end();
    this.chat.clear();
    this.#closeRelay();
    this.#hand = false;
    this.#options.onHand(false);
    this.#renew();
  }

  /** The page locks or goes. */
  close(): void {
    this.end();
    this.#keys.close();
  }

  /** Every handshake from here on belongs to keys of a new host: a sealer of the old one could only repeat itself (A6). */
  #renew(): void {
    this.#keys.close();
    this.#keys = this.#newKeys();
  }

  #newKeys(): HostKeys {
    const keys = new HostKeys({
      clock: this.#options.clock,
      onChange: () => this.chat.line.refresh(),
      onKeys: (each) => {
        this.#beats.sent(each.rv);
        this.#relay?.install(each);
      },
    });
    this.chat.line.use(keys);
    return keys;
  }

  #onAck(peer: PeerId, rv: number): void {
    this.#keys.acked(peer, rv);
    this.#beats.acked(peer, rv);
  }

  /** In a direct call only the chat waits for somebody silent: picture and sound go on as long as their own line does. */
  #onLost(peer: PeerId, how: "silent" | "deaf"): void {
    const guest = this.#options.guests.get(peer);
    if (how === "deaf") guest?.answering.restart();
    else if (this.#relay) this.#options.onSilent(peer);
  }

  #goRelay(capture: Capture): void {
    const { clock, open, passes, onRelay } = this.#options;
    const relay = new RelayCall({
      clock,
      open,
      pid: this.#keys.pid,
      slot: HOST_SLOT,
      passes,
      capture,
      onDead: () => this.#onDead(),
    });
    this.#relay = relay;
    if (this.#loudspeaker !== "") relay.setLoudspeaker(this.#loudspeaker);
    relay.allow(true);
    relay.state.watch((state) => this.#relay === relay && onRelay(state));
    relay.table(this.#beats.table);
    this.chat.attach(relay.channel);
    onRelay(relay.state.get());
  }

  #closeRelay(): void {
    this.#relay?.close();
    this.#relay = null;
    this.#options.onRelay(null);
  }

  /** A worker of ours died: a new host begins, and everybody shakes hands with it. */
  #onDead(): void {
    const start = this.#start;
    if (!start) return;
    this.#closeRelay();
    const inside = this.#keys.guests;
    this.#renew();
    this.#keys.expect(inside.length);
    this.#goRelay(start.capture);
    for (const { peer } of inside) this.#options.guests.get(peer)?.answering.restart();
  }

  #converse(peer: PeerId, guest: Guest, capture: Capture): void {
    const { guests, ice, warm, clock } = this.#options;
    const { talk } = guest;
    const certificate = guest.certificate;
    if (!talk || !certificate) return;
    const before = guest.conversation;
    const conversation = new Conversation({
      clock,
      role: "offer",
      ice: ice(),
      capture,
      certificate,
      warm: warm.take(),
      onData: (channel) => this.chat.attach(channel),
      send: (message) => talk.send(message as ToClient),
      onChange: (state) => {
        // the picture of the old connection stays until the new one carries
        if (state.line.at === "open") {
          before?.close();
          warm.again();
          this.#waitNoMore(peer);
        } else if (state.line.at === "reconnecting" && guest.conversation === conversation)
          this.#waitFor(peer, LOST_FALLBACK_MS);
        // a peer that was forgotten and knocks again is another guest
        if (guest.visitor) guests.change(peer, { conversation: state });
      },
    });
    guest.conversation = conversation;
    this.#waitNoMore(peer);
    this.#waitFor(peer, FALLBACK_MS);
    guests.change(peer, { conversation: conversation.state });
  }

  /** Runs once: a line that says twice that it is away has been away since the first time. */
  #waitFor(peer: PeerId, ms: number): void {
    if (this.#patience.has(peer)) return;
    const cancel = this.#options.clock.after(ms, () => {
      this.#patience.delete(peer);
      this.#fallBack(peer);
    });
    this.#patience.set(peer, cancel);
  }

  #waitNoMore(peer: PeerId): void {
    this.#patience.get(peer)?.();
    this.#patience.delete(peer);
  }

  /** No pair of addresses meets, or does any more: both go on over the server, without a click. */
  #fallBack(peer: PeerId): void {
    const guest = this.#options.guests.get(peer);
    if (!this.#start || this.#relay || !guest?.conversation || guest.conversation.state.line.at === "open")
      return;
    if (!this.#beats.hears(peer)) return void this.#waitFor(peer, LOOK_AGAIN_MS);
    guest.conversation.close();
    guest.conversation = null;
    this.#goRelay(this.#start.capture);
    this.#options.guests.change(peer, { conversation: null });
    guest.talk?.send({ t: "mode", mode: "relay" });
    this.#keys.renew();
  }
}
