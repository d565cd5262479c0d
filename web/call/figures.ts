/** What the browser counts of a direct line, as shares and rates since the last look. Pure: two reports and the time in. */

type Entry = { readonly type: string; readonly [name: string]: unknown };
type Report = { values(): Iterable<unknown> };

/** Null where this browser does not say it. */
export type Figures = {
  /** There and back, milliseconds. */
  readonly rtt: number | null;
  /** What the browser believes goes out, and what we send, bits per second. */
  readonly sendable: number | null;
  readonly sent: number | null;
  /** Share of our sound that the other side reports missing. */
  readonly lostThere: number | null;
  /** Share of their sound that did not come, and of what was played that had to be made up. */
  readonly lostHere: number | null;
  readonly madeUp: number | null;
};

export type Totals = {
  readonly at: number;
  readonly sentBytes: number;
  readonly got: number;
  readonly lost: number;
  readonly samples: number;
  readonly madeUp: number;
  /** The other side's last report on our sound by the browser's own time stamp, and since when it is the last one. */
  readonly told: { readonly mark: number | null; readonly since: number };
};

/** The other side reports about every 5 s, as long as sound reaches it: after muting by taking the track away its last word would stand for
 * ever. Higher: a picture that gave way to sound stays away longer when no sound goes out. Lower: a few lost reports on a bad line are
 * read as calm. */
export const TOLD_MS = 20_000;

/** `before`: the totals of the last look, null at the first. `at` in milliseconds. */
export function figuresOf(
  report: Report,
  before: Totals | null,
  at: number,
): { figures: Figures; totals: Totals } {
  const all = [...report.values()] as Entry[];
  const pair = pairOf(all);
  const [heard, told] = [audioOf(all, "inbound-rtp"), audioOf(all, "remote-inbound-rtp")];
  const outgoing = all.filter(({ type }) => type === "outbound-rtp");
  const totals: Totals = {
    at,
    sentBytes: outgoing.reduce((sum, each) => sum + count(each.bytesSent), 0),
    got: count(heard?.packetsReceived),
    lost: count(heard?.packetsLost),
    samples: count(heard?.totalSamplesReceived),
    // silence that is made up is no loss
    madeUp: count(heard?.concealedSamples) - count(heard?.silentConcealedSamples),
    told: lastTold(number(told?.timestamp), before, at),
  };
  const isOld = totals.told.mark !== null && at - totals.told.since > TOLD_MS;
  const rtt = number(pair?.currentRoundTripTime);
  const since = (name: Exclude<keyof Totals, "told">) => totals[name] - (before?.[name] ?? 0);
  return {
    totals,
    figures: {
      rtt: rtt === null ? null : rtt * 1_000,
      sendable: number(pair?.availableOutgoingBitrate),
      sent: before && at > before.at ? (since("sentBytes") * 8_000) / (at - before.at) : null,
      lostThere: isOld ? null : number(told?.fractionLost),
      lostHere: before ? share(since("lost"), since("got") + since("lost")) : null,
      madeUp: before ? share(since("madeUp"), since("samples")) : null,
    },
  };
}

/** By our own clock: the browser's stamps are of another one. */
function lastTold(mark: number | null, before: Totals | null, at: number): Totals["told"] {
  return before && before.told.mark === mark ? before.told : { mark, since: at };
}

function pairOf(all: readonly Entry[]): Entry | undefined {
  const transport = all.find(
    ({ type, selectedCandidatePairId }) => type === "transport" && selectedCandidatePairId,
  );
  return (
    all.find(({ id }) => id !== undefined && id === transport?.selectedCandidatePairId) ??
    all.find(({ type, nominated, state }) => type === "candidate-pair" && nominated && state === "succeeded")
  );
}

const audioOf = (all: readonly Entry[], type: string) =>
  all.find((entry) => entry.type === type && entry.kind === "audio");

const number = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : null);
const count = (value: unknown) => number(value) ?? 0;
const share = (part: number, whole: number) => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : null);
