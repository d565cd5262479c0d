/** deploy/nodes: several servers on one machine behind Caddy; its files fit together, and Caddy leads to each node what is the node's. */
import { afterAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../../server/config.ts";
import { pathAt } from "../../wire/node.ts";
import { ROOT } from "../setup.ts";
import { startCaddyOfNodes } from "./beside.ts";
import { readCompose } from "./compose.ts";

const SLOW = 60_000;
const file = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");
const { services } = Bun.YAML.parse(file("deploy", "nodes", "compose.yaml")) as {
  services: Record<string, { environment?: Record<string, string>; extends?: { service: string } }>;
};
const basis = readCompose({
  TPC_DOMAIN: "praxis.example",
  TPC_OPERATOR_NAME: "P",
  TPC_OPERATOR_ADDRESS: "A",
  TPC_OPERATOR_MAIL: "a@b.example",
  REGISTRATION_CODE: "acht-zeichen",
}).services.app.environment;
const nodes = ["app", "app-b", "app-c"].map((name) =>
  readConfig({ ...basis, ...services[name]?.environment }),
);

test("each node has a name and ports of its own, and one Redis and one database with the others", () => {
  expect(nodes.map((node) => node.nodes?.name)).toEqual(["a", "b", "c"]);
  expect(new Set(nodes.map((node) => node.nodes?.redis)).size).toBe(1);
  expect(new Set(nodes.map(({ database }) => database.url)).size).toBe(1);
  expect(nodes[0]?.database.url.startsWith("http://127.0.0.1:")).toBe(true);
  for (const name of ["app-b", "app-c"]) expect(services[name]?.extends?.service).toBe("app");
  const udp = nodes.flatMap(({ stunPort, mediaPort }) => [stunPort, mediaPort, (mediaPort ?? 0) + 1]);
  expect(new Set(udp).size).toBe(udp.length);
  const page = file("docs", "scale.de.md");
  for (const port of udp.filter((_, n) => n % 3 < 2)) expect(page).toContain(String(port));
});

test("Caddy knows the same nodes at the same ports", () => {
  const text = file("deploy", "nodes", "Caddyfile");
  for (const { nodes: node, host, port } of nodes)
    expect(text).toContain(
      `handle_path ${pathAt(node?.name ?? "", "/*")} {\n\t\treverse_proxy ${host}:${port}\n`,
    );
  const any = nodes.map(({ host, port }) => `${host}:${port}`).join(" ");
  expect(text).toContain(`reverse_proxy ${any} {`);
});

describe.skipIf(!Bun.which("caddy"))("[needs caddy] in front of nodes", () => {
  const servers = ["a", "b", "c"].map((name) =>
    Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch(request, self) {
        const { pathname } = new URL(request.url);
        if (pathname === "/signal" && self.upgrade(request)) return undefined;
        return new Response(`${name} ${pathname}`);
      },
      websocket: { open: (socket) => void socket.send(name), message: () => undefined },
    }),
  );
  afterAll(() => Promise.all(servers.map((server) => server.stop(true))));

  test(
    "a node's path leads to it alone, anything else to one that lives",
    async () => {
      const caddy = await startCaddyOfNodes(servers.map(({ port }) => Number(port)));
      const tls = { rejectUnauthorized: false };
      const get = (path: string) => fetch(`https://localhost:${caddy.port}${path}`, { tls });
      try {
        expect(await (await get("/n/b/media?x=1")).text()).toBe("b /media");
        const Socket = WebSocket as unknown as new (url: string, options: object) => WebSocket;
        const socket = new Socket(`wss://localhost:${caddy.port}/n/c/signal`, { tls });
        const who = await new Promise((resolve, reject) => {
          socket.addEventListener("message", ({ data }) => resolve(data));
          socket.addEventListener("close", () => reject(new Error("closed")));
        });
        expect(who).toBe("c");
        socket.close();
        const mine = (await (await get("/")).text()).split(" ")[0];
        expect((await (await get("/")).text()).split(" ")[0]).toBe(mine);
        const index = ["a", "b", "c"].indexOf(mine ?? "");
        await servers[index]?.stop(true);
        const answer = await get("/");
        expect(answer.status).toBe(200);
        expect((await answer.text()).split(" ")[0]).not.toBe(mine);
        expect((await get(`/n/${mine}/media`)).status).toBe(502);
      } finally {
        await caddy.close();
      }
    },
    SLOW,
  );
});
