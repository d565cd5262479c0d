/** What a crowd costs the server: memory and processor read from the kernel, times as the pages see them. */
import { cpuMsOf, idleMs, memoryOf } from "../relay/machine.ts";
import { rounded } from "../rounded.ts";

export type Use = {
  readonly seconds: number;
  readonly serverCpuPercent: number;
  readonly generatorCpuPercent: number;
  readonly hostIdlePercent: number;
};

/** What server, generator and machine used while `run` ran. 100 % is one processor. */
export async function during<T>(pid: number, run: () => Promise<T>): Promise<{ result: T; use: Use }> {
  const [at, cpu, idle, own] = [performance.now(), cpuMsOf(pid), idleMs(), process.cpuUsage()];
  const result = await run();
  const ms = performance.now() - at;
  const after = idleMs();
  const spent = process.cpuUsage(own);
  const use = {
    seconds: rounded(ms / 1000, 1),
    serverCpuPercent: rounded(((cpuMsOf(pid) - cpu) / ms) * 100, 1),
    generatorCpuPercent: rounded((spent.user + spent.system) / 10 / ms, 1),
    hostIdlePercent: rounded(((after.ms - idle.ms) / ms / after.processors) * 100, 1),
  };
  return { result, use };
}

/** MiB more than before, and KiB for each of `count`. */
export async function growth<T>(pid: number, count: number, run: () => Promise<T>) {
  const before = memoryOf(pid);
  const result = await run();
  const after = memoryOf(pid);
  const grown = {
    beforeMiB: before,
    afterMiB: after,
    kibEach: rounded(((after - before) * 1024) / count, 1),
  };
  return { result, grown };
}

/** Starts `count` of them evenly within `withinMs`; each one's time in milliseconds, or what went wrong. */
export async function spread<T>(
  count: number,
  withinMs: number,
  start: (index: number) => Promise<T>,
): Promise<{ done: T[]; ms: number[]; errors: string[] }> {
  const [done, ms, errors]: [T[], number[], string[]] = [[], [], []];
  const began = performance.now();
  const one = async (index: number) => {
    await Bun.sleep(Math.max(0, began + (index * withinMs) / count - performance.now()));
    const at = performance.now();
    try {
      done.push(await inTime(start(index)));
      ms.push(performance.now() - at);
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
    }
  };
  await Promise.all(Array.from({ length: count }, (_, index) => one(index)));
  return { done, ms, errors };
}

/** Who is not in by then counts as an error. */
const LATE_MS = 30_000;

function inTime<T>(wait: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("not in after 30 s")), LATE_MS);
    wait.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
