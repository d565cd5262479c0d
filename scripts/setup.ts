/** What a fresh machine lacks: packages by the lock file, and the web build. Runs before anything that imports a package. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The folder of the repository. */
export const ROOT = join(import.meta.dir, "..");

/** Runs a command in the repository and waits; its exit code is returned, its output goes to ours. */
export async function run(command: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const child = Bun.spawn([...command], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdout: "inherit",
    stderr: "inherit",
    stdin: "ignore",
  });
  return await child.exited;
}

/** Runs a command that must succeed; ends the process with a sentence where it does not. */
export async function must(
  what: string,
  command: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const code = await run(command, env);
  if (code === 0) return;
  console.error(`${what} failed (exit ${code}); what it printed stands above.`);
  process.exit(1);
}

/** Installs exactly what bun.lock names, where that is not done yet. */
export async function installPackages(): Promise<void> {
  const stamp = join(ROOT, "node_modules", ".installed");
  const lock = join(ROOT, "bun.lock");
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return;
  await must("Installing packages", [process.execPath, "install", "--frozen-lockfile"]);
  await Bun.write(stamp, "");
}

/** Builds the pages where a source is newer than the last build. */
export async function buildWeb(): Promise<void> {
  const built = join(ROOT, "dist", "index.html");
  const sources = ["web", "wasm", "wire", "package.json"].map((part) => newest(join(ROOT, part)));
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources)) return;
  await must("Building the pages", [
    process.execPath,
    "--bun",
    "x",
    "vite",
    "build",
    "web",
    "--logLevel",
    "warn",
  ]);
}

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
