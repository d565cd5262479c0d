/** The WebTransport addon needs glibc 2.38 (Debian 13). On an older Debian a copy of Bun is kept in `.cache` beside Debian 13's own
 * libc, and the server runs on that copy; nothing of the system or of node_modules is changed. Where that is not possible, the server
 * runs on the Bun that is here, by WebSocket alone. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { debianMirror, KEYRING } from "./debian.ts";
import { keptBun, keptBunPath } from "./kept-bun.ts";
import { ROOT, run } from "./setup.ts";

const FOLDER = join(ROOT, ".cache", "glibc");
/** Debian's name of each architecture that the addon is built for, and its folder of libraries and loader. */
const MACHINES: Record<string, { libraries: string; loader: string }> = {
  x64: { libraries: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  arm64: { libraries: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
};
/** With paths of some lengths patchelf moves the program so that it crashes at its start; with a longer one it does not. */
const LONGER_MAX = 12;

/** The Bun that the server runs on here; prepared first where this system's glibc is too old for the addon. */
export async function serverBun(): Promise<string> {
  const kept = keptBun();
  if (kept !== null && (await loadsQuic(kept))) return kept;
  if (await loadsQuic(process.execPath)) return process.execPath;
  return (await prepare()) ?? process.execPath;
}

async function loadsQuic(bun: string): Promise<boolean> {
  const binding = new URL("../napi.cjs", import.meta.resolve("@moq/web-transport")).pathname;
  const child = Bun.spawn([bun, "-e", `require(${JSON.stringify(binding)})`], {
    stdout: "ignore",
    stderr: "ignore",
    stdin: "ignore",
  });
  return (await child.exited) === 0;
}

/** Null where something of it is missing here: Debian, its packages, or patchelf. */
async function prepare(): Promise<string | null> {
  const machine = MACHINES[process.arch];
  const able = process.platform === "linux" && machine && existsSync(KEYRING) && Bun.which("apt-get");
  if (!able || !Bun.which("dpkg-deb") || !Bun.which("patchelf")) return null;
  console.log("Getting Debian 13's libc into .cache for WebTransport (once).");
  rmSync(FOLDER, { recursive: true, force: true });
  const libc = await downloadLibc();
  if (libc === null || (await run(["dpkg-deb", "-x", libc, join(FOLDER, "root")])) !== 0) return null;
  for (let longer = 0; longer < LONGER_MAX; longer++) {
    const bun = await patch(machine, longer);
    if (bun !== null && (await loadsQuic(bun))) return bun;
  }
  // a copy that does not run must not be found by others
  rmSync(keptBunPath(), { force: true });
  return null;
}

/** The package of Debian 13's libc, by apt with lists and caches of our own. */
async function downloadLibc(): Promise<string | null> {
  const folders = ["lists/partial", "cache/archives/partial", "sources", "deb"];
  for (const folder of folders) mkdirSync(join(FOLDER, folder), { recursive: true });
  writeFileSync(join(FOLDER, "sources", "trixie.sources"), source());
  const apt = [
    "apt-get",
    "-qq",
    ...["-o", "Dir::Etc::SourceList=/dev/null"],
    ...["-o", `Dir::Etc::SourceParts=${join(FOLDER, "sources")}`],
    ...["-o", `Dir::State::Lists=${join(FOLDER, "lists")}`],
    ...["-o", `Dir::Cache=${join(FOLDER, "cache")}`],
    // else apt gives the download to a user who cannot write here, and says so
    ...["-o", "APT::Sandbox::User="],
  ];
  if ((await run([...apt, "update"])) !== 0) return null;
  const download = Bun.spawn([...apt, "download", "libc6/trixie"], {
    cwd: join(FOLDER, "deb"),
    stdin: "ignore",
  });
  if ((await download.exited) !== 0) return null;
  const [name] = readdirSync(join(FOLDER, "deb"));
  return name === undefined ? null : join(FOLDER, "deb", name);
}

function source(): string {
  return [
    "Types: deb",
    `URIs: ${debianMirror()}`,
    "Suites: trixie",
    "Components: main",
    `Signed-By: ${KEYRING}`,
    "",
  ].join("\n");
}

type Machine = { libraries: string; loader: string };

/** `longer`: so many steps that lead nowhere are put into the path of the libc. */
async function patch({ libraries, loader }: Machine, longer: number): Promise<string | null> {
  const libc = `${FOLDER}${"/.".repeat(longer)}/root/usr/lib/${libraries}`;
  const bun = keptBunPath();
  cpSync(process.execPath, bun, { dereference: true });
  // not `join`, which would take the steps out again
  const search = [libc, join("/usr/lib", libraries), join("/lib", libraries)].join(":");
  const code = await run([
    ...["patchelf", "--set-interpreter", `${libc}/${loader}`],
    ...["--force-rpath", "--set-rpath", search, bun],
  ]);
  return code === 0 ? bun : null;
}
