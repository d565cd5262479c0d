/** The product as a process: it starts from nothing, refuses what it does not know, stops cleanly, and loses nothing that
 * it confirmed, however it ends. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Driver from "libsql";
import { noise } from "../db/testing/samples.ts";
import { base64url } from "../wire/bytes.ts";
import { type ItemId, newId, type Rid } from "../wire/ids.ts";
import { decodeSignal, encodeSignal, toBrowser } from "../wire/signal.ts";
import { SIGNAL_VERSION } from "../wire/version.ts";
import { dataFolder, type ServerProcess, sizeOf, spawnServer, startServer } from "./testing/process.ts";
import { type Browser, createBrowser, ORIGIN, register, sampleRegistration } from "./testing/rig.ts";

const SLOW = 60_000;
const folders: ReturnType<typeof dataFolder>[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

function newFolder() {
  const folder = dataFolder();
  folders.push(folder);
  return folder;
}

function change(base: number, bytes = 296) {
  const item = { id: newId<ItemId>(), version: 1, box: base64url(noise(bytes)) };
  return {
    base,
    manifest: base64url(noise(40)),
    put: [item],
    drop: [],
    links: { add: [newId<Rid>()], drop: [] },
  };
}

function integrity(file: string): unknown {
  const db = new Driver(file);
  const [value] = db.prepare("PRAGMA integrity_check").raw(true).get() as unknown[];
  db.close();
  return value;
}

/** Bun's WebSocket takes headers, which the types of browsers do not know. */
function openSocket(port: number): WebSocket {
  const Socket = WebSocket as unknown as new (url: string, options: { headers: object }) => WebSocket;
  return new Socket(`ws://127.0.0.1:${port}/signal`, { headers: { origin: ORIGIN } });
}

/** A client's page at the door of its link; `heard` is what the server said, by word. */
function joinSocket(port: number, rid: Rid) {
  const socket = openSocket(port);
  const heard: string[] = [];
  const door = Promise.withResolvers<void>();
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => socket.send(encodeSignal({ t: "hello", v: SIGNAL_VERSION, rid })));
  socket.addEventListener("message", ({ data }) => {
    const said = decodeSignal(toBrowser, new Uint8Array(data as ArrayBuffer))?.t ?? "?";
    heard.push(said);
    if (said === "door") door.resolve();
  });
  return { socket, heard, welcomed: door.promise };
}

async function ended(server: ServerProcess, signal: NodeJS.Signals): Promise<{ code: number; ms: number }> {
  const began = performance.now();
  server.kill(signal);
  return { code: await server.exited, ms: performance.now() - began };
}

describe("starting and stopping", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "%s ends it within 2 s with a socket open: the page is told, the database closed",
    async (signal) => {
      const folder = newFolder();
      const server = await startServer(folder.path);
      const { browser } = await register(server);
      const vault = change(0);
      await browser.ask("POST", "/api/vault", vault);
      const { socket, heard, welcomed } = joinSocket(server.port, vault.links.add[0] ?? newId<Rid>());
      await welcomed;
      const closed = new Promise<number>((resolve) =>
        socket.addEventListener("close", (event) => resolve(event.code)),
      );
      const { code, ms } = await ended(server, signal);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(2000);
      expect(await closed).toBe(1001);
      expect(heard).toEqual(["welcome", "door", "stopping"]);
      expect(sizeOf(`${folder.file}-wal`)).toBe(0);
      expect(integrity(folder.file)).toBe("ok");
      expect(await server.printed()).toContain('"msg":"server.stopped"');
    },
    SLOW,
  );

  test(
    "an address to open is printed for people, and the key file is nobody else's",
    async () => {
      const folder = newFolder();
      const server = await startServer(folder.path, { TPC_ORIGIN: "" });
      expect(statSync(join(folder.path, "server.key")).mode & 0o777).toBe(0o600);
      expect(statSync(folder.path).mode & 0o077).toBe(0);
      await ended(server, "SIGTERM");
      expect(await server.printed()).toContain(
        `\nTheraPsy Connect is ready: http://localhost:${server.port}\n`,
      );
    },
    SLOW,
  );

  async function refusal(data: string, env: Record<string, string>): Promise<{ code: number; said: string }> {
    const { child } = spawnServer(data, env);
    return { code: await child.exited, said: await new Response(child.stderr).text() };
  }

  test(
    "what it does not know, and what cannot be, is refused by name; no value is repeated",
    async () => {
      const { code, said } = await refusal(newFolder().path, {
        TPC_PROT: "80",
        TPC_LOG: "loud",
        REGISTRATION_CODE: "marked-value",
      });
      expect(code).toBe(2);
      expect(said.trim().split("\n").length).toBe(3);
      for (const name of ["TPC_PROT", "TPC_LOG", "REGISTRATION_CODE"]) expect(said).toContain(name);
      expect(said).not.toContain("marked-value");
    },
    SLOW,
  );

  test(
    "a key file of another database is refused: nobody could log in",
    async () => {
      const folder = newFolder();
      await ended(await startServer(folder.path), "SIGTERM");
      writeFileSync(join(folder.path, "server.key"), noise(32));
      const { code, said } = await refusal(folder.path, {});
      expect([code, said]).toEqual([2, expect.stringContaining("server.key")]);
    },
    SLOW,
  );

  test(
    "a taken port, a taken STUN port, a folder that cannot be: one sentence each, and no trace of code",
    async () => {
      const taken = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() });
      const udp = await Bun.udpSocket({ hostname: "127.0.0.1" });
      const cases: [string, string, Record<string, string>][] = [
        ["TPC_PORT", newFolder().path, { TPC_PORT: String(taken.port) }],
        ["TPC_STUN_PORT", newFolder().path, { TPC_STUN_PORT: String(udp.port) }],
        ["TPC_DATA", join(import.meta.path, "no-folder"), {}],
        ["TPC_DATABASE_URL", newFolder().path, { TPC_DATABASE_URL: "http://127.0.0.1:1" }],
      ];
      for (const [name, data, env] of cases) {
        const { code, said } = await refusal(data, env);
        expect([code, said]).toEqual([2, expect.stringContaining(name)]);
        expect(said.trim().split("\n").length).toBe(1);
      }
      await taken.stop(true);
      udp.close();
    },
    SLOW,
  );
});

describe("what was confirmed stays", () => {
  /** Writes without pause until the server is gone; what it confirmed is in `kept`. */
  async function write(
    browser: Browser,
    from: number,
    kept: { counter: number; ids: string[] },
  ): Promise<void> {
    for (let counter = from; ; counter++) {
      const next = change(counter);
      const got = await browser.ask("POST", "/api/vault", next).catch(() => null);
      if (got?.status !== 200) return;
      kept.counter = counter + 1;
      kept.ids.push(...next.put.map((item) => item.id));
    }
  }

  async function registerOn(server: ServerProcess, kept: string[]): Promise<void> {
    for (;;) {
      const sent = sampleRegistration();
      const got = await createBrowser(server)
        .ask("POST", "/api/accounts", sent)
        .catch(() => null);
      if (got?.status !== 201) return;
      kept.push(sent.user);
    }
  }

  test(
    "kill -9 in the middle of vault writes and registrations, six times: no confirmed one is lost",
    async () => {
      const folder = newFolder();
      let server = await startServer(folder.path);
      const { browser: first, sent } = await register(server);
      const cookie = first.cookie();
      const kept = { counter: 0, ids: [] as string[] };
      const users: string[] = [];
      for (let round = 0; round < 6; round++) {
        const browser = createBrowser(server, { cookie });
        const now = (await browser.ask("GET", "/api/vault")).body as { counter: number };
        const work = Promise.all([write(browser, now.counter, kept), registerOn(server, users)]);
        await Bun.sleep(150 + round * 37);
        server.kill("SIGKILL");
        await Promise.all([server.exited, work]);
        server = await startServer(folder.path);
        const seen = (await createBrowser(server, { cookie }).ask("GET", "/api/vault")).body as {
          counter: number;
          items: { id: string }[];
        };
        // one write may be stored without its answer having arrived
        expect(seen.counter - kept.counter).toBeOneOf([0, 1]);
        const ids = new Set(seen.items.map((item) => item.id));
        expect(kept.ids.filter((id) => !ids.has(id))).toEqual([]);
        expect(ids.size).toBe(seen.counter);
      }
      // a server that confirms nothing would pass all of the above
      expect(kept.ids.length).toBeGreaterThan(6);
      expect(users.length).toBeGreaterThan(6);
      for (const user of users) {
        const again = await createBrowser(server).ask("POST", "/api/accounts", {
          ...sampleRegistration(),
          user,
        });
        expect(again.body.code).toBe("account.name-taken");
      }
      const login = { user: sent.user, authKey: sent.authKey };
      expect((await createBrowser(server).ask("POST", "/api/session", login)).status).toBe(200);
      await ended(server, "SIGTERM");
      expect(integrity(folder.file)).toBe("ok");
    },
    SLOW,
  );

  test(
    "a database locked by somebody else: 503 store.busy, nothing stored, the next try works",
    async () => {
      const folder = newFolder();
      const server = await startServer(folder.path);
      const { browser } = await register(server);
      const other = new Driver(folder.file);
      other.exec("BEGIN IMMEDIATE");
      const refused = browser.ask("POST", "/api/vault", change(0));
      expect((await browser.ask("GET", "/api/vault")).status).toBe(200);
      expect(await refused).toMatchObject({ status: 503, body: { code: "store.busy" } });
      other.exec("ROLLBACK");
      other.close();
      expect((await browser.ask("GET", "/api/vault")).body).toMatchObject({ counter: 0, items: [] });
      expect(await browser.ask("POST", "/api/vault", change(0))).toMatchObject({ body: { counter: 1 } });
      await ended(server, "SIGTERM");
    },
    SLOW,
  );

  const isRoot = process.getuid?.() === 0;
  test.skipIf(!isRoot)(
    "[needs root] a full disk: 507 store.full, old data intact, works again once there is room",
    async () => {
      const disk = mkdtempSync(join(tmpdir(), "tpc-disk-"));
      Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk]);
      const filler = join(disk, "filler");
      try {
        writeFileSync(filler, new Uint8Array(512 * 1024));
        const server = await startServer(join(disk, "data"));
        const { browser } = await register(server);
        let counter = 0;
        let got = await browser.ask("POST", "/api/vault", change(counter, 32_768));
        for (; got.status === 200 && counter < 500; counter++) {
          got = await browser.ask("POST", "/api/vault", change(counter + 1, 32_768));
        }
        expect(got).toMatchObject({ status: 507, body: { code: "store.full" } });
        expect(await browser.ask("GET", "/api/vault")).toMatchObject({ status: 200, body: { counter } });
        rmSync(filler);
        const again = await browser.ask("POST", "/api/vault", change(counter));
        expect(again).toMatchObject({ status: 200, body: { counter: counter + 1 } });
        await ended(server, "SIGTERM");
        expect(integrity(join(disk, "data", "therapsy.db"))).toBe("ok");
      } finally {
        Bun.spawnSync(["umount", "-l", disk]);
        rmSync(disk, { recursive: true, force: true });
      }
    },
    SLOW,
  );
});

test(
  "[R9] nothing that marks a person, a link or a key is printed, whatever comes in",
  async () => {
    const folder = newFolder();
    const server = await startServer(folder.path, { TPC_LOG: "debug" });
    const marked = { ...sampleRegistration("marked-anna"), email: "marked@praxis.example" };
    const browser = createBrowser(server, { "user-agent": "marked-agent/1" });
    await browser.ask("POST", "/api/accounts", marked);
    const [rid] = [newId<Rid>()];
    const vault = { ...change(0), links: { add: [rid], drop: [] } };
    await browser.ask("POST", "/api/vault", vault);
    const { room } = (await browser.ask("POST", "/api/rooms", { clients: [[rid]] })).body;
    for (const path of [
      "/j%231MARKEDSECRET",
      "/j%2523MARKEDSECRET",
      "/MARKEDSECRET/%zz",
      "/api/MARKEDSECRET?x=MARKEDSECRET",
    ]) {
      await browser.ask("GET", path, undefined, { accept: "text/html" });
    }
    await browser.ask("POST", "/api/session", { user: "marked-anna", authKey: "MARKEDSECRET" });
    await browser.ask("DELETE", `/api/rooms/${room}`);
    const cookies = [...browser.jar.values()];
    await browser.ask("DELETE", "/api/account", { authKey: marked.authKey });
    await ended(server, "SIGTERM");
    const printed = await server.printed();
    expect(printed).toContain("server.ready");
    const secrets = [rid, String(room), marked.authKey, marked.salt, marked.wrap, ...cookies, "127.0.0.1"];
    for (const secret of ["arked", "MARKEDSECRET", "praxis.example", ...secrets]) {
      expect(printed).not.toContain(secret);
    }
    const stored = readFileSync(folder.file);
    for (const secret of [marked.authKey, marked.authR, ...cookies]) {
      expect(stored.includes(Buffer.from(secret, "base64url"))).toBe(false);
    }
  },
  SLOW,
);
