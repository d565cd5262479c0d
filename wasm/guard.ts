/** How often a code may be guessed (TP1 §2.3, A4): the therapist's device counts failures and takes *chosen* codes out of its answer;
 * the client's page counts its presses. Pure: state and time (Unix ms) go in, the next state comes out. */
import { list, map, type Shape, uint } from "../wire/shape.ts";

const MINUTE = 60_000;
/** Higher: a stranger gets more guesses at a four-digit code. Lower: five typing errors lock honest people out more often. */
const FAILURES_TO_PAUSE = 5;
/** Higher: a pause hinders honest people longer. Lower: more guesses an hour. Also the window in which failures count for it. */
const PAUSE_MS = 10 * MINUTE;
/** Higher: more guesses a month. Lower: the therapist has to switch chosen codes on again more often. */
const FAILURES_TO_OFF = 20;
const OFF_WINDOW_MS = 30 * 24 * 60 * MINUTE;
/** Higher: a lying server gets more rounds of 16 guesses in one sitting. Lower: a person who mistypes waits sooner. */
const TRIES = 3;
const TRIES_WINDOW_MS = 10 * MINUTE;
/** Unix ms until the year 10889. */
const TIME_MAX = 2 ** 48;

/** What the therapist's device keeps, in the vault and beside it; plain numbers, ready for msgpack and JSON. 0 is "never". */
export type GuardState = {
  /** Times of failed confirmations in which chosen codes were among the candidates; the newest 20. */
  readonly failures: readonly number[];
  /** Last success: failures before it are forgotten. */
  readonly reset: number;
  readonly paused: number;
  readonly off: number;
  /** Last "wieder einschalten": pauses and offs before it are over. */
  readonly enabled: number;
};

/** Nothing failed yet. */
export const FRESH: GuardState = { failures: [], reset: 0, paused: 0, off: 0, enabled: 0 };

/** Whether chosen codes may stand in an answer; generated ones always may. */
export type ChosenCodes =
  | { readonly state: "on" }
  | { readonly state: "paused"; readonly until: number }
  | { readonly state: "off" };

/** What holds at `now`. */
export function chosenCodes(state: GuardState, now: number): ChosenCodes {
  if (state.off > state.enabled) return { state: "off" };
  const paused = state.paused > state.enabled && within(state.paused, now, PAUSE_MS);
  return paused ? { state: "paused", until: state.paused + PAUSE_MS } : { state: "on" };
}

/** An M3 that fitted no code, to an answer with chosen codes in it. Failures of answers without are not counted at all:
 * generated codes need no cap (2^40). */
export function afterFailure(state: GuardState, now: number): GuardState {
  const failures = [...state.failures, now].slice(-FAILURES_TO_OFF);
  const recent = (window: number) => failures.filter((at) => within(at, now, window)).length;
  return {
    ...state,
    failures,
    paused: recent(PAUSE_MS) >= FAILURES_TO_PAUSE ? now : state.paused,
    off: recent(OFF_WINDOW_MS) >= FAILURES_TO_OFF ? now : state.off,
  };
}

/** Somebody came in by code. Ends no pause and switches nothing on again. */
export function afterSuccess(state: GuardState, now: number): GuardState {
  return { ...state, failures: [], reset: now };
}

/** The therapist's tap on "wieder einschalten". */
export function reenabled(state: GuardState, now: number): GuardState {
  return { ...state, failures: [], reset: now, enabled: now };
}

/** The worse of two copies (vault and this device): neither an old vault nor an empty device forgets a failure. */
export function worse(a: GuardState, b: GuardState): GuardState {
  const reset = Math.max(a.reset, b.reset);
  const times = [...new Set([...a.failures, ...b.failures])].filter((at) => at > reset).sort((x, y) => x - y);
  return {
    failures: times.slice(-FAILURES_TO_OFF),
    reset,
    paused: Math.max(a.paused, b.paused),
    off: Math.max(a.off, b.off),
    enabled: Math.max(a.enabled, b.enabled),
  };
}

const time = uint(TIME_MAX);

/** Reads a kept state; `undefined` for anything else. */
export const guardState: Shape<GuardState> = map({
  failures: list(time, FAILURES_TO_OFF),
  reset: time,
  paused: time,
  off: time,
  enabled: time,
});

/** Times at which this page started a handshake by code: kept beside the page, so that a reload forgets none. */
export type Tries = readonly number[];
/** Reads kept tries; `undefined` for anything else. */
export const tries: Shape<Tries> = list(time, TRIES);

/** How often the person may press at `now`, and when again if not at all. */
export function triesLeft(made: Tries, now: number): { readonly left: number; readonly again: number } {
  const counted = made.filter((at) => within(at, now, TRIES_WINDOW_MS));
  return { left: Math.max(0, TRIES - counted.length), again: Math.min(...counted, now) + TRIES_WINDOW_MS };
}

/** One more press, to be kept before M1 is sent. */
export function afterTry(made: Tries, now: number): Tries {
  return [...made, now].slice(-TRIES);
}

/** A clock that was set back or forth neither forgives a failure of a moment ago nor punishes for years. */
function within(at: number, now: number, window: number): boolean {
  return Math.abs(now - at) < window;
}
