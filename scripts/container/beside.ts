/** Caddy and coturn of the system on the very files of deploy/, changed only in what a test must change: ports, and who signs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIce } from "../../server/signaling/ice.ts";
import { freePort } from "../../web/journeys/product.ts";
import { ROOT } from "../setup.ts";
import { output } from "./image.ts";

/** Higher: one that does not start is noticed later. Lower: a busy machine fails the test. */
const START_MS = 30_000;

/** Runs a program until it says `ready`; `close` ends it and takes its folder away. */
async function run(folder: string, command: string[], env: Record<string, string>, ready: RegExp) {
  const log = join(folder, "log");
  const out = Bun.file(log);
  const child = Bun.spawn(command, {
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: out,
    stderr: out,
  });
  const close = async () => {
    child.kill("SIGTERM");
    await child.exited;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const until = performance.now() + START_MS; performance.now() < until; await Bun.sleep(20)) {
    if (ready.test(readFileSync(log, "utf8"))) return close;
    if (child.exitCode !== null) break;
  }
  const said = readFileSync(log, "utf8");
  await close();
  throw new Error(`${command[0]} did not start:\n${said}`);
}

/** Caddy by deploy/Caddyfile for "localhost", signed by Caddy itself, in front of a server on this port. */
export function startCaddy(server: number) {
  return runCaddy(join("deploy", "Caddyfile"), [server]);
}

/** The same by deploy/nodes/Caddyfile, in front of nodes on these ports; browsers find it on `port`. */
export function startCaddyOfNodes(servers: readonly number[], port?: number) {
  return runCaddy(join("deploy", "nodes", "Caddyfile"), servers, port);
}

/** Servers stand in the file with ports from 3000 on. */
async function runCaddy(
  file: string,
  servers: readonly number[],
  given?: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "tpc-caddy-"));
  const values = { TPC_DOMAIN: "localhost", TPC_OPERATOR_MAIL: "praxis@praxis.example" };
  const path = join(ROOT, file);
  const settings = output(["caddy", "adapt", "--config", path, "--adapter", "caddyfile"], values);
  const [port, plain] = [given ?? (await freePort()), await freePort()];
  const own = settings.replaceAll(/127\.0\.0\.1:300(\d)/g, (_, n) => `127.0.0.1:${servers[Number(n)]}`);
  const parsed = JSON.parse(own);
  const { http } = parsed.apps;
  Object.assign(http, { http_port: plain, https_port: port });
  http.servers.srv0.listen = [`:${port}`];
  parsed.apps.pki = { certificate_authorities: { local: { install_trust: false } } };
  const config = join(folder, "caddy.json");
  writeFileSync(config, JSON.stringify(parsed));
  const env = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const close = await run(
    folder,
    ["caddy", "run", "--config", config],
    env,
    /certificate obtained successfully/,
  );
  return { port, close };
}

/** coturn by deploy/turnserver.conf on loopback. `reaches`: whether it lets somebody with our credentials send to an address. */
export async function startCoturn() {
  const folder = mkdtempSync(join(tmpdir(), "tpc-coturn-"));
  const secret = crypto.randomUUID();
  const port = await freePort();
  const conf = readFileSync(join(ROOT, "deploy", "turnserver.conf"), "utf8");
  const own = ["realm=praxis.example", `static-auth-secret=${secret}`];
  const path = join(folder, "turnserver.conf");
  writeFileSync(
    path,
    [conf.replace(/^listening-port=\d+$/m, `listening-port=${port}`), ...own, ""].join("\n"),
  );
  const loopback = ["127.0.0.1", "::1"].flatMap((ip) => [`--listening-ip=${ip}`, `--relay-ip=${ip}`]);
  const files = [
    "--verbose",
    "--log-file=stdout",
    `--pidfile=${join(folder, "pid")}`,
    `--userdb=${join(folder, "db")}`,
  ];
  const close = await run(
    folder,
    ["turnserver", "-c", path, ...loopback, ...files],
    {},
    /listener opened on : [^\n]*::1/i,
  );
  const reaches = async (peer: string, password?: string): Promise<boolean> => {
    const ice = createIce({ stun: null, turn: { url: "turn:localhost", secret }, newUser: () => "somebody" });
    const given = ice({ mono: 0, wall: Date.now() })[0] ?? { username: "", credential: "" };
    const user = ["-u", given.username ?? "", "-w", password ?? given.credential ?? ""];
    const way = peer.includes(":") ? ["-x", "::1"] : ["-X", "127.0.0.1"];
    const ask = ["turnutils_uclient", "-v", "-c", "-n", "1", "-p", String(port), "-e", peer, ...user, ...way];
    // a channel is bound or refused; then it would wait for what comes back
    const child = Bun.spawn(ask, { stdin: "ignore", stdout: "pipe", stderr: "ignore", timeout: START_MS });
    let said = "";
    for await (const chunk of child.stdout) {
      said += new TextDecoder().decode(chunk);
      if (/success: 0x|error \d+|cannot complete/i.test(said)) break;
    }
    child.kill();
    return said.includes("success: 0x");
  };
  return { reaches, close };
}
