/** The last calls of each client, kept inside the vault: when, how long, alone or in a group, which way, and how often it was interrupted. */
import type { ItemId } from "../../wire/ids.ts";
import { CALLS_MAX, type ClientCall, type ClientRecord, type Medium } from "./records.ts";
import type { Vault } from "./vault.ts";

const MINUTE_MS = 60_000;
/** How often a call that goes on is noted. Higher: a browser that dies loses more of its length. Lower: more commits. */
export const NOTE_EVERY_MS = 5 * MINUTE_MS;
/** Back within this time is the same call: after a reload the last note is up to `NOTE_EVERY_MS` old.
 * Lower: a reload makes two calls of one. Higher: two short calls become one. */
const SAME_CALL_MS = NOTE_EVERY_MS + MINUTE_MS;

/** Somebody's time in a call; Unix milliseconds. `breaks` and `lost` (seconds) are those that were not noted yet. */
export type Presence = {
  readonly at: number;
  readonly until: number;
  readonly group: boolean;
  readonly medium: Medium | null;
  readonly breaks: number;
  readonly lost: number;
};

/** The list with this presence in it: as a call of its own, or as more of the newest one. */
export function withCall(calls: readonly ClientCall[], presence: Presence): ClientCall[] {
  const { at, until, group, medium, breaks, lost } = presence;
  const [last, ...older] = calls;
  const goesOn = last && at >= last.at && at <= last.at + last.minutes * MINUTE_MS + SAME_CALL_MS;
  if (!goesOn || last.group !== group)
    return [{ at, minutes: minutesOf(at, until), group, medium, breaks, lost }, ...calls].slice(0, CALLS_MAX);
  const more = {
    at: last.at,
    minutes: Math.max(last.minutes, minutesOf(last.at, until)),
    group,
    medium: laterMedium(last.medium, medium),
    breaks: last.breaks + breaks,
    lost: last.lost + lost,
  };
  return [more, ...older];
}

/** Once there was a picture, it was no call by sound alone. */
function laterMedium(before: Medium | null, now: Medium | null): Medium | null {
  return now === null || (now === "sound" && before !== null) ? before : now;
}

/** A started minute counts. */
function minutesOf(at: number, until: number): number {
  return Math.max(1, Math.ceil((until - at) / MINUTE_MS));
}

/** Notes who was in a call. It stays on this page and goes with the next save where it could not be saved. */
export function noteCalls(vault: Vault, present: ReadonlyMap<ItemId, Presence>): void {
  if (present.size === 0) return;
  const saved = vault.change((records) => {
    for (const [item, presence] of present) {
      const record = records.get(item);
      if (record?.t === "client") records.set(item, noted(record, presence));
    }
  });
  saved.catch(() => undefined);
}

function noted(record: ClientRecord, presence: Presence): ClientRecord {
  return { ...record, calls: withCall(record.calls, presence) };
}
