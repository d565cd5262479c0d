/** compose.yaml and what lies beside it in deploy/: everything fits together, nothing has more rights than it needs, and Caddy and coturn
 * do with these very files what the page for operators says. */
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../../server/config.ts";
import { ROOT } from "../setup.ts";
import { startCaddy, startCoturn } from "./beside.ts";
import { composeText, readCompose } from "./compose.ts";

const FILLED = {
  TPC_DOMAIN: "praxis.example",
  TPC_OPERATOR_NAME: "Praxis",
  TPC_OPERATOR_ADDRESS: "Gasse 1, 1010 Wien",
  TPC_OPERATOR_MAIL: "praxis@praxis.example",
  REGISTRATION_CODE: "acht-zeichen",
  TPC_TURN_URL: "turn:praxis.example:3479",
  TPC_TURN_SECRET: "geheim",
};
const SLOW = 60_000;
const file = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");
const { services, volumes } = readCompose(FILLED);
const config = readConfig(services.app.environment);

test.each(Object.entries(services))(
  "%s can write nothing but its volumes, and has no right it does not need",
  (_name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], restart: "unless-stopped" });
    expect(service.security_opt).toEqual(["no-new-privileges:true"]);
    expect(service.cap_add ?? []).toBeOneOf([[], ["NET_BIND_SERVICE"]]);
    expect(service.image).toMatch(/^(docker\.io\/[a-z/]+:\d+\.\d+\.\d+(-r\d+)?|therapsy-connect:local)$/);
    for (const folder of service.tmpfs)
      expect(folder).toMatch(/^\/[a-z/]+:mode=1777,size=\d+m,noexec,nosuid,nodev$/);
    for (const volume of service.volumes ?? []) {
      const [from = ""] = volume.split(":");
      if (from.startsWith("./"))
        expect([existsSync(join(ROOT, from)), volume.endsWith(":ro")]).toEqual([true, true]);
      else expect(volumes).toHaveProperty(from);
    }
  },
);

test("the application takes every setting, has no rights at all, and listens where Caddy and browsers look for it", () => {
  expect(services.app).toMatchObject({ user: "1000:1000", volumes: ["data:/data"] });
  expect(services.app.cap_add).toBeUndefined();
  expect(config).toMatchObject({
    origin: "https://praxis.example",
    host: "127.0.0.1",
    udpHost: "::",
    addressFrom: "x-forwarded-for",
    registration: { kind: "code" },
    turn: { url: "turn:praxis.example:3479", secret: "geheim" },
  });
  expect(file("deploy", "Caddyfile")).toContain(`reverse_proxy ${config.host}:${config.port}\n`);
});

test("without the profile turn nothing of it is set, and what is missing in .env is asked for by name", () => {
  const { TPC_TURN_URL: _url, TPC_TURN_SECRET: _secret, ...plain } = FILLED;
  const { app, turn } = readCompose(plain).services;
  expect(readConfig(app.environment).turn).toBeNull();
  expect(turn.profiles).toEqual(["turn"]);
  const asked = [...composeText().matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name = ""]) => name);
  expect(asked).toEqual(["TPC_DOMAIN", "TPC_OPERATOR_NAME", "TPC_OPERATOR_ADDRESS", "TPC_OPERATOR_MAIL"]);
  const example = [...file("deploy", "env.example").matchAll(/^([A-Z_]+)=/gm)].map(([, name = ""]) => name);
  const used = new Set([...composeText().matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name = ""]) => name));
  expect(example.filter((name) => !used.has(name))).toEqual([]);
  for (const name of asked) expect(example).toContain(name);
});

test("no port is had by two, and the page for operators names each that the firewall must open", () => {
  const conf = file("deploy", "turnserver.conf");
  const number = (name: string) => Number(new RegExp(`^${name}=(\\d+)$`, "m").exec(conf)?.[1]);
  const media = config.mediaPort ?? 0;
  const [turn, least, most] = [number("listening-port"), number("min-port"), number("max-port")];
  const udp = [443, config.stunPort, media, media + 1, turn];
  expect(new Set(udp).size).toBe(udp.length);
  // coturn opens the next port too
  expect(udp).not.toContain(turn + 1);
  expect(udp.filter((port) => port !== null && port >= least && port <= most)).toEqual([]);
  expect(file("deploy", "env.example")).toContain(`:${turn},`);
  const page = file("docs", "server.de.md");
  for (const port of [80, ...udp, `${least}:${most}`]) expect(page).toContain(String(port));
});

test("the only foreign host is Let's Encrypt, which the server asks and no browser", () => {
  const text = file("deploy", "Caddyfile") + composeText();
  const hosts = [...text.matchAll(/https?:\/\/([^/\s$]+)/g)].map(([, host]) => host);
  expect(hosts).toEqual(["acme-v02.api.letsencrypt.org"]);
});

test("what stands in .env gets neither into the repository nor into a build", () => {
  for (const name of [".gitignore", ".dockerignore"]) expect(file(name).split("\n")).toContain(".env");
});

test("the image's Bun is the pinned one, and what it installs is what the server imports", async () => {
  const { packageManager, dependencies } = JSON.parse(file("package.json"));
  expect(file("Dockerfile")).toContain(`ARG BUN=docker.io/oven/${packageManager.replace("@", ":")}-slim\n`);
  const sources = [...new Bun.Glob("{server,db,wire}/**/*.ts").scanSync({ cwd: ROOT })].filter(
    (path) => !/\.test\.ts$|\/testing\//.test(path),
  );
  const code = sources.map((path) => file(path)).join("\n");
  const imported = (name: string) => code.includes(`"${name}"`) || code.includes(`"${name}/`);
  // what only pages need belongs to devDependencies: the build of the pages has those
  expect(Object.keys(dependencies).filter((name) => !imported(name))).toEqual([]);
});

describe.skipIf(!Bun.which("caddy"))("[needs caddy] in front of a server", () => {
  const seen: { forwarded: string | null; host: string | null }[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request, self) {
      const { headers } = request;
      seen.push({ forwarded: headers.get("x-forwarded-for"), host: headers.get("host") });
      if (new URL(request.url).pathname !== "/signal") return new Response("page");
      return self.upgrade(request) ? undefined : new Response(null, { status: 400 });
    },
    websocket: { message: (socket, said) => void socket.send(said) },
  });
  afterAll(() => server.stop(true));

  test(
    "pages and WebSockets get through by TLS; a claimed address does not count",
    async () => {
      const caddy = await startCaddy(Number(server.port));
      const tls = { rejectUnauthorized: false };
      try {
        const claim = { "x-forwarded-for": "203.0.113.9" };
        const page = await fetch(`https://localhost:${caddy.port}/`, { tls, headers: claim });
        expect([page.status, await page.text(), page.headers.get("server")]).toEqual([200, "page", null]);
        const { forwarded, host } = seen.at(-1) ?? {};
        expect(forwarded).toMatch(/^(127\.0\.0\.1|::1)$/);
        expect(host).toBe(`localhost:${caddy.port}`);
        const Socket = WebSocket as unknown as new (url: string, options: object) => WebSocket;
        const socket = new Socket(`wss://localhost:${caddy.port}/signal`, { tls });
        const echo = await new Promise((resolve, reject) => {
          socket.addEventListener("open", () => socket.send("hello"));
          socket.addEventListener("message", ({ data }) => resolve(data));
          socket.addEventListener("close", () => reject(new Error("closed")));
        });
        expect(echo).toBe("hello");
        socket.close();
      } finally {
        await caddy.close();
      }
    },
    SLOW,
  );
});

describe.skipIf(!Bun.which("turnserver"))("[needs coturn] the relay", () => {
  test(
    "takes the credentials that we give out, leads to public addresses and into no private network",
    async () => {
      const turn = await startCoturn();
      try {
        for (const peer of ["9.9.9.9", "2620:fe::9"])
          expect([peer, await turn.reaches(peer)]).toEqual([peer, true]);
        const v4 = ["10.0.0.1", "127.0.0.1", "169.254.169.254", "172.20.0.1", "192.168.1.1", "100.64.0.1"];
        const v6 = ["::1", "fd00::1", "fe80::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1"];
        for (const peer of [...v4, ...v6]) expect([peer, await turn.reaches(peer)]).toEqual([peer, false]);
        expect(await turn.reaches("9.9.9.9", "wrong")).toBe(false);
      } finally {
        await turn.close();
      }
    },
    SLOW,
  );
});
