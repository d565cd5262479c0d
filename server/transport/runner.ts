/** Carries out what the signaling core decides: sends, closes, asks the directory, writes, counts. The only place where
 * the core meets time and promises; sockets come in as `Wire`s, so that it runs the same on loopback. */
import type { Bytes } from "../../wire/bytes.ts";
import { CLOSE, type CloseWord } from "../../wire/close.ts";
import type { PracticeId } from "../../wire/ids.ts";
import { encodeSignal } from "../../wire/signal.ts";
import type { Clock } from "../clock.ts";
import { type Log, logError, logPlace } from "../log.ts";
import type { Pass, Place } from "../sfu/events.ts";
import { type Core, createCore } from "../signaling/core.ts";
import type {
  ConnId,
  Directory,
  Effect,
  Event,
  Moment,
  Oddity,
  PresenceSink,
  Way,
} from "../signaling/events.ts";
import type { LobbyDeps } from "../signaling/lobby.ts";

/** One socket as the runner sees it; `close` and `send` on a closed one do nothing. */
export type Wire = {
  send(bytes: Uint8Array): void;
  close(code: number): void;
  ping(): void;
  /** Who the browser is by the cookie of its upgrade; null: nobody. Asked only for therapists' pages. */
  login(): Promise<Login | null>;
};

export type Login = { readonly practice: PracticeId; readonly session: string };

/** The relay as signaling sees it. */
export type Relay = {
  /** Whoever shows this token soon may open this session. */
  admit(token: Bytes, pass: Pass): void;
  placed(place: Place): void;
};

/** Which practices this node of several answers for. */
export type Claims = {
  hold(
    practice: PracticeId,
  ): Promise<{ readonly at: "here" } | { readonly at: "there"; readonly node: string }>;
  holds(practice: PracticeId): boolean;
  readonly all: readonly PracticeId[];
  release(practice: PracticeId): Promise<void>;
  /** Takes nothing more. */
  refuse(): void;
};

export type RunnerDeps = {
  readonly directory: Directory;
  /** Absent: there is no other node, and all are answered for here. */
  readonly claims?: Claims;
  readonly clock: Clock;
  readonly log: Log;
  readonly presenceSink: PresenceSink;
  readonly core: LobbyDeps;
  /** Absent: nothing is relayed. */
  readonly relay?: Relay;
};

/** What was closed and dropped, by word: figures, never names. */
export type Counts = Partial<Record<CloseWord | Oddity, number>>;

export class Runner {
  readonly counts: Counts = {};
  readonly #deps: RunnerDeps;
  readonly #core: Core;
  readonly #wires = new Map<ConnId, Wire>();
  /** Reads and writes of one practice happen one after the other: a late read never undoes a write. */
  readonly #queues = new Map<PracticeId, Promise<unknown>>();
  readonly #events: Event[] = [];
  #conns = 0;

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
    this.#core = createCore(deps.core, this.#now());
  }

  get core(): Core {
    return this.#core;
  }

  /** Reads the calls that the run before left open (BM7); without them an empty one would never end. */
  async start(): Promise<void> {
    try {
      for (const practice of await this.#deps.directory.practicesInCall()) this.#load(practice);
    } catch (error) {
      this.#deps.log.warn("signal.start-unread", { error: logError(error) });
    }
  }

  /** Goes on with calls that a node which is no more has left, as `start` does after one's own end. */
  async adopt(): Promise<void> {
    const { directory, claims, log } = this.#deps;
    try {
      for (const practice of await directory.practicesInCall()) {
        if (claims && !claims.holds(practice) && (await claims.hold(practice)).at === "here")
          this.#load(practice);
      }
    } catch (error) {
      log.warn("signal.start-unread", { error: logError(error) });
    }
  }

  /** Gives back practices of which nobody is here any more. */
  releaseIdle(isBusy: (practice: PracticeId) => boolean): void {
    const { claims } = this.#deps;
    for (const practice of claims?.all ?? []) {
      const isUsed = this.#core.lobby.practices.has(practice) || this.#queues.has(practice);
      if (!isUsed && !isBusy(practice)) void claims?.release(practice);
    }
  }

  /** On the way out: practices without a call go to another node now, others once theirs is over. */
  leaveIdle(isBusy: (practice: PracticeId) => boolean): void {
    const { claims } = this.#deps;
    claims?.refuse();
    for (const practice of claims?.all ?? []) {
      const rooms = this.#core.lobby.practices.get(practice)?.rooms ?? [];
      if (isBusy(practice) || rooms.some(({ call }) => call !== null)) continue;
      void this.#inTurn(practice, async () => {
        await claims?.release(practice);
        this.handle({ t: "moved", practice });
      });
    }
  }

  /** A new socket; `address` is what limits count by. */
  open(wire: Wire, address: string): ConnId {
    this.#conns += 1;
    const conn = this.#conns as ConnId;
    this.#wires.set(conn, wire);
    this.handle({ t: "opened", conn, address });
    return conn;
  }

  /** Hands an event to the core and carries out what it decides. One that comes while another is being carried out (a
   * send that closes its socket) waits for it, so that nobody hears older news after newer. Never throws. */
  handle(event: Event): void {
    this.#events.push(event);
    if (this.#events.length > 1) return;
    for (let next = this.#events[0]; next; next = this.#events[0]) {
      this.#one(next);
      this.#events.shift();
    }
  }

  /** Rooms or planned calls changed: the core reads them. */
  load(practice: PracticeId): void {
    this.#load(practice);
  }

  /** Accounts that were locked or deleted by another process, the operator's command line: whoever is there of them goes. */
  async lookForShut(): Promise<void> {
    const known = [...this.#core.lobby.practices.keys()];
    try {
      const shut = known.length === 0 ? [] : await this.#deps.directory.shut(known);
      for (const { practice, why } of shut)
        this.handle({ t: why === "locked" ? "account-locked" : "account-deleted", practice });
    } catch (error) {
      this.#deps.log.warn("signal.shut-unread", { error: logError(error) });
    }
  }

  /** Pings everybody; an answer counts as heard without any JavaScript of the page. */
  ping(): void {
    for (const wire of this.#wires.values()) wire.ping();
  }

  /** Resolves when nothing is being read or written any more. */
  async settled(): Promise<void> {
    while (this.#queues.size > 0) await Promise.allSettled(this.#queues.values());
  }

  #one(event: Event): void {
    try {
      if (event.t === "closed") this.#wires.delete(event.conn);
      for (const effect of this.#core.handle(event, this.#now())) this.#run(effect);
    } catch (error) {
      this.#deps.log.error("signal.bug", { handling: event.t, error: logError(error), at: logPlace(error) });
      if ("conn" in event) this.#close(event.conn, "bug");
    }
  }

  #run(effect: Effect): void {
    if (effect.t === "send") this.#wires.get(effect.conn)?.send(encodeSignal(effect.message));
    else if (effect.t === "close") this.#close(effect.conn, effect.word);
    else if (effect.t === "find") this.#find(effect.conn, effect.who);
    else if (effect.t === "load") this.#load(effect.practice);
    else if (effect.t === "count") this.#count(effect.what);
    else if (effect.t === "presence") this.#deps.presenceSink(effect.change);
    else if (effect.t === "pass") this.#deps.relay?.admit(effect.token, effect.pass);
    else if (effect.t === "place") this.#deps.relay?.placed(effect.place);
    else this.#write(effect);
  }

  #close(conn: ConnId, word: CloseWord): void {
    this.#count(word);
    if (CLOSE[word].fault === "page") this.#deps.log.warn("signal.refused", { word });
    this.#wires.get(conn)?.close(CLOSE[word].code);
    this.#wires.delete(conn);
  }

  #count(what: CloseWord | Oddity): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  #find(conn: ConnId, who: Extract<Effect, { t: "find" }>["who"]): void {
    const login = who.by === "login" ? this.#wires.get(conn)?.login() : undefined;
    const practice = who.by === "login" ? undefined : this.#practiceOf(who);
    void this.#answer(conn, login, practice);
  }

  #practiceOf(way: Way): Promise<PracticeId | null> {
    const { directory } = this.#deps;
    return way.by === "link" ? directory.practiceOfLink(way.rid) : directory.practiceOfUser(way.user);
  }

  async #answer(
    conn: ConnId,
    login: Promise<Login | null> | undefined,
    client: Promise<PracticeId | null> | undefined,
  ): Promise<void> {
    try {
      const who = await login;
      const known = who?.practice ?? (await client) ?? null;
      const session = who?.session ?? null;
      const locked = known !== null && (await this.#deps.directory.shut([known])).length > 0;
      const practice = locked ? null : known;
      if (practice === null)
        this.handle({ t: "found", conn, practice, locked, session, rooms: [], starts: new Map() });
      else
        await this.#inTurn(practice, async () => {
          const holder = await this.#deps.claims?.hold(practice);
          if (holder?.at === "there") return this.handle({ t: "elsewhere", conn, node: holder.node });
          this.handle({ t: "found", conn, practice, session, ...(await this.#read(practice)) });
        });
    } catch (error) {
      this.#deps.log.error("signal.find-failed", { error: logError(error) });
      this.handle({ t: "unfound", conn });
    }
  }

  #load(practice: PracticeId): void {
    if (this.#deps.claims?.holds(practice) === false) return;
    void this.#inTurn(practice, async () => {
      this.handle({ t: "rooms", practice, ...(await this.#read(practice)) });
    }).catch((error) => this.#deps.log.error("signal.load-failed", { error: logError(error) }));
  }

  async #read(practice: PracticeId) {
    const { directory, clock } = this.#deps;
    const rooms = await directory.openRooms(practice, clock.now());
    return { rooms, starts: await directory.startsByLink(practice, clock.now()) };
  }

  /** A write that fails is not repeated: what the core holds stays right, and a start after it reads an older call or
   * room, which its own rules then end. */
  #write(effect: Extract<Effect, { t: "set-call" | "close-room" }>): void {
    const { directory, clock, log } = this.#deps;
    void this.#inTurn(effect.practice, () =>
      effect.t === "set-call"
        ? directory.setCall(effect.room, effect.call)
        : directory.closeRoom(effect.room, clock.now()),
    ).catch((error) => log.error("signal.write-failed", { error: logError(error) }));
  }

  async #inTurn(practice: PracticeId, work: () => Promise<unknown>): Promise<void> {
    const before = this.#queues.get(practice) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#queues.set(practice, mine);
    try {
      await mine;
    } finally {
      if (this.#queues.get(practice) === mine) this.#queues.delete(practice);
    }
  }

  #now(): Moment {
    const { clock } = this.#deps;
    return { mono: clock.monotonic(), wall: clock.now() };
  }
}
