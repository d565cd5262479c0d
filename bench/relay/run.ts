/** One run: everybody joins, the call settles, then it counts for a while. */
import type { Contender } from "./contender.ts";
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

/** Everybody joins one after the other; then what was seen and used in `watchMs`. Closes nothing. */
export async function measure(contender: Contender, setting: Setting, times: Times) {
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
    await Bun.sleep(times.watchMs);
    const after = await taken(contender, sent.bytes());
    const reports = await Promise.all(people.map(reportOf));
    return rowOf(contender, setting, { early, reports, used: between(before, after, server.pid) });
  } finally {
    sent.close();
  }
}

type Taken = Awaited<ReturnType<typeof taken>>;

async function taken({ people, server, concealedMs }: Contender, sentBytes: number | null) {
  const [at, cpuMs, idle] = [performance.now(), cpuMsOf(server.pid), idleMs()];
  const concealed = await Promise.all(people.map(concealedMs));
  return { at, cpuMs, idle, sentBytes, concealedMs: concealed.reduce((sum, ms) => sum + ms, 0) };
}

function between(before: Taken, after: Taken, pid: number) {
  const ms = after.at - before.at;
  const { processors } = after.idle;
  return {
    ms,
    cpuMs: after.cpuMs - before.cpuMs,
    sentBytes:
      before.sentBytes === null || after.sentBytes === null ? null : after.sentBytes - before.sentBytes,
    hostIdlePercent: ((after.idle.ms - before.idle.ms) / ms / processors) * 100,
    tokioThreads: tokioThreadsOf(pid),
    concealedMs: after.concealedMs - before.concealedMs,
  };
}
