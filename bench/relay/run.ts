/** One run: everybody joins, the call settles, then it counts for a while. */
import type { Contender, Place } from "./contender.ts";
import { DIP_MS, type Dip, dipOf, WHO } from "./dip.ts";
import { countSent, cpuMsOf, idleMs, tokioThreadsOf } from "./machine.ts";
import { begin, reportOf } from "./people.ts";
import { rowOf, type Setting } from "./row.ts";

export type Times = {
  /** Between two who join. */
  readonly betweenMs: number;
  /** After the last, before it counts. */
  readonly settleMs: number;
  readonly watchMs: number;
};

/** Everybody joins one after the other; then what was seen and used in `watchMs`, or around a dip. Closes nothing. */
export async function measure(contender: Contender, place: Place, setting: Setting, times: Times) {
  const { people, server } = contender;
  while (people.length < setting.people) {
    await contender.join();
    await Bun.sleep(times.betweenMs);
  }
  await Bun.sleep(times.settleMs);
  const early = await Promise.all(people.map(reportOf));
  const sent = countSent(server.sends);
  try {
    await Promise.all(people.map(begin));
    const before = await taken(contender, sent.bytes());
    const dip = await watch(place, setting.dipKbit, times.watchMs);
    const after = await taken(contender, sent.bytes());
    const reports = await Promise.all(people.map(reportOf));
    const ways = new Set(await Promise.all(people.map(contender.wayOf)));
    const of = { system: contender.system, transport: [...ways].join("+") };
    const row = rowOf(of, setting, { early, reports, used: between(before, after, server.pid) });
    const behind = reports.find(({ who }) => who === WHO);
    return dip && behind ? { ...row, dip: dipOf(behind, dip) } : row;
  } finally {
    sent.close();
  }
}

/** Waits; where a line is to be narrow for a while, says when it was. */
async function watch(place: Place, kbit: number | null, watchMs: number): Promise<Dip | null> {
  if (kbit === null) {
    await Bun.sleep(watchMs);
    return null;
  }
  await Bun.sleep(DIP_MS.before);
  const from = Date.now();
  place.narrow(WHO, kbit);
  await Bun.sleep(DIP_MS.narrow);
  place.narrow(WHO, null);
  const to = Date.now();
  await Bun.sleep(DIP_MS.after);
  return { kbit, from, to };
}

type Taken = Awaited<ReturnType<typeof taken>>;

async function taken({ people, server, concealedMs }: Contender, sentBytes: number | null) {
  const [at, cpuMs, idle] = [performance.now(), cpuMsOf(server.pid), idleMs()];
  const concealed = await Promise.all(people.map(concealedMs));
  return { at, cpuMs, idle, sentBytes, concealedMs: concealed.reduce(plus, 0) };
}

function between(before: Taken, after: Taken, pid: number) {
  const ms = after.at - before.at;
  const { processors } = after.idle;
  return {
    ms,
    cpuMs: after.cpuMs - before.cpuMs,
    sentBytes: minus(after.sentBytes, before.sentBytes),
    hostIdlePercent: ((after.idle.ms - before.idle.ms) / ms / processors) * 100,
    tokioThreads: tokioThreadsOf(pid),
    concealedMs: minus(after.concealedMs, before.concealedMs),
  };
}

/** What was not counted stays uncounted. */
function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
