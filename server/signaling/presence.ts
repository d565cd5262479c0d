/** Who is present in which call (ledger BM1, BM2, BM7, amendment A11). Pure; what it finds out goes to billing as changes.
 * A seat that is lost counts as never gone if it is back within 30 s; else it was gone from the last moment it was heard. */
import type { CallId, PracticeId, RoomId } from "../../wire/ids.ts";
import type { Moment, PresenceChange, SeatKey } from "./events.ts";

/** BM1: "back on the same seat inside 30 s counts as never gone"; the same 30 s hold for resume. */
export const RESUME_MS = 30_000;
/** BM7 (c): a call that somebody was in ends when nobody was present for so long. */
export const EMPTY_MS = 30 * 60_000;

/** [BM6] How often it is told that everybody is still there. Higher: a crash costs the practice's ledger more. Lower: more writes. */
export const BEAT_MS = 10_000;

type Meeting = {
  readonly practice: PracticeId;
  readonly room: RoomId;
  readonly call: CallId;
  /** `here`, or the moment the seat was last heard. */
  readonly seats: Map<SeatKey, "here" | Moment>;
  /** Since when nobody has a seat; null while somebody has. */
  empty: Moment | null;
  /** When the last beat was told, monotonic milliseconds. */
  beaten: number;
};

export class Presence {
  readonly #meetings = new Map<CallId, Meeting>();
  readonly #tell: (change: PresenceChange) => void;

  constructor(tell: (change: PresenceChange) => void) {
    this.#tell = tell;
  }

  /** A call begins, or is found running at the start of the server. Again for a known one: nothing. */
  open(where: { practice: PracticeId; room: RoomId; call: CallId }, now: Moment): void {
    if (this.#meetings.has(where.call)) return;
    this.#meetings.set(where.call, { ...where, seats: new Map(), empty: now, beaten: now.mono });
  }

  /** Somebody is on this seat from now; a seat that was lost a moment ago was never gone. */
  arrive(call: CallId, seat: SeatKey, now: Moment): void {
    const meeting = this.#meetings.get(call);
    if (!meeting) return;
    this.#settle(meeting, now);
    const known = meeting.seats.has(seat);
    meeting.seats.set(seat, "here");
    meeting.empty = null;
    if (!known) this.#say(meeting, { t: "present", seat, at: now });
  }

  /** The line of a seat is lost, last heard at `heard`; it may come back. */
  lose(call: CallId, seat: SeatKey, heard: Moment): void {
    const seats = this.#meetings.get(call)?.seats;
    if (seats?.get(seat) === "here") seats.set(seat, heard);
  }

  /** A seat was given up on purpose. */
  leave(call: CallId, seat: SeatKey, now: Moment): void {
    const meeting = this.#meetings.get(call);
    const state = meeting?.seats.get(seat);
    if (meeting && state) this.#gone(meeting, seat, state === "here" ? now : state);
  }

  /** The call is over for everybody. */
  end(call: CallId, reason: "hung-up" | "closed" | "empty", now: Moment): void {
    const meeting = this.#meetings.get(call);
    if (!meeting) return;
    for (const seat of [...meeting.seats.keys()]) this.leave(call, seat, now);
    this.#meetings.delete(call);
    this.#say(meeting, { t: "ended", reason, at: now });
  }

  /** Another node measures this call from now on: nothing more is told of it. */
  forget(call: CallId): void {
    this.#meetings.delete(call);
  }

  /** The server stops: nobody is present for it any more, while the calls themselves go on. */
  pause(now: Moment): void {
    for (const { call, seats } of this.#meetings.values()) {
      for (const seat of [...seats.keys()]) this.leave(call, seat, now);
    }
  }

  /** Lost seats that did not come back are gone. */
  tick(now: Moment): void {
    for (const meeting of this.#meetings.values()) this.#settle(meeting, now);
  }

  /** Tells, each `BEAT_MS`, until when everybody in the call was surely there; `heard` says it of seats that are here. */
  beat(call: CallId, heard: (seat: SeatKey) => Moment | undefined, now: Moment): void {
    const meeting = this.#meetings.get(call);
    if (!meeting || meeting.seats.size < 2 || now.mono - meeting.beaten < BEAT_MS) return;
    meeting.beaten = now.mono;
    const moments = [...meeting.seats].map(([seat, state]) => (state === "here" ? heard(seat) : state));
    const known = moments.filter((at) => at !== undefined);
    const [first] = known.sort((a, b) => a.mono - b.mono);
    if (first && known.length === moments.length) this.#say(meeting, { t: "beat", at: first });
  }

  /** True where no seat is taken, lost ones that may come back included. */
  isEmpty(call: CallId): boolean {
    return this.#meetings.get(call)?.empty !== null;
  }

  /** True where the call has been empty for so long that it is over (BM7 c). */
  isOver(call: CallId, now: Moment): boolean {
    const empty = this.#meetings.get(call)?.empty;
    return !!empty && now.mono - empty.mono >= EMPTY_MS;
  }

  #settle(meeting: Meeting, now: Moment): void {
    for (const [seat, state] of [...meeting.seats]) {
      if (state !== "here" && now.mono - state.mono > RESUME_MS) this.#gone(meeting, seat, state);
    }
  }

  #gone(meeting: Meeting, seat: SeatKey, at: Moment): void {
    meeting.seats.delete(seat);
    if (meeting.seats.size === 0) meeting.empty = at;
    this.#say(meeting, { t: "absent", seat, at });
  }

  #say({ practice, room, call }: Meeting, what: Told): void {
    this.#tell({ practice, room, call, ...what });
  }
}

type Told = { at: Moment } & (
  | { t: "beat" }
  | { t: "present" | "absent"; seat: SeatKey }
  | { t: "ended"; reason: "hung-up" | "closed" | "empty" }
);
