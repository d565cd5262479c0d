/** A room of people under load: seats them, and gives everybody the keys of each new epoch, really
 * derived. */
import { keysOfEpoch } from "../../wasm/roster.ts";
import { randomBytes } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Delays } from "./delays.ts";
import type { Fixture } from "./fixture.ts";
import { type Findings, Listener } from "./listener.ts";
import { Member, type OpenSession } from "./member.ts";
import { Speaker } from "./speaker.ts";

/** The seats of one room. */
export type Seats = {
  /** Somebody takes this slot: the tokens of both sessions, good from now on. */
  seat(slot: number): Promise<readonly [Bytes, Bytes]>;
  unseat(slot: number): void;
};

export type RoomParts = {
  readonly seats: Seats;
  readonly open: OpenSession;
  readonly fixture: Fixture;
  readonly found: Findings;
  readonly delays: Delays;
  /** 1 opens each frame, 10 each tenth. */
  readonly openEvery: number;
  /** 0 to below 1. */
  readonly random: () => number;
};

export class Room {
  readonly #parts: RoomParts;
  readonly #csid = randomBytes(16);
  readonly #members = new Map<number, { readonly member: Member; readonly pid: Uint8Array<ArrayBuffer> }>();
  #rv = 0;
  /** Sessions that the server ended by itself. */
  lost = 0;

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  get slots(): number[] {
    return [...this.#members.keys()];
  }

  /** Somebody takes this slot, and all have a new epoch. */
  async join(slot: number): Promise<void> {
    const { seats, open, fixture, found, delays, openEvery, random } = this.#parts;
    const pid = randomBytes(16);
    const lookup = (from: number, stream: number, ctr: number) =>
      this.#members.get(from)?.member.speaker.sent(stream, ctr);
    const member = new Member({
      slot,
      speaker: new Speaker({ pid, slot }, fixture, performance.now(), random() * 67),
      listener: new Listener({ openEvery, lookup, found, delays }),
      onLost: () => {
        this.lost += 1;
      },
    });
    const tokens = await seats.seat(slot);
    for (const { member: other } of this.#members.values()) other.forget(slot);
    await member.join(open, tokens);
    this.#members.set(slot, { member, pid });
    this.#epoch();
  }

  /** Whoever has this slot leaves. */
  leave(slot: number): void {
    this.#members.get(slot)?.member.leave();
    this.#members.delete(slot);
    this.#parts.seats.unseat(slot);
    this.#epoch();
  }

  step(now: number): void {
    for (const { member } of this.#members.values()) member.step(now);
  }

  close(): void {
    for (const slot of this.slots) this.leave(slot);
  }

  /** New keys for all, and everybody shows everybody. */
  #epoch(): void {
    this.#rv += 1;
    const now = performance.now();
    const roster = [...this.#members].map(([slot, { pid }]) => ({ slot, pid, name: "" }));
    const epoch = { csid: this.#csid, rv: this.#rv, secret: randomBytes(32), roster };
    for (const { member, pid } of this.#members.values()) {
      // each side takes its keys over, so each gets its own
      member.install({ speak: keysOfEpoch(epoch, pid), listen: keysOfEpoch(epoch, pid) }, now);
      member.view(this.slots);
    }
  }
}
