/** The therapist's desk, headless: one page of the practice answers every open link, lets people in and talks with them.
 * It lives as long as the page is unlocked, on the dashboard and in the call alike (product.md "Rules that decide who meets whom"). */
import type { Identity } from "../../wasm/identity.ts";
import { isKnown, newDeviceSecret } from "../../wasm/known.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { CallId, ItemId, PeerId, Rid, RoomId, SeatId } from "../../wire/ids.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { IceServer, OpenRoom, ToBrowser, ToServer } from "../../wire/signal.ts";
import { type Admission, admissionOf } from "./admission.ts";
import { Answering } from "./answering.ts";
import { HandshakeBudget } from "./budget.ts";
import type { Capture } from "./capture.ts";
import type { Clock } from "./clock.ts";
import { Conversation, type ConversationState } from "./conversation.ts";
import { Routes } from "./routes.ts";
import type { Talk } from "./talk.ts";
import { type Readable, Value } from "./value.ts";

/** What the desk asks of the vault. */
export interface DeskKeys {
  readonly identity: Identity;
  /** The client of a link handle: record, name as the therapist wrote it, link key, secrets of known devices. */
  clientOf(
    rid: Rid,
  ): { record: ItemId; name: string; psk: Uint8Array; devices: readonly Uint8Array[] } | null;
  /** Keeps the secret of a new device in the client's record. */
  rememberDevice(record: ItemId, secret: Bytes): void;
  seatOf(call: CallId, record: ItemId): SeatId;
}

/** `waits`: proven, nobody at the room's call page; `asks`: needs a tap; `in`: in the call. */
export type Visitor = {
  readonly peer: PeerId;
  readonly record: ItemId;
  readonly room: RoomId | null;
  readonly name: string;
  /** What the person typed for this call. */
  readonly label: string | null;
  /** On the device of an earlier call. */
  readonly known: boolean;
  readonly at: "waits" | "asks" | "in";
  readonly conversation: ConversationState | null;
};

export type DeskState = {
  readonly lease: "here" | "elsewhere" | "free" | "unknown";
  /** The page that holds the lease is in a call. */
  readonly holderInCall: boolean;
  readonly rooms: readonly OpenRoom[];
  readonly visitors: readonly Visitor[];
  /** The room whose call page is open here. */
  readonly entered: RoomId | null;
};

export type DeskOptions = {
  readonly keys: DeskKeys;
  readonly post: (message: ToServer) => unknown;
  readonly clock: Clock;
  readonly certificate: Promise<RTCCertificate>;
  /** 16 random bytes of this page. */
  readonly csid: Bytes;
  readonly oneByOne: () => boolean;
};

type Guest = {
  readonly answering: Answering;
  talk: Talk<ToTherapist, ToClient> | null;
  conversation: Conversation | null;
  visitor: Visitor | null;
  /** The therapist's tap, for this knock only. */
  tapped: boolean;
  /** Has been told to wait. */
  told: boolean;
};

export class Desk {
  readonly #options: DeskOptions;
  readonly #routes: Routes;
  readonly #guests = new Map<PeerId, Guest>();
  readonly #budgets = new Map<Rid, HandshakeBudget>();
  readonly #state = new Value<DeskState>({
    lease: "unknown",
    holderInCall: false,
    rooms: [],
    visitors: [],
    entered: null,
  });
  #ice: readonly IceServer[] = [];
  #capture: Capture | null = null;
  #certificate: RTCCertificate | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#routes = new Routes({
      clock: options.clock,
      post: options.post,
      deliver: (peer, data) => this.#guestOf(peer).answering.receive(data),
      broke: (peer) => this.#forget(peer),
    });
    void options.certificate.then((certificate) => {
      this.#certificate = certificate;
      this.#decideAll();
    });
  }

  get state(): Readable<DeskState> {
    return this.#state;
  }

  /** Opens the call page of a room here; everybody waiting for it comes in by the rules. `capture` is what they get of us. */
  enter(room: RoomId, capture: Capture): void {
    this.#capture = capture;
    this.#set({ entered: room });
    this.#options.post({ t: "enter", room });
    this.#decideAll();
  }

  /** The call page closes without ending the call for others (a reload, another page). */
  leave(): void {
    for (const peer of this.#peersIn()) this.#endConversation(peer);
    this.#capture = null;
    this.#set({ entered: null });
    this.#options.post({ t: "enter", room: null });
  }

  /** "Auflegen": ends the call for all; the room stays open. */
  hangUp(): void {
    const { entered } = this.#state.get();
    if (entered === null) return;
    for (const peer of this.#peersIn()) this.#bye(peer, "ended");
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
    this.#bye(peer, "refused");
    this.#show(peer, null);
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
    else if (message.t === "welcome" && !message.resumed) this.#onNewPeer();
    else if (message.t === "over") this.#onOver();
  }

  captureChanged(): void {
    for (const guest of this.#guests.values()) guest.conversation?.captureChanged();
  }

  networkChanged(): void {
    for (const guest of this.#guests.values()) guest.conversation?.networkChanged();
  }

  /** Figures of the browser for one person's line. */
  stats(peer: PeerId): Promise<RTCStatsReport> | undefined {
    return this.#guests.get(peer)?.conversation?.stats();
  }

  /** The page locks or goes: forgets every key. */
  close(): void {
    for (const peer of [...this.#guests.keys()]) this.#forget(peer);
    this.#routes.close();
  }

  #onLease({ state, inCall, ice }: Extract<ToBrowser, { t: "lease" }>): void {
    this.#ice = ice;
    this.#set({ lease: state, holderInCall: inCall });
    if (state === "here") {
      this.#decideAll();
      return;
    }
    for (const peer of [...this.#guests.keys()]) this.#forget(peer);
    if (state === "elsewhere") this.#set({ entered: null });
  }

  #onRooms(rooms: readonly OpenRoom[]): void {
    this.#set({ rooms });
    for (const [peer, { visitor }] of this.#guests) {
      if (visitor && visitor.at !== "in")
        this.#show(peer, { ...visitor, room: this.#roomOfRecord(visitor.record) });
    }
    this.#decideAll();
  }

  /** The server counts us as a new page: what it knew of our seats and routes is gone; the direct calls themselves go on. */
  #onNewPeer(): void {
    for (const [peer, guest] of [...this.#guests]) if (!guest.conversation) this.#forget(peer);
    const { entered } = this.#state.get();
    if (entered !== null) this.#options.post({ t: "enter", room: entered });
  }

  #onGone(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    // signaling of the other side is lost for long, but the picture may still flow: only the person ends that
    if (guest?.conversation?.state.line.at === "open") guest.talk = null;
    else this.#forget(peer);
  }

  #onOver(): void {
    for (const peer of this.#peersIn()) this.#bye(peer, "ended");
    this.#capture = null;
    this.#set({ entered: null });
  }

  #guestOf(peer: PeerId): Guest {
    const known = this.#guests.get(peer);
    if (known) return known;
    const { keys } = this.#options;
    const answering = new Answering({
      identity: keys.identity,
      pskOf: (rid) => (this.#roomOf(rid) ? (keys.clientOf(rid)?.psk ?? null) : null),
      mayAnswer: (rid) => this.#budgetOf(rid).take(this.#options.clock.now()),
      send: (data) => this.#routes.to(peer)?.send(data),
      onOpen: (rid, talk) => this.#onOpen(peer, rid, talk),
      onMessage: (message) => this.#onSealed(peer, message),
    });
    const guest: Guest = {
      answering,
      talk: null,
      conversation: null,
      visitor: null,
      tapped: false,
      told: false,
    };
    this.#guests.set(peer, guest);
    return guest;
  }

  #budgetOf(rid: Rid): HandshakeBudget {
    const known = this.#budgets.get(rid) ?? new HandshakeBudget();
    this.#budgets.set(rid, known);
    return known;
  }

  #onOpen(peer: PeerId, rid: Rid, talk: Talk<ToTherapist, ToClient>): void {
    const guest = this.#guestOf(peer);
    const client = this.#options.keys.clientOf(rid);
    if (!client) return;
    guest.talk = talk;
    guest.tapped = false;
    guest.told = false;
    this.#show(peer, {
      peer,
      record: client.record,
      room: this.#roomOf(rid)?.room ?? null,
      name: client.name,
      label: null,
      known: false,
      at: "waits",
      conversation: guest.conversation?.state ?? null,
    });
  }

  #onSealed(peer: PeerId, message: ToTherapist): void {
    if (message.t === "join") this.#onJoin(peer, message);
    else if (message.t === "leave") this.#onLeave(peer);
    else this.#guests.get(peer)?.conversation?.receive(message);
  }

  #onJoin(peer: PeerId, { known, label }: Extract<ToTherapist, { t: "join" }>): void {
    const guest = this.#guests.get(peer);
    if (!guest?.visitor || !guest.talk) return;
    const { th } = guest.talk;
    const devices = this.#devicesOf(guest.visitor.record);
    this.#show(peer, {
      ...guest.visitor,
      label,
      known: devices.some((ds) => known !== null && isKnown(known, ds, th)),
    });
    this.#decide(peer);
  }

  #onLeave(peer: PeerId): void {
    this.#options.post({ t: "unseat", peer });
    this.#forget(peer);
  }

  #decideAll(): void {
    for (const [peer, { visitor }] of [...this.#guests])
      if (visitor && visitor.at !== "in") this.#decide(peer);
  }

  #decide(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    const visitor = guest?.visitor;
    if (!guest?.talk || !visitor || this.#state.get().lease !== "here") return;
    const admission = guest.tapped ? "enter" : this.#admissionOf(visitor);
    const call = this.#callEntered();
    if (admission === "enter" && call && this.#capture && this.#certificate) this.#letIn(peer, call);
    else this.#letWait(peer, admission === "ask" ? "asks" : "waits");
  }

  #letWait(peer: PeerId, at: "asks" | "waits"): void {
    const guest = this.#guests.get(peer);
    if (!guest?.visitor) return;
    if (!guest.told) guest.talk?.send({ t: "wait" });
    guest.told = true;
    if (guest.visitor.at !== at) this.#show(peer, { ...guest.visitor, at });
  }

  #admissionOf(visitor: Visitor): Admission {
    const { entered } = this.#state.get();
    const seatTaken = this.#holderOf(visitor) !== undefined;
    return admissionOf({
      oneByOne: this.#options.oneByOne(),
      room: visitor.room,
      entered,
      known: visitor.known,
      seatTaken,
    });
  }

  /** Another connection of the same client that is in the call. */
  #holderOf(visitor: Visitor): PeerId | undefined {
    const others = [...this.#guests].filter(([peer]) => peer !== visitor.peer);
    return others.find(
      ([, { visitor: other }]) => other?.at === "in" && other.record === visitor.record,
    )?.[0];
  }

  #letIn(peer: PeerId, call: CallId): void {
    const guest = this.#guests.get(peer);
    const { visitor, talk } = guest ?? {};
    if (!guest || !visitor || !talk || !this.#capture || !this.#certificate) return;
    const holder = this.#holderOf(visitor);
    if (holder !== undefined) this.#bye(holder, "moved");
    const { keys, csid } = this.#options;
    const ds = visitor.known ? null : newDeviceSecret();
    if (ds) keys.rememberDevice(visitor.record, ds);
    this.#options.post({ t: "seat", peer, seat: keys.seatOf(call, visitor.record), slot: null });
    talk.send({ t: "admit", csid, mode: "direct", slot: 1, ds });
    const before = guest.conversation;
    guest.conversation = new Conversation({
      role: "offer",
      ice: this.#ice,
      certificate: this.#certificate,
      capture: this.#capture,
      send: (message) => talk.send(message as ToClient),
      onChange: (conversation) => {
        if (conversation.line.at === "open") before?.close();
        if (guest.visitor) this.#show(peer, { ...guest.visitor, conversation });
      },
    });
    this.#show(peer, { ...visitor, at: "in", conversation: guest.conversation.state });
  }

  #bye(peer: PeerId, reason: "moved" | "ended" | "refused"): void {
    const guest = this.#guests.get(peer);
    guest?.talk?.send({ t: "bye", reason }, true);
    this.#endConversation(peer);
  }

  #endConversation(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    guest?.conversation?.close();
    if (!guest) return;
    guest.conversation = null;
    this.#show(peer, null);
  }

  #forget(peer: PeerId): void {
    this.#endConversation(peer);
    this.#guests.get(peer)?.answering.close();
    this.#guests.delete(peer);
  }

  #show(peer: PeerId, visitor: Visitor | null): void {
    const guest = this.#guests.get(peer);
    if (guest) guest.visitor = visitor;
    const visitors = [...this.#guests.values()].flatMap((each) => each.visitor ?? []);
    this.#set({ visitors });
  }

  #peersIn(): PeerId[] {
    return [...this.#guests].filter(([, guest]) => guest.visitor?.at === "in").map(([peer]) => peer);
  }

  #devicesOf(record: ItemId): readonly Uint8Array[] {
    const rids = this.#state.get().rooms.flatMap((room) => room.clients.flat());
    const client = rids
      .map((rid) => this.#options.keys.clientOf(rid))
      .find((found) => found?.record === record);
    return client?.devices ?? [];
  }

  #roomOf(rid: Rid): OpenRoom | undefined {
    return this.#state.get().rooms.find((room) => room.clients.some((rids) => rids.includes(rid)));
  }

  #roomOfRecord(record: ItemId): RoomId | null {
    const has = (rid: Rid) => this.#options.keys.clientOf(rid)?.record === record;
    return this.#state.get().rooms.find((room) => room.clients.flat().some(has))?.room ?? null;
  }

  #callEntered(): CallId | null {
    const { entered, rooms } = this.#state.get();
    return rooms.find((room) => room.room === entered)?.call ?? null;
  }

  #set(change: Partial<DeskState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}
