/** Builds the Dockerfile without a Docker daemon: buildah on stand-ins for its two base images, Debian 13 by debootstrap and the Bun
 * that is here. What only this machine needs (its mirror, its certificates, its cache) is mounted while building and is in no image. */
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { debianMirror } from "../debian.ts";
import { ROOT } from "../setup.ts";

const FOLDER = join(ROOT, ".cache", "container");
const TRIXIE = join(FOLDER, "trixie.tar");
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
const TAG = "localhost/therapsy-connect:test";

/** What buildah says of an image. */
export type ImageConfig = {
  Env: string[];
  Cmd: string[];
  User: string;
  WorkingDir: string;
  Volumes: Record<string, object>;
  Healthcheck: { Test: string[] };
};

/** An image, and its files as a folder. */
export type Image = { config: ImageConfig; root: string; layers: number[]; remove(): void };

/** Runs a command to its end; what it printed on stdout. Throws with all it said. */
export function output(command: readonly string[], env: Record<string, string> = {}): string {
  const child = Bun.spawnSync([...command], { cwd: ROOT, env: { ...process.env, ...env }, stdin: "ignore" });
  if (child.exitCode === 0) return child.stdout.toString().trim();
  throw new Error(`${command.slice(0, 4).join(" ")} failed:\n${child.stdout}\n${child.stderr}`);
}

/** Builds the repository's Dockerfile as it is. */
export function buildImage(): Image {
  mkdirSync(FOLDER, { recursive: true });
  // in a folder of its own: nothing of images that are here already counts, and nothing is left behind
  const store = mkdtempSync(join(FOLDER, "store-"));
  const buildah = (...rest: string[]) =>
    output(["buildah", "--root", join(store, "root"), "--runroot", join(store, "run"), ...rest], {
      STORAGE_DRIVER: "overlay",
      BUILDAH_ISOLATION: "chroot",
    });
  const remove = () => {
    buildah("umount", "--all");
    buildah("rm", "--all");
    rmSync(store, { recursive: true, force: true });
  };
  const standIn = (name: string, from: string, to: string) => {
    const made = buildah("from", "scratch");
    buildah("add", "--quiet", made, from, to);
    buildah("commit", "--quiet", "--rm", made, name);
  };
  try {
    standIn("localhost/base", trixie(), "/");
    standIn("localhost/bun", realpathSync(Bun.which("bun") ?? process.execPath), "/usr/local/bin/bun");
    const args = ["--build-arg", "BASE=localhost/base", "--build-arg", "BUN=localhost/bun"];
    buildah("bud", "--pull-never", "--format", "docker", ...args, ...mounts(store), "--tag", TAG, ".");
    const about = JSON.parse(buildah("inspect", "--type", "image", TAG));
    const { config } = about.Docker as { config: ImageConfig };
    const { layers } = JSON.parse(about.Manifest) as { layers: { size: number }[] };
    const root = buildah("mount", buildah("from", "--pull-never", TAG));
    return { config, root, layers: layers.map(({ size }) => size), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Debian 13 as a tar, made once: buildah unpacks it. */
function trixie(): string {
  if (existsSync(TRIXIE)) return TRIXIE;
  const folder = mkdtempSync(join(FOLDER, "trixie-"));
  try {
    output(["debootstrap", "--variant=minbase", "trixie", folder, debianMirror()]);
    output([
      "tar",
      "--create",
      "--exclude=./var/cache/apt/archives/*.deb",
      `--file=${TRIXIE}.part`,
      "-C",
      folder,
      ".",
    ]);
    output(["mv", `${TRIXIE}.part`, TRIXIE]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return TRIXIE;
}

/** Packages that were fetched before, this machine's certificates, and its choice of a registry. */
function mounts(store: string): string[] {
  const cache = output(["bun", "pm", "cache"]);
  mkdirSync(cache, { recursive: true });
  const pairs = [`${cache}:/root/.bun/install/cache`];
  const npmrc = join(homedir(), ".npmrc");
  if (existsSync(npmrc)) pairs.push(`${npmrc}:/root/.npmrc:ro`);
  if (existsSync(CERTIFICATES)) {
    const settings = join(store, "bunfig.toml");
    writeFileSync(settings, `[install]\ncafile = "${CERTIFICATES}"\n`);
    pairs.push(`${CERTIFICATES}:${CERTIFICATES}:ro`, `${settings}:/root/.bunfig.toml:ro`);
  }
  return pairs.flatMap((pair) => ["--volume", pair]);
}
