/** The therapist's desk, headless: one page of the practice answers every open link, lets people in and talks with them.
 * It lives as long as the page is unlocked, on the dashboard and in the call alike (product.md "Rules that decide who meets whom"). */
import { newDeviceSecret } from "../../wasm/known.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { CallId, PeerId, Rid, RoomId } from "../../wire/ids.ts";
import type { Note, ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { IceServer, OpenRoom, ToBrowser } from "../../wire/signal.ts";
import { type Admission, admissionOf } from "./admission.ts";
import { Answering, type Proven } from "./answering.ts";
import { HandshakeBudget } from "./budget.ts";
import type { Capture } from "./capture.ts";
import { Chat } from "./chat.ts";
import { CodeEntry } from "./code-entry.ts";
import { Comparing } from "./comparing.ts";
import { newComparison } from "./comparison.ts";
import { Conversation } from "./conversation.ts";
import type { DeskOptions, DeskState, Visitor } from "./desk-types.ts";
import { type Guest, Guests } from "./guests.ts";
import { GUEST_SLOT, HostKeys } from "./host-keys.ts";
import { Inside } from "./inside.ts";
import { roomOfClient, roomOfLink } from "./open-rooms.ts";
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
  });
  readonly #warm = new Warm();
  readonly #codes: CodeEntry;
  readonly #comparing: Comparing;
  readonly #inside: Inside;
  readonly #group: HostKeys;
  /** With whoever is in the call; gone with it. */
  readonly chat = new Chat();
  #ice: readonly IceServer[] = [];
  #capture: Capture | null = null;
  #certificate: RTCCertificate | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
    const { keys, clock } = options;
    const rooms = () => this.#state.get().rooms;
    this.#group = new HostKeys(clock, () => this.chat.line.refresh());
    this.chat.line.use(this.#group);
    this.#codes = new CodeEntry({ identity: keys.identity, keys: keys.codes, rooms, clock });
    this.#comparing = new Comparing(this.#guests, keys);
    const room = () => this.#state.get().entered;
    this.#inside = new Inside({ clock, guests: this.#guests, admitted: keys.admitted, room });
    this.#routes = new Routes({
      clock: options.clock,
      post: options.post,
      deliver: (peer, data) => this.#deliver(peer, data),
      broke: (peer) => this.#guests.forget(peer),
    });
    void options.certificate.then((certificate) => {
      this.#certificate = certificate;
      if (this.#capture) this.#warm.prepare(certificate);
      this.#decideAll();
    });
  }

  get state(): Readable<DeskState> {
    return this.#state;
  }

  /** Opens the call page of a room here; everybody waiting for it comes in by the rules. `capture` is what they get of us. */
  enter(room: RoomId, capture: Capture): void {
    this.#capture = capture;
    if (this.#certificate) this.#warm.prepare(this.#certificate);
    this.#set({ entered: room });
    this.#options.post({ t: "enter", room });
    this.#inside.start();
    this.#decideAll();
  }

  /** The call page closes without ending the call for others (a reload, another page). */
  leave(): void {
    this.#inside.stop();
    for (const peer of this.#guests.inside()) this.#guests.endConversation(peer);
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
    this.#decide(peer);
  }

  /** One tap sends this visitor away. */
  refuse(peer: PeerId): void {
    const visitor = this.#guests.get(peer)?.visitor;
    if (visitor?.room) this.#options.keys.admitted.forget(visitor.room, visitor.record);
    this.#guests.bye(peer, "refused");
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
    this.#decideAll();
  }

  /** "Hierher holen". */
  bringHere(): void {
    this.#options.post({ t: "claim", force: true });
  }

  /** Takes a message of the server. */
  receive(message: ToBrowser): void {
    this.#routes.take(message);
    if (message.t === "lease") this.#onLease(message);
    else if (message.t === "rooms") this.#onRooms(message.rooms);
    else if (message.t === "peer" && message.state === "gone") this.#onGone(message.peer);
    else if (message.t === "welcome") this.#onWelcome(message.resumed);
    else if (message.t === "over") this.#onOver();
  }

  captureChanged(): void {
    for (const [, guest] of this.#guests.all()) guest.conversation?.captureChanged();
  }

  networkChanged(): void {
    for (const [, guest] of this.#guests.all()) guest.conversation?.networkChanged();
  }

  /** The page locks or goes: forgets every key. */
  close(): void {
    this.#inside.stop();
    this.#guests.forgetAll();
    this.#group.close();
    this.#warm.close();
    this.chat.clear();
    this.#routes.close();
  }

  #onLease({ state, inCall, ice }: Extract<ToBrowser, { t: "lease" }>): void {
    this.#ice = ice;
    this.#set({ lease: state, holderInCall: inCall });
    if (state === "here") {
      this.#decideAll();
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
    this.#decideAll();
  }

  /** What was said while the line was away is lost: the room and the seats are said again. Not resumed, the server counts
   * us as a new page: routes are gone, the direct calls themselves go on. */
  #onWelcome(resumed: boolean): void {
    const { entered } = this.#state.get();
    const lost = resumed ? [] : this.#guests.all().filter(([, guest]) => !guest.conversation);
    for (const [peer] of lost) this.#guests.forget(peer);
    if (entered !== null) this.#options.post({ t: "enter", room: entered });
    if (resumed) for (const peer of this.#guests.inside()) this.#seat(peer);
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
    this.#capture = null;
    this.#warm.close();
    this.chat.clear();
    this.#set({ entered: null });
  }

  /** Whoever is no longer in, holds no key of what is said next. */
  #onVisitors(visitors: readonly Visitor[]): void {
    const isIn = (peer: PeerId) => visitors.some((visitor) => visitor.peer === peer && visitor.at === "in");
    const { peer } = this.#group;
    if (peer !== null && !isIn(peer)) {
      this.#group.leave(peer);
      this.chat.detach();
    }
    this.#set({ visitors });
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
    Object.assign(guest, { talk, device: null, proof: null, tapped: false, told: false });
    this.#guests.show(peer, {
      peer,
      record: client.record,
      room: roomOfClient(rooms, keys, client.record),
      name: client.name,
      by: who.by,
      hasLink: who.by === "link" || guest.visitor?.hasLink === true,
      label: null,
      known: false,
      at: "waits",
      comparison: null,
      note: guest.visitor?.note ?? null,
      conversation: guest.conversation?.state ?? null,
    });
  }

  #onSealed(peer: PeerId, message: ToTherapist): void {
    if (message.t === "join") this.#onJoin(peer, message);
    else if (message.t === "leave") this.#onLeave(peer);
    else if (message.t === "compared") this.#comparing.hear(peer, message.same);
    else if (message.t === "ack") this.#group.acked(peer, message.rv);
    else this.#guests.get(peer)?.conversation?.receive(message);
  }

  #onJoin(peer: PeerId, { known, label }: Extract<ToTherapist, { t: "join" }>): void {
    const guest = this.#guests.get(peer);
    if (!guest?.visitor) return;
    guest.proof = known;
    this.#guests.change(peer, { label });
    this.#recognise(peer, guest);
    this.#decide(peer);
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

  #decideAll(): void {
    for (const [peer, { visitor }] of this.#guests.all()) {
      if (visitor && visitor.at !== "in") this.#decide(peer);
    }
  }

  #decide(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    const visitor = guest?.visitor;
    // before `join` nobody has said which device it is
    if (!guest?.talk || !visitor?.comparison || this.#state.get().lease !== "here") return;
    const admission = guest.tapped ? "enter" : this.#admissionOf(visitor);
    if (admission === "enter" && this.#callEntered() !== null) this.#letIn(peer, guest);
    else this.#letWait(peer, guest, admission === "ask" ? "asks" : "waits");
  }

  #letWait(peer: PeerId, guest: Guest, at: "asks" | "waits"): void {
    if (!guest.told) guest.talk?.send({ t: "wait" });
    guest.told = true;
    if (guest.visitor?.at !== at) this.#guests.change(peer, { at });
  }

  #admissionOf({ by, room, known, record, peer }: Visitor): Admission {
    const { entered } = this.#state.get();
    const seatTaken = this.#guests.holderOf(record, peer) !== undefined;
    const recent = room !== null && this.#options.keys.admitted.isRecent(room, record);
    const oneByOne = this.#options.oneByOne();
    return admissionOf({ by, oneByOne, room, entered, known, recent, seatTaken });
  }

  #letIn(peer: PeerId, guest: Guest): void {
    const { visitor, talk } = guest;
    if (!visitor || !talk || !this.#capture || !this.#certificate) return;
    const holder = this.#guests.holderOf(visitor.record, peer);
    if (holder !== undefined) this.#guests.bye(holder, "moved");
    const ds = visitor.known ? null : newDeviceSecret();
    if (ds) {
      guest.device = { secret: ds, compared: false };
      this.#options.keys.rememberDevice(visitor.record, guest.device);
    }
    this.#guests.change(peer, { at: "in", note: null });
    this.#inside.note();
    this.#seat(peer);
    const words = visitor.comparison?.list ?? this.#options.words();
    talk.send({ t: "admit", csid: this.#group.csid, mode: "direct", slot: GUEST_SLOT, ds, words });
    const name = visitor.label ?? "";
    this.#group.join({ peer, pid: talk.pid, name, send: (message) => talk.send(message) });
    this.#converse(peer, guest, talk, { capture: this.#capture, certificate: this.#certificate });
  }

  #seat(peer: PeerId): void {
    const call = this.#callEntered();
    const record = this.#guests.get(peer)?.visitor?.record;
    if (!call || !record) return;
    this.#options.post({ t: "seat", peer, seat: this.#options.keys.seatOf(call, record), slot: null });
  }

  #converse(
    peer: PeerId,
    guest: Guest,
    talk: Talk<ToTherapist, ToClient>,
    own: { capture: Capture; certificate: RTCCertificate },
  ): void {
    const before = guest.conversation;
    guest.conversation = new Conversation({
      role: "offer",
      ice: this.#ice,
      ...own,
      warm: this.#warm.take(),
      onData: (channel) => this.chat.attach(channel),
      send: (message) => talk.send(message as ToClient),
      onChange: (conversation) => {
        // the picture of the old connection stays until the new one carries
        if (conversation.line.at === "open") {
          before?.close();
          this.#warm.again();
        }
        // a peer that was forgotten and knocks again is another guest
        if (guest.visitor) this.#guests.change(peer, { conversation });
      },
    });
    this.#guests.change(peer, { conversation: guest.conversation.state });
  }

  #callEntered(): CallId | null {
    const { entered, rooms } = this.#state.get();
    return rooms.find((room) => room.room === entered)?.call ?? null;
  }

  #set(change: Partial<DeskState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}
