/** The therapist's desk, headless: one page of the practice answers every open link, lets people in and talks with them.
 * It lives as long as the page is unlocked, on the dashboard and in the call alike (product.md "Rules that decide who meets whom"). */
import type { Bytes } from "../../wire/bytes.ts";
import type { PeerId, Rid, RoomId } from "../../wire/ids.ts";
import type { Note, ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { IceServer, OpenRoom, ToBrowser } from "../../wire/signal.ts";
import { Answering, type Proven } from "./answering.ts";
import { Asking } from "./asking.ts";
import { HandshakeBudget } from "./budget.ts";
import type { Capture } from "./capture.ts";
import { CodeEntry } from "./code-entry.ts";
import { Comparing } from "./comparing.ts";
import { newComparison } from "./comparison.ts";
import { Deciding } from "./deciding.ts";
import type { DeskOptions, DeskState, Visitor } from "./desk-types.ts";
import { type Guest, Guests } from "./guests.ts";
import { HostCall } from "./host-call.ts";
import { Inside } from "./inside.ts";
import { LettingIn } from "./letting-in.ts";
import { isGroup, roomOfClient, roomOfLink } from "./open-rooms.ts";
import { Passes } from "./passes.ts";
import { deviceOf, trustOf } from "./recognising.ts";
import { Routes } from "./routes.ts";
import type { Talk } from "./talk.ts";
import { type Readable, Value } from "./value.ts";
import { Warm } from "./warm.ts";

export class Desk {
  readonly #options: DeskOptions;
  readonly #routes: Routes;
  readonly #guests = new Guests((visitors) => this.#onVisitors(visitors));
  readonly #budgets = new Map<Rid, HandshakeBudget>();
  readonly #state = new Value<DeskState>({
    lease: "unknown",
    holderInCall: false,
    rooms: [],
    visitors: [],
    entered: null,
    relay: null,
    hand: false,
  });
  readonly #warm = new Warm();
  readonly #codes: CodeEntry;
  readonly #comparing: Comparing;
  readonly #inside: Inside;
  readonly #asking: Asking;
  readonly #deciding: Deciding;
  readonly #letting: LettingIn;
  /** In the call over the server, though the server says that they have left. */
  readonly #saidGone = new Set<PeerId>();
  readonly #call: HostCall;
  readonly #passes: Passes;
  #ice: readonly IceServer[] = [];
  #certificate: RTCCertificate | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
    const { keys, clock } = options;
    const rooms = () => this.#state.get().rooms;
    this.#passes = new Passes(options.post, clock);
    this.#call = new HostCall({
      clock,
      guests: this.#guests,
      warm: this.#warm,
      open: options.open,
      passes: () => this.#passes.ask(),
      ice: () => this.#ice,
      onRelay: (relay) => this.#set({ relay }),
      onHand: (hand) => this.#set({ hand }),
      onSilent: (peer) => this.#onSilent(peer),
    });
    this.#codes = new CodeEntry({ identity: keys.identity, keys: keys.codes, rooms, clock });
    this.#comparing = new Comparing(this.#guests, keys);
    const room = () => this.#state.get().entered;
    this.#inside = new Inside({ clock, guests: this.#guests, admitted: keys.admitted, room });
    const state = () => this.#state.get();
    this.#letting = new LettingIn({
      ...options,
      guests: this.#guests,
      inside: this.#inside,
      call: this.#call,
      state,
      certificate: () => this.#certificate,
    });
    this.#asking = new Asking({ keys, guests: this.#guests, state });
    this.#deciding = new Deciding({
      ...options,
      asking: this.#asking,
      guests: this.#guests,
      codes: this.#codes,
      state,
      letIn: (peer, guest) => this.#letIn(peer, guest),
    });
    this.#routes = new Routes({
      clock: options.clock,
      post: options.post,
      deliver: (peer, data) => this.#deliver(peer, data),
      broke: (peer) => this.#guests.forget(peer),
    });
    void options.certificate.then((certificate) => {
      this.#certificate = certificate;
      if (this.#state.get().entered !== null) this.#warm.prepare(certificate);
      this.#deciding.decideAll();
    });
  }

  get state(): Readable<DeskState> {
    return this.#state;
  }

  /** With whoever is in the call; gone with it. */
  get chat(): HostCall["chat"] {
    return this.#call.chat;
  }

  /** Scale, breath and whiteboard; gone with the call. */
  get tools(): HostCall["tools"] {
    return this.#call.tools;
  }

  /** The call whose page is open here. */
  get call(): Pick<HostCall, "mute" | "setHand" | "setLoudspeaker" | "view"> {
    return this.#call;
  }

  /** Opens the call page of a room here; everybody waiting for it comes in by the rules. `capture` is what they get of us. */
  enter(room: RoomId, capture: Capture): void {
    if (this.#certificate) this.#warm.prepare(this.#certificate);
    const { entered, rooms } = this.#state.get();
    if (entered !== room) {
      const relay = isGroup(rooms, room) || this.#options.relayOnly();
      this.#call.begin({ capture, relay, expected: this.#options.keys.admitted.countRecent(room) });
    }
    this.#set({ entered: room });
    this.#options.post({ t: "enter", room });
    this.#inside.start();
    this.#deciding.decideAll();
  }

  /** The call page closes without ending the call for others (a reload, another page). */
  leave(): void {
    this.#inside.stop();
    for (const peer of this.#guests.inside()) {
      // the next call page has keys of its own, so whoever waits for it shakes hands anew
      this.#guests.get(peer)?.answering.restart();
      this.#guests.endConversation(peer);
    }
    this.#closeRoom();
    this.#options.post({ t: "enter", room: null });
  }

  /** "Auflegen": ends the call for all; the room stays open. */
  hangUp(): void {
    const { entered } = this.#state.get();
    if (entered === null) return;
    for (const peer of this.#guests.inside()) this.#guests.bye(peer, "ended");
    this.#inside.end(entered);
    this.#options.post({ t: "end", room: entered });
    this.leave();
  }

  /** One tap lets this visitor in. */
  admit(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    if (guest?.visitor?.at !== "asks") return;
    guest.tapped = true;
    this.#deciding.decide(peer);
  }

  /** By hand, though it has not told what the practice wants to know: the therapist's own decision. */
  admitAnyway(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    if (!guest?.visitor?.lacks || guest.visitor.at === "in") return;
    this.#asking.waive(guest.visitor.record);
    guest.tapped = true;
    this.#deciding.decide(peer);
  }

  /** One tap sends this visitor away. */
  refuse(peer: PeerId): void {
    const visitor = this.#guests.get(peer)?.visitor;
    if (visitor?.room) this.#options.keys.admitted.forget(visitor.room, visitor.record);
    this.#guests.bye(peer, "refused");
  }

  /** Sends somebody out of the call. */
  remove(peer: PeerId): void {
    const visitor = this.#guests.get(peer)?.visitor;
    if (visitor?.at !== "in") return;
    if (visitor.room) this.#options.keys.admitted.forget(visitor.room, visitor.record);
    this.#deciding.removed(visitor.record);
    this.#guests.bye(peer, "removed");
    this.#options.post({ t: "unseat", peer });
  }

  /** One tap answers whoever waits. */
  answer(peer: PeerId, note: Note): void {
    const guest = this.#guests.get(peer);
    if (!guest?.visitor || guest.visitor.at === "in") return;
    guest.talk?.send({ t: "note", note });
    this.#guests.change(peer, { note });
  }

  /** Hands the permanent link over to somebody who came by code, sealed. */
  giveLink(peer: PeerId, url: string): void {
    const guest = this.#guests.get(peer);
    if (guest?.visitor?.at !== "in" || guest.visitor.by !== "code") return;
    guest.talk?.send({ t: "link", url });
    this.#guests.change(peer, { hasLink: true });
  }

  /** What the therapist found, comparing the four words with this visitor. */
  compare(peer: PeerId, same: boolean): void {
    this.#comparing.say(peer, same);
  }

  /** What the vault knows has changed: decides anew about everybody who waits. */
  reconsider(): void {
    for (const [peer, guest] of this.#guests.all())
      if (guest.visitor?.comparison && guest.visitor.at !== "in") this.#recognise(peer, guest);
    this.#deciding.decideAll();
  }

  /** "Hierher holen". */
  bringHere(): void {
    this.#options.post({ t: "claim", force: true });
  }

  /** Takes a message of the server. */
  receive(message: ToBrowser): void {
    const isGone = message.t === "peer" && message.state === "gone";
    if (isGone && this.#call.doubts(message.peer)) return void this.#saidGone.add(message.peer);
    this.#routes.take(message);
    this.#passes.receive(message);
    if (message.t === "lease") this.#onLease(message);
    else if (message.t === "rooms") this.#onRooms(message.rooms);
    else if (isGone) this.#onGone(message.peer);
    else if (message.t === "welcome") this.#onWelcome(message.resumed);
    else if (message.t === "over") this.#onOver();
  }

  captureChanged(): void {
    this.#call.captureChanged();
  }

  networkChanged(): void {
    this.#call.networkChanged();
  }

  /** The page locks or goes: forgets every key. */
  close(): void {
    this.#inside.stop();
    this.#guests.forgetAll();
    this.#asking.end();
    this.#call.close();
    this.#warm.close();
    this.#routes.close();
  }

  #onLease({ state, inCall, ice }: Extract<ToBrowser, { t: "lease" }>): void {
    this.#ice = ice;
    this.#set({ lease: state, holderInCall: inCall });
    if (state === "here") {
      this.#deciding.decideAll();
      return;
    }
    this.#inside.note();
    this.#guests.forgetAll();
    if (state === "elsewhere") this.#closeRoom();
  }

  #onRooms(rooms: readonly OpenRoom[]): void {
    this.#set({ rooms });
    for (const [peer, { visitor }] of this.#guests.all()) {
      if (!visitor || visitor.at === "in") continue;
      this.#guests.change(peer, { room: roomOfClient(rooms, this.#options.keys, visitor.record) });
    }
    this.#deciding.decideAll();
  }

  /** What was said while the line was away is lost: the room and the seats are said again. Not resumed, the server counts
   * us as a new page: routes are gone, the direct calls themselves go on. */
  #onWelcome(resumed: boolean): void {
    const { entered } = this.#state.get();
    const lost = resumed ? [] : this.#guests.all().filter(([, guest]) => !guest.conversation);
    for (const [peer] of lost) this.#guests.forget(peer);
    if (entered !== null) this.#options.post({ t: "enter", room: entered });
    if (resumed) for (const peer of this.#guests.inside()) this.#letting.seat(peer);
  }

  #onGone(peer: PeerId): void {
    this.#inside.note();
    const guest = this.#guests.get(peer);
    // signaling of the other side is lost for long, but the picture may still flow: only the person ends that
    if (guest?.conversation?.state.line.at === "open") guest.talk = null;
    else this.#guests.forget(peer);
  }

  #onOver(): void {
    const { entered } = this.#state.get();
    for (const peer of this.#guests.inside()) this.#guests.bye(peer, "ended");
    if (entered !== null) this.#inside.end(entered);
    this.#closeRoom();
  }

  /** No call page is open here any more: what belonged to the call goes, the spare connection too. */
  #closeRoom(): void {
    this.#warm.close();
    this.#call.end();
    this.#deciding.end();
    this.#asking.end();
    this.#set({ entered: null });
  }

  /** Whoever is no longer in, holds no key of what is said next. */
  #onVisitors(visitors: readonly Visitor[]): void {
    const inside = visitors.filter(({ at }) => at === "in").map(({ peer }) => peer);
    this.#call.keepOnly(inside);
    this.#asking.keepOnly(new Set(visitors.map(({ record }) => record)));
    this.#set({ visitors });
    for (const peer of [...this.#saidGone]) {
      if (inside.includes(peer)) continue;
      this.#saidGone.delete(peer);
      this.#routes.drop(peer);
      this.#guests.forget(peer);
    }
  }

  #deliver(peer: PeerId, data: Bytes): void {
    const guest = this.#guests.get(peer) ?? this.#guests.add(peer, this.#answeringOf(peer));
    guest.answering.receive(data);
  }

  #answeringOf(peer: PeerId): Answering {
    const { keys, clock } = this.#options;
    return new Answering({
      identity: keys.identity,
      pskOf: (rid) => (roomOfLink(this.#state.get().rooms, rid) ? (keys.clientOf(rid)?.psk ?? null) : null),
      mayAnswer: (rid) => this.#budgetOf(rid).take(clock.now()),
      codes: this.#codes,
      send: (data) => this.#routes.to(peer)?.send(data),
      onOpen: (who, talk) => this.#onOpen(peer, who, talk),
      onMessage: (message) => this.#onSealed(peer, message),
    });
  }

  #budgetOf(rid: Rid): HandshakeBudget {
    const known = this.#budgets.get(rid) ?? new HandshakeBudget();
    this.#budgets.set(rid, known);
    return known;
  }

  #onOpen(peer: PeerId, who: Proven, talk: Talk<ToTherapist, ToClient>): void {
    const guest = this.#guests.get(peer);
    const { keys } = this.#options;
    const { rooms } = this.#state.get();
    const client = who.by === "link" ? keys.clientOf(who.rid) : keys.clientOfRecord(who.record);
    if (!client || !guest) return;
    const fresh = {
      device: null,
      proof: null,
      tapped: false,
      told: false,
      toldGroup: false,
      ready: false,
      asked: null,
    };
    Object.assign(guest, { talk, ...fresh });
    this.#guests.show(peer, {
      peer,
      record: client.record,
      room: roomOfClient(rooms, keys, client.record),
      slot: null,
      name: client.name,
      by: who.by,
      hasLink: who.by === "link" || guest.visitor?.hasLink === true,
      label: null,
      realName: null,
      card: null,
      lacks: false,
      waived: false,
      known: false,
      at: "waits",
      away: false,
      comparison: null,
      note: guest.visitor?.note ?? null,
      conversation: guest.conversation?.state ?? null,
    });
  }

  #onSealed(peer: PeerId, message: ToTherapist): void {
    if (message.t === "join") this.#onJoin(peer, message);
    else if (message.t === "leave") this.#onLeave(peer);
    else if (message.t === "compared") this.#comparing.hear(peer, message.same);
    else if (message.t === "ready") this.#onReady(peer);
    else if (message.t === "told") this.#onTold(peer, message);
    else if (message.t === "away") this.#onAway(peer, message.on);
    else this.#call.receive(peer, message);
  }

  /** Told to us alone: the others see no more than that camera and microphone are off. */
  #onAway(peer: PeerId, away: boolean): void {
    if (this.#guests.get(peer)?.visitor?.at === "in") this.#guests.change(peer, { away });
  }

  /** Knows who else is in. */
  #onReady(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    if (!guest?.toldGroup) return;
    guest.ready = true;
    this.#deciding.decide(peer);
  }

  #onTold(peer: PeerId, told: Extract<ToTherapist, { t: "told" }>): void {
    const guest = this.#guests.get(peer);
    this.#asking.hear(peer, told);
    if (guest?.visitor?.at === "in") this.#asking.isDone(peer, guest);
    else this.#deciding.decide(peer);
  }

  #onJoin(peer: PeerId, { known, label, hide }: Extract<ToTherapist, { t: "join" }>): void {
    const guest = this.#guests.get(peer);
    if (!guest?.visitor) return;
    guest.proof = known;
    guest.hide = hide;
    this.#guests.change(peer, { label });
    this.#recognise(peer, guest);
    this.#deciding.decide(peer);
    this.#showBrand(guest);
  }

  /** Whoever has the link has seen it already (TP1 §2.9). */
  #showBrand({ visitor, talk }: Guest): void {
    const brand = this.#options.keys.brand();
    if (visitor?.by === "code" && brand) talk?.send({ t: "brand", brand });
  }

  #recognise(peer: PeerId, guest: Guest): void {
    if (!guest.visitor || !guest.talk) return;
    const client = this.#options.keys.clientOfRecord(guest.visitor.record);
    guest.device = deviceOf(guest.proof, guest.talk.th, client?.devices ?? []);
    const comparison = newComparison(guest.talk.sas, this.#options.words(), trustOf(guest.device));
    this.#guests.change(peer, { known: guest.device !== null, comparison });
  }

  #onLeave(peer: PeerId): void {
    this.#inside.note();
    this.#options.post({ t: "unseat", peer });
    this.#guests.forget(peer);
  }

  /** Out of the keys, but not off its seat: when its line is back it shakes hands and comes in again by itself. */
  #onSilent(peer: PeerId): void {
    this.#inside.note();
    this.#guests.forget(peer);
  }

  #letIn(peer: PeerId, guest: Guest): void {
    const record = guest.visitor?.record;
    if (this.#letting.letIn(peer, guest) && record) this.#deciding.admitted(record);
  }

  #set(change: Partial<DeskState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}
