/** The container that an operator gets: the Dockerfile is built as it is, and run as compose.yaml says. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import Driver from "libsql";
import { noise } from "../../db/testing/samples.ts";
import { createBrowser, register } from "../../server/testing/rig.ts";
import { freePort } from "../../web/journeys/product.ts";
import { base64url } from "../../wire/bytes.ts";
import { newId, type Rid } from "../../wire/ids.ts";
import { decodeSignal, encodeSignal, toBrowser } from "../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { type Box, startBox, volume } from "./box.ts";
import { readCompose } from "./compose.ts";
import { buildImage, type Image } from "./image.ts";

const NEEDED = ["buildah", "crun", "debootstrap", "unshare"];
const able = process.getuid?.() === 0 && NEEDED.every((program) => Bun.which(program));
const SLOW = 120_000;
/** debootstrap, two installations and a build of the pages, on a machine that does something else too. */
const BUILD_MS = 600_000;
const MIB = 1024 * 1024;
/** What we add to Debian and Bun. Higher: an update takes longer for everybody. Lower: the next native package does not fit. */
const OWN_MIB_MAX = 110;

describe.skipIf(!able)("[needs root, buildah, crun and debootstrap] the container", () => {
  let image: Image;
  let port: number;
  let origin: string;
  const data = volume(1000);

  beforeAll(async () => {
    const began = performance.now();
    image = buildImage();
    port = await freePort();
    origin = `http://localhost:${port}`;
    const own = image.layers.at(-1) ?? 0;
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`image: built in ${seconds} s, ${Math.round(own / MIB)} MiB on top of Debian and Bun`);
  }, BUILD_MS);

  afterAll(() => {
    image?.remove();
    data.remove();
  }, SLOW);

  function start(): Promise<Box> {
    const app = readCompose({ TPC_DOMAIN: "praxis.example", REGISTRATION: "open" }).services.app;
    const ports = { TPC_PORT: String(port), TPC_STUN_PORT: "0", TPC_MEDIA_PORT: "0" };
    return startBox(image, app, data.path, { ...ports, TPC_ORIGIN: origin, TPC_UDP_HOST: "127.0.0.1" });
  }

  const browserAt = {
    handle: (request: Request) => {
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      if (headers.has("origin")) headers.set("origin", origin);
      const { method, body } = request;
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { method, headers, body });
    },
  };

  test("the image has what runs and nothing else", () => {
    const has = (path: string) => existsSync(join(image.root, "app", path));
    const files = [
      ...new Bun.Glob("{wire,db,server,dist}/**").scanSync({ cwd: join(image.root, "app"), dot: true }),
    ];
    expect(files.length).toBeGreaterThan(200);
    expect(
      files.filter((file) => /\.(test|journey|process)\.ts$|\/testing\/|\.env|\.pem$|\.key$/.test(file)),
    ).toEqual([]);
    for (const path of ["server/main.ts", "dist/index.html", "node_modules/elysia"])
      expect(has(path)).toBe(true);
    for (const path of [
      ".git",
      ".env",
      ".cache",
      "web",
      "bench",
      "scripts",
      "Dockerfile",
      "data",
      "compose.yaml",
    ])
      expect([path, has(path)]).toEqual([path, false]);
    for (const dev of ["vite", "typescript", "playwright", "solid-js", "@biomejs", "libsodium-wrappers-sumo"])
      expect([dev, has(`node_modules/${dev}`)]).toEqual([dev, false]);
    expect((image.layers.at(-1) ?? 0) / MIB).toBeLessThan(OWN_MIB_MAX);
  });

  test("nothing of the machine that built it is in it", () => {
    const names = image.config.Env.map((line) => line.split("=")[0]);
    expect(names.sort()).toEqual(["NODE_ENV", "PATH", "TPC_DATA", "TPC_HOST"]);
    // a mount leaves the empty file that it was hung on
    for (const path of ["root/.npmrc", "root/.bunfig.toml", "root/.bun/install/cache"])
      expect([path, bytesOf(join(image.root, path))]).toEqual([path, 0]);
    expect(image.config.User).toBe("1000:1000");
    expect(Object.keys(image.config.Volumes)).toEqual(["/data"]);
  });

  test(
    "it runs as nobody in particular, writes to /data alone, is healthy, ends in two seconds, and keeps what it had",
    async () => {
      const first = await start();
      const quic = /"quic":(\d+|null)/.exec(first.log())?.[1];
      // WebTransport's native part is loaded: Debian 13's libc is new enough for it
      expect(Number(quic)).toBeGreaterThan(0);
      const rights = first.exec("sh", "-c", "id -u; grep -E '^(CapEff|CapBnd|NoNewPrivs):' /proc/1/status");
      expect(rights.said.split(/\s+/).slice(0, 7)).toEqual([
        ...["1000", "CapEff:", "0000000000000000", "CapBnd:", "0000000000000000", "NoNewPrivs:", "1"],
      ]);
      for (const path of [
        "/app/server/x",
        "/app/x",
        "/etc/x",
        "/var/tmp/x",
        "/usr/local/bin/x",
        "/home/x",
        "/dev/x",
      ])
        expect([path, first.exec("touch", path).code]).toEqual([path, 1]);
      for (const path of ["/data/x", "/tmp/x"])
        expect([path, first.exec("touch", path).code]).toEqual([path, 0]);
      const check = image.config.Healthcheck.Test.slice(1);
      expect(first.exec(...check)).toEqual({ code: 0, said: "" });
      expect(first.exec("env", "TPC_PORT=1", ...check).code).toBe(1);

      const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: "text/html" } });
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<html")]);
      const { sent, browser } = await register(browserAt);
      const rid = newId<Rid>();
      const links = { add: [rid], drop: [] };
      const vault = { base: 0, manifest: base64url(noise(40)), put: [], drop: [], links };
      expect((await browser.ask("POST", "/api/vault", vault)).status).toBe(200);
      expect(await greeting(rid)).toBe("welcome");
      const stopped = await first.stop();
      expect(stopped.code).toBe(0);
      expect(stopped.ms).toBeLessThan(2000);
      expect(first.log()).toContain('"msg":"server.stopped"');
      const db = new Driver(join(data.path, "therapsy.db"));
      expect(db.prepare("PRAGMA integrity_check").raw(true).get()).toEqual(["ok"]);
      db.close();

      const second = await start();
      const login = { user: sent.user, authKey: sent.authKey };
      expect((await createBrowser(browserAt).ask("POST", "/api/session", login)).status).toBe(200);
      expect((await second.stop()).code).toBe(0);
    },
    SLOW,
  );

  /** Bytes of a file, entries of a folder, 0 where there is none. */
  function bytesOf(path: string): number {
    if (!existsSync(path)) return 0;
    return statSync(path).isDirectory() ? readdirSync(path).length : statSync(path).size;
  }

  /** The first word of the server to a client's page at the door of its link, or the code with which it closed. */
  function greeting(rid: Rid): Promise<string> {
    const Socket = WebSocket as unknown as new (url: string, options: { headers: object }) => WebSocket;
    const socket = new Socket(`ws://127.0.0.1:${port}/signal`, { headers: { origin } });
    socket.binaryType = "arraybuffer";
    return new Promise((resolve) => {
      socket.addEventListener("open", () =>
        socket.send(encodeSignal({ t: "hello", v: SIGNAL_VERSION, rid })),
      );
      socket.addEventListener("message", ({ data }) => {
        resolve(decodeSignal(toBrowser, new Uint8Array(data as ArrayBuffer))?.t ?? "?");
        socket.close();
      });
      socket.addEventListener("close", ({ code }) => resolve(`closed ${code}`));
    });
  }
});
