/** Runs an image as compose.yaml says, by crun: an OCI runtime, so the root that cannot be written, the user, the rights and the
 * memory-only folders are the kernel's doing, as under Docker. Left out are cgroups (limits), seccomp, and a network of its own. */
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Service } from "./compose.ts";
import type { Image } from "./image.ts";

/** Higher: a container that does not start is noticed later. Lower: a busy machine fails the test. */
const START_MS = 60_000;

export type Box = {
  /** Everything it said so far. */
  log(): string;
  /** Runs a command in it, as the container's user. */
  exec(...command: string[]): { code: number; said: string };
  /** Sends SIGTERM and waits: the exit code and how long it took. */
  stop(): Promise<{ code: number; ms: number }>;
};

/** An empty folder as a fresh volume is: the image's user owns it. */
export function volume(user: number): { path: string; remove(): void } {
  const top = mkdtempSync(join(tmpdir(), "tpc-box-"));
  const path = join(top, "data");
  mkdirSync(path, { mode: 0o700 });
  chownSync(path, user, user);
  return { path, remove: () => rmSync(top, { recursive: true, force: true }) };
}

/** Starts it and waits until the product says that it is ready. */
export async function startBox(
  image: Image,
  service: Service,
  data: string,
  env: Record<string, string>,
): Promise<Box> {
  const folder = mkdtempSync(join(tmpdir(), "tpc-crun-"));
  const spec = specOf(image, service, data, env);
  writeFileSync(join(folder, "config.json"), JSON.stringify(spec));
  const pid = join(folder, "pid");
  const crun = (...rest: string[]) => [
    ...["unshare", "--mount", "sh", "-c", `${NO_HYBRID}; exec crun "$@"`, "crun"],
    ...["--root", join(folder, "state"), "--cgroup-manager=disabled", ...rest],
  ];
  const child = Bun.spawn(crun("run", "--bundle", folder, "--pid-file", pid, "box"), {
    stdin: "ignore",
    stdout: Bun.file(join(folder, "log")),
    stderr: Bun.file(join(folder, "log.err")),
  });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const log = () => `${read("log")}${read("log.err")}`;
  const { uid } = spec.process.user;
  const exec = (...command: string[]) => {
    const run = crun("exec", "--cwd", spec.process.cwd, "--user", `${uid}:${uid}`, "box", ...command);
    const { exitCode, stdout, stderr } = Bun.spawnSync(run, { stdin: "ignore" });
    return { code: exitCode, said: `${stdout}${stderr}` };
  };
  const stop = async () => {
    const began = performance.now();
    process.kill(Number(read("pid")), "SIGTERM");
    const code = await child.exited;
    return { code, ms: performance.now() - began };
  };
  const until = performance.now() + START_MS;
  while (performance.now() < until && child.exitCode === null) {
    if (log().includes(" is ready: ")) return { log, exec, stop };
    await Bun.sleep(50);
  }
  child.kill("SIGKILL");
  throw new Error(`the container did not start:\n${log()}`);
}

/** crun refuses both kinds of cgroups at once even where it is to use none: it does not see the second one then. */
const NO_HYBRID = "umount --lazy /sys/fs/cgroup/unified 2>/dev/null";

function specOf({ config, root }: Image, service: Service, data: string, env: Record<string, string>) {
  const uid = Number((service.user ?? config.User).split(":")[0]);
  const settings = { ...service.environment, ...env };
  const rights = service.cap_drop?.includes("ALL") ? [] : ["CAP_NET_BIND_SERVICE", "CAP_CHOWN"];
  const sets = ["bounding", "effective", "inheritable", "permitted", "ambient"];
  return {
    ociVersion: "1.0.0",
    process: {
      user: { uid, gid: uid },
      args: config.Cmd,
      cwd: config.WorkingDir,
      env: [...config.Env, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)],
      capabilities: Object.fromEntries(sets.map((set) => [set, rights])),
      noNewPrivileges: service.security_opt?.includes("no-new-privileges:true") ?? false,
    },
    root: { path: root, readonly: service.read_only ?? false },
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755"] },
      ...service.tmpfs.map(memoryFolder),
      { destination: "/data", type: "bind", source: data, options: ["bind", "rw", "nosuid", "nodev"] },
    ],
    linux: {
      namespaces: ["pid", "ipc", "uts", "mount"].map((type) => ({ type })),
      readonlyPaths: ["/proc/sys"],
    },
  };
}

function memoryFolder(entry: string) {
  const [destination = "", options = ""] = entry.split(":");
  return { destination, type: "tmpfs", source: "tmpfs", options: options.split(",") };
}
