/** The server's own TLS: a renewed certificate is taken while a socket stays open, and files that cannot be used are named. */
import { afterAll, describe, expect, test } from "bun:test";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type SecureVersion } from "node:tls";
import { dataFolder, spawnServer } from "./testing/process.ts";
import { makeCertificate } from "./transport/certificate.ts";

const SLOW = 60_000;
const DAY_MS = 24 * 60 * 60_000;
const folders: ReturnType<typeof dataFolder>[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

type Pem = { cert: string; key: string };

/** Two files as a program leaves them that renews certificates. */
function files(first: Pem = makeCertificate(Date.now())) {
  const folder = dataFolder();
  folders.push(folder);
  const paths = {
    TPC_TLS_CERT: join(folder.path, "fullchain.pem"),
    TPC_TLS_KEY: join(folder.path, "privkey.pem"),
  };
  const put = (path: string, text: string) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  const write = ({ cert, key }: Pem) => {
    put(paths.TPC_TLS_CERT, cert);
    put(paths.TPC_TLS_KEY, key);
  };
  write(first);
  return { paths, write, put, data: join(folder.path, "data") };
}

async function until(seen: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 20_000; performance.now() < end; await Bun.sleep(20)) {
    if (await seen()) return;
  }
  throw new Error("never seen");
}

async function startSecure(made: ReturnType<typeof files>, env: Record<string, string> = {}) {
  const origin = "https://localhost";
  const server = spawnServer(made.data, { ...made.paths, TPC_ORIGIN: origin, ...env });
  await until(() => server.out.text.includes(" is ready: ") || server.child.exitCode !== null);
  const port = Number(/"msg":"server.ready","port":(\d+)/.exec(server.out.text)?.[1]);
  return { ...server, port, origin };
}

/** The certificate and the version that a browser gets which takes these versions. */
function shaken(port: number, least: SecureVersion = "TLSv1.2", most: SecureVersion = "TLSv1.3") {
  return new Promise<{ serial: string; version: string | null }>((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port,
      minVersion: least,
      maxVersion: most,
      rejectUnauthorized: false,
    };
    const socket = connect(options, () => {
      resolve({ serial: socket.getPeerCertificate().serialNumber, version: socket.getProtocol() });
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

/** A socket to `/signal` over TLS that has asked nothing yet. */
async function openSocket(port: number, origin: string): Promise<WebSocket> {
  const Socket = WebSocket as unknown as new (url: string, options: object) => WebSocket;
  const socket = new Socket(`wss://127.0.0.1:${port}/signal`, {
    headers: { origin },
    tls: { rejectUnauthorized: false },
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("close", reject);
  });
  return socket;
}

test(
  "a renewed certificate is shown to new connections at once, and an open socket goes on; the stop ends it",
  async () => {
    const made = files();
    const { child, out, read, port, origin } = await startSecure(made);
    const before = await shaken(port);
    const socket = await openSocket(port, origin);
    const closed = new Promise<number>((resolve) =>
      socket.addEventListener("close", ({ code }) => resolve(code)),
    );
    made.write(makeCertificate(Date.now()));
    child.kill("SIGHUP");
    await until(() => out.text.includes('"tls.renewed"'));
    for (let times = 0; times < 5; times++) expect((await shaken(port)).serial).not.toBe(before.serial);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    // the server answers a word that it does not know by closing: the old socket is heard
    const answer = new Promise((resolve) => socket.addEventListener("close", resolve));
    const other = await openSocket(port, origin);
    socket.send(new Uint8Array([0xc1]));
    await answer;
    expect(await closed).toBeGreaterThanOrEqual(1002);
    const told = new Promise<number>((resolve) =>
      other.addEventListener("close", ({ code }) => resolve(code)),
    );
    child.kill("SIGTERM");
    expect(await told).toBe(1001);
    expect(await child.exited).toBe(0);
    await read;
  },
  SLOW,
);

test(
  "a socket of the old certificate is told when the server stops",
  async () => {
    const made = files();
    const { child, out, port, origin } = await startSecure(made);
    const socket = await openSocket(port, origin);
    const closed = new Promise<number>((resolve) =>
      socket.addEventListener("close", ({ code }) => resolve(code)),
    );
    made.write(makeCertificate(Date.now()));
    child.kill("SIGHUP");
    await until(() => out.text.includes('"tls.renewed"'));
    const began = performance.now();
    child.kill("SIGTERM");
    expect(await closed).toBe(1001);
    expect(await child.exited).toBe(0);
    expect(performance.now() - began).toBeLessThan(2000);
  },
  SLOW,
);

test(
  "half a renewal changes nothing and is said once; the other half makes it whole",
  async () => {
    const made = files();
    const { child, out, port } = await startSecure(made);
    const before = await shaken(port);
    const next = makeCertificate(Date.now());
    made.put(made.paths.TPC_TLS_CERT, next.cert);
    child.kill("SIGHUP");
    await until(() => out.text.includes('"msg":"tls.refused","fault":"mismatch"'));
    expect((await shaken(port)).serial).toBe(before.serial);
    made.put(made.paths.TPC_TLS_KEY, next.key);
    child.kill("SIGHUP");
    await until(() => out.text.includes('"tls.renewed"'));
    expect((await shaken(port)).serial).not.toBe(before.serial);
    expect(out.text.match(/tls\.refused/g)?.length).toBe(1);
    child.kill("SIGTERM");
    await child.exited;
  },
  SLOW,
);

test(
  "TLS 1.2 and 1.3 are spoken, nothing older, and browsers are told to stay with it for a year",
  async () => {
    const { child, port } = await startSecure(files());
    expect((await shaken(port, "TLSv1.2", "TLSv1.2")).version).toBe("TLSv1.2");
    expect((await shaken(port)).version).toBe("TLSv1.3");
    expect(await shaken(port, "TLSv1", "TLSv1.1").catch(({ message }) => String(message))).toMatch(
      /protocol.?version/i,
    );
    const answer = await fetch(`https://127.0.0.1:${port}/api/health`, {
      tls: { rejectUnauthorized: false },
    });
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
    child.kill("SIGTERM");
    await child.exited;
  },
  SLOW,
);

describe("what cannot be used is refused by name", () => {
  const good = makeCertificate(Date.now());
  const other = makeCertificate(Date.now());
  test.each([
    ["TPC_TLS_CERT holds no certificate", { cert: "nothing", key: good.key }],
    ["TPC_TLS_CERT holds no certificate", { cert: good.key, key: good.key }],
    ["TPC_TLS_KEY holds no private key", { cert: good.cert, key: "" }],
    ["TPC_TLS_KEY holds no private key", { cert: good.cert, key: good.cert }],
    ["TPC_TLS_KEY is the key of another", { cert: good.cert, key: other.key }],
  ])(
    "%s …",
    async (sentence, pair) => {
      const made = files(pair);
      const { child } = spawnServer(made.data, made.paths);
      const said = await new Response(child.stderr).text();
      expect([await child.exited, said]).toEqual([2, expect.stringContaining(sentence)]);
      expect(said.trim().split("\n").length).toBe(1);
    },
    SLOW,
  );

  test(
    "a port that another server of ours has is taken, with TLS too",
    async () => {
      const pem = { cert: good.cert, key: good.key };
      const taken = Bun.serve({
        hostname: "127.0.0.1",
        port: 0,
        reusePort: true,
        fetch: () => new Response(),
      });
      const made = files(pem);
      for (const env of [made.paths, {}]) {
        const { child } = spawnServer(made.data, { ...env, TPC_PORT: String(taken.port) });
        const said = await new Response(child.stderr).text();
        expect([await child.exited, said]).toEqual([2, expect.stringContaining("TPC_PORT")]);
      }
      await taken.stop(true);
    },
    SLOW,
  );
});

test(
  "a certificate that ends soon, or is for another name, is taken and doubted",
  async () => {
    const made = files(makeCertificate(Date.now() - 10 * DAY_MS));
    const { child, out } = await startSecure(made, { TPC_ORIGIN: "https://praxis.example" });
    expect(out.text).toContain('"level":"warn","msg":"tls.ends","days":2');
    expect(out.text).toContain('"level":"warn","msg":"tls.other-host"');
    child.kill("SIGTERM");
    await child.exited;
  },
  SLOW,
);
