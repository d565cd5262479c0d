/** A computer that stops dead: every process of one browser is halted, its sockets stay half open. */
import { readdirSync, readFileSync } from "node:fs";

export type Frozen = { thaw(): void };

type Process = { readonly pid: number; readonly parent: number; readonly command: string };

function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, "utf8");
        const parent = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[1]);
        return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, "utf8") }];
      } catch {
        // it ended between the two looks
        return [];
      }
    });
}

/** Halts the browser that was started with this argument. Throws where there is none. */
export function freeze(argument: string): Frozen {
  const all = processes();
  const found = all.filter(({ command }) => command.split("\0").includes(argument)).map(({ pid }) => pid);
  if (found.length === 0) throw new Error(`no browser with ${argument}`);
  const tree = new Set(found);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  for (const pid of tree) process.kill(pid, "SIGSTOP");
  return {
    thaw: () => {
      for (const pid of tree) process.kill(pid, "SIGCONT");
    },
  };
}
