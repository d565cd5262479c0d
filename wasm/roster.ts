/** Who is in a group call, as the host says it with every epoch (TP1 §2.6, A6), and the key under which each of them sends. */
import { type Bytes, sameBytes, u32be } from "../wire/bytes.ts";
import { hash } from "./hash.ts";

/** Slot of the therapist. */
export const HOST_SLOT = 0;
const SLOTS = 16;

/** `pid` 16 B; `name` is what the person typed for this call, empty where nothing was typed. */
export type Member = { readonly slot: number; readonly pid: Bytes; readonly name: string };

/** What the host sends to each admitted member over its channel. `csid` 16 B names the host's page load, `rv` counts its epochs,
 * `secret` is E, 32 B. */
export type Epoch = {
  readonly csid: Bytes;
  readonly rv: number;
  readonly secret: Bytes;
  readonly roster: readonly Member[];
};

/** A member with its key. */
export type Sender = Member & { readonly key: Bytes };

/** What is left of an epoch once E is wiped: our own key for the one sealer, the others' for the opener. */
export type EpochKeys = {
  readonly csid: Bytes;
  readonly rv: number;
  readonly own: Sender;
  readonly others: readonly Sender[];
};

/** True for a roster a member may accept: slots 0 to 15 and pids all different, the host in slot 0, we in our slot. */
export function isRosterFor(roster: readonly Member[], own: { pid: Bytes; slot: number }): boolean {
  const slots = new Set(roster.map(({ slot }) => slot));
  const pids = new Set(roster.map(({ pid }) => pid.join()));
  if (slots.size !== roster.length || pids.size !== roster.length) return false;
  const inRange = [...slots].every((slot) => Number.isInteger(slot) && slot >= 0 && slot < SLOTS);
  const us = roster.find(({ pid }) => sameBytes(pid, own.pid));
  return inRange && slots.has(HOST_SLOT) && us?.slot === own.slot;
}

/** The keys of an epoch for the member with `pid`, which must be in the roster. Reads E; the caller wipes it. */
export function keysOfEpoch({ csid, rv, secret, roster }: Epoch, pid: Bytes): EpochKeys {
  const senders = roster.map((member) => ({ ...member, key: senderKey(secret, csid, rv, member.pid) }));
  const own = senders.find((sender) => sameBytes(sender.pid, pid));
  if (own === undefined) throw new RangeError("not in the roster");
  return { csid, rv, own, others: senders.filter((sender) => sender !== own) };
}

/** `sk(pid)`, 32 B (TP1 §2.6). */
export function senderKey(secret: Bytes, csid: Bytes, rv: number, pid: Bytes): Bytes {
  return hash(32, secret, "tp1 sender", csid, u32be(rv), pid);
}
