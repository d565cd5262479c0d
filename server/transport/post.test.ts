/** [bad input] One POST against a real https server with a certificate of its own: what arrives, what does not, and that nothing inside is
 * ever asked, whatever a name resolves to and however often it changes its mind. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Target, targetIn } from "../hooks/target.ts";
import { type PostParts, post, type Resolve } from "./post.ts";

const NAME = "hooks.praxis.example";
const folder = mkdtempSync(join(tmpdir(), "post-"));
const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];

type Seen = { path: string; host: string | null; body: string; type: string | null };
const seen: Seen[] = [];
let ca = "";
let site: ReturnType<typeof Bun.serve>;
let quiet: Server;

beforeAll(async () => {
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
    ...[
      "-subj",
      `/CN=${NAME}`,
      "-addext",
      `subjectAltName=DNS:${NAME}`,
      "-out",
      certFile,
      "-keyout",
      keyFile,
    ],
  ]);
  if (made.status !== 0) throw new Error("openssl is needed");
  ca = readFileSync(certFile, "utf8");
  site = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    tls: { cert: Bun.file(certFile), key: Bun.file(keyFile) },
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const { headers } = request;
      const path = pathname + search;
      seen.push({
        path,
        host: headers.get("host"),
        body: await request.text(),
        type: headers.get("content-type"),
      });
      if (pathname === "/redirect") return Response.redirect(`https://${NAME}:${site.port}/ok`, 307);
      if (pathname === "/endless") return new Response(endless());
      return new Response("x", { status: Number(pathname.slice(1)) || 200 });
    },
  });
  quiet = createServer(() => undefined).listen(0, "127.0.0.1");
  await new Promise((ready) => quiet.once("listening", ready));
});
afterAll(async () => {
  await site.stop(true);
  quiet.close();
  rmSync(folder, { recursive: true, force: true });
});

function endless(): ReadableStream {
  return new ReadableStream({ pull: (out) => out.enqueue(new Uint8Array(65_536)) });
}

const letter = {
  headers: { "content-type": "application/json", "tpc-signature": "t=1,v1=00" },
  body: '{"ä":1}',
};
const here: Resolve = async () => ["127.0.0.1"];

function target(path: string, { port = site.port, host = NAME, isAllowed = true } = {}): Target {
  const url = `https://${host}:${port}${path}`;
  const found = targetIn(url, isAllowed ? [`${host}:${port}`] : []);
  if (found === null) throw new Error(`no target: ${url}`);
  return found;
}

const send = (to: Target, parts: Partial<PostParts> = {}) =>
  post(to, letter, { resolve: here, ca, ...parts });

test("arrives once, whole, under its name, at the address that was found", async () => {
  seen.length = 0;
  expect(await send(target("/ok?a=1"))).toBeNull();
  expect(seen).toEqual([
    { path: "/ok?a=1", host: `${NAME}:${site.port}`, body: letter.body, type: "application/json" },
  ]);
  expect(await send(target("/204"))).toBeNull();
});

test("an answer other than 2xx is one, a redirect too, and none is followed", async () => {
  for (const status of [199 + 101, 400, 404, 500, 503])
    expect([status, await send(target(`/${status}`))]).toEqual([status, "answer"]);
  seen.length = 0;
  expect(await send(target("/redirect"))).toBe("answer");
  expect(seen.map(({ path }) => path)).toEqual(["/redirect"]);
});

test("an answer without end is not read", async () => {
  expect(await send(target("/endless"))).toBeNull();
});

test("nobody there, somebody who never answers, a name that leads nowhere or never comes", async () => {
  const free = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { port } = free;
  await free.stop(true);
  expect(await send(target("/ok", { port }))).toBe("down");
  const address = quiet.address();
  const hangs = typeof address === "object" && address ? address.port : 0;
  const begun = performance.now();
  expect(await send(target("/ok", { port: hangs }), { limit: 200 })).toBe("down");
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(await send(target("/ok"), { resolve: async () => [] })).toBe("target");
  expect(await send(target("/ok"), { resolve: () => Promise.reject(new Error("ENOTFOUND")) })).toBe("target");
  expect(await send(target("/ok"), { resolve: () => new Promise(() => undefined), limit: 50 })).toBe(
    "target",
  );
});

test("the certificate must be for the name, and of somebody we trust", async () => {
  seen.length = 0;
  expect(await send(target("/ok", { host: "other.praxis.example" }))).toBe("down");
  expect(await post(target("/ok"), letter, { resolve: here })).toBe("down");
  expect(seen).toEqual([]);
});

test("a name that leads inside is never asked, also where only one of its addresses does", async () => {
  seen.length = 0;
  const outside = target("/ok", { isAllowed: false });
  for (const addresses of [
    ["127.0.0.1"],
    ["10.0.0.1"],
    ["169.254.169.254"],
    ["::1"],
    ["fd00::1"],
    ["::ffff:127.0.0.1"],
    ["93.184.215.14", "127.0.0.1"],
    ["fe80::1%lo"],
    ["nonsense"],
  ])
    expect([addresses, await send(outside, { resolve: async () => addresses })]).toEqual([
      addresses,
      "target",
    ]);
  expect(seen).toEqual([]);
});

test("[DNS rebinding] a name is asked once: what it says afterwards changes nothing", async () => {
  seen.length = 0;
  const answers = [["192.0.2.1"], ["127.0.0.1"], ["127.0.0.1"]];
  let asked = 0;
  const rebinding: Resolve = async () => answers[asked++] ?? [];
  // first an address that nobody has, then this machine: a second look-up would let the request through
  expect(await send(target("/ok"), { resolve: rebinding, limit: 300 })).toBe("down");
  expect(asked).toBe(1);
  asked = 1;
  expect(await send(target("/ok", { isAllowed: false }), { resolve: rebinding })).toBe("target");
  expect(seen).toEqual([]);
});

test("plain http only where the operator allows it", async () => {
  const heard: string[] = [];
  const plain = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      heard.push(await request.text());
      return new Response();
    },
  });
  const allowed = targetIn(`http://127.0.0.1:${plain.port}/in`, [`127.0.0.1:${plain.port}`]);
  if (allowed === null) throw new Error("not allowed");
  expect(await post(allowed, letter, { resolve: here })).toBeNull();
  expect(heard).toEqual([letter.body]);
  await plain.stop(true);
});
