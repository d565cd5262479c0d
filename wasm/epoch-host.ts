/** The therapist's side of group keys (TP1 §2.6, A5): decides when a fresh epoch secret is due and who is in its roster.
 * Pure: time (ms) goes in, epochs come out; the caller sends each to every member of its roster over the sealed channels. */
import type { Bytes } from "../wire/bytes.ts";
import { type Epoch, HOST_SLOT, type Member } from "./roster.ts";
import { type Random, randomBytes } from "./sodium.ts";

/** Higher: a newcomer waits longer for sound. Lower: people who come together cost an epoch each. */
export const JOIN_WAIT_MS = 250;
/** Higher: one absent member keeps the others waiting after a reload. Lower: a reload gives several epochs (A5). */
export const START_WAIT_MS = 1_500;
/** Higher: more is readable with one stolen E. Lower: more messages. Members stop sending at 11 min (A3). */
export const EPOCH_MAX_MS = 600_000;

/** `last` is the highest rv of an earlier page load (from the sealed list), `null` where it is not known.
 * `awaited` is how many members of the sealed admission list may come back after a reload, 0 for a new call. */
export type EpochHostOptions = {
  readonly last: number | null;
  readonly awaited: number;
  readonly name: string;
  readonly now: number;
};

export class EpochHost {
  /** Of this page load, 16 B. */
  readonly csid: Bytes;
  /** The therapist's own id in media keys, 16 random bytes per page load (A6). */
  readonly pid: Bytes;
  readonly #random: Random;
  readonly #name: string;
  readonly #members = new Map<number, Member>();
  #awaited: number;
  #rv: number;
  #startUntil: number | null;
  #due: number | null = null;

  constructor({ last, awaited, name, now }: EpochHostOptions, random: Random = randomBytes) {
    this.#random = random;
    this.csid = random(16);
    this.pid = random(16);
    this.#name = name;
    this.#awaited = awaited;
    // A random start where the last one is not known: the header's byte should not meet the old epochs'.
    this.#rv = last ?? random(1)[0] ?? 0;
    this.#startUntil = now + START_WAIT_MS;
  }

  /** The highest rv given out, for the sealed list. */
  get rv(): number {
    return this.#rv;
  }

  /** When `tick` is due, `null` while nobody is there. */
  get due(): number | null {
    return this.#due;
  }

  /** The call page is open: so many of an earlier page's members may come back. Nothing happens once an epoch was given out. */
  expect(awaited: number, now: number): void {
    if (this.#startUntil === null) return;
    this.#awaited = awaited;
    this.#startUntil = now + START_WAIT_MS;
  }

  /** Somebody is admitted, or came back with a new handshake: whoever held the slot before is out with the next epoch.
   * Throws `RangeError` on the host's slot and on a pid that stands in another slot. */
  join(member: Member, now: number): void {
    const double = [...this.#members.values()].some(
      ({ pid, slot }) => slot !== member.slot && pid.join() === member.pid.join(),
    );
    if (member.slot === HOST_SLOT || double) throw new RangeError("slot or pid is taken");
    this.#members.set(member.slot, member);
    this.#schedule(this.#joinDue(now));
  }

  /** Left, removed or silent for too long: the rest gets a new secret at once. */
  leave(slot: number, now: number): void {
    if (!this.#members.delete(slot) || this.#due === null) return;
    if (this.#startUntil === null) this.#schedule(now);
  }

  /** A fresh secret for the same members, at once: somebody is to seal who did not get the keys of this one. */
  renew(now: number): void {
    if (this.#due !== null) this.#schedule(now);
  }

  /** The next epoch where it is due, else `null`. Its `secret` is the caller's: hand it out, then wipe it. */
  tick(now: number): Epoch | null {
    if (this.#due === null || now < this.#due) return null;
    this.#startUntil = null;
    this.#rv += 1;
    this.#due = now + EPOCH_MAX_MS;
    return { csid: this.csid, rv: this.#rv, secret: this.#random(32), roster: this.#roster() };
  }

  #joinDue(now: number): number {
    if (this.#startUntil === null || this.#awaited === 0) return now + JOIN_WAIT_MS;
    return this.#members.size >= this.#awaited ? now : this.#startUntil;
  }

  #schedule(at: number): void {
    this.#due = Math.min(this.#due ?? at, at);
  }

  #roster(): Member[] {
    const host = { slot: HOST_SLOT, pid: this.pid, name: this.#name };
    return [host, ...[...this.#members.values()].sort((a, b) => a.slot - b.slot)];
  }
}
