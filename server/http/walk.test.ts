/** A walk through every route of the real app: the same headers everywhere, no foreign page writes anything, and nothing is reached without
 * proof of who asks. A route that is added without a check fails here without being named here. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { newId } from "../../wire/ids.ts";
import { dataFolder, type ServerProcess, startServer } from "../testing/process.ts";
import { createBrowser, ORIGIN, type Rig, register } from "../testing/rig.ts";
import { createWalkRig, filled, isByToken, isWriting, SOCKET_ROUTES } from "../testing/walk.ts";

/** Some hundred requests each, on a busy machine. */
const SLOW = 30_000;
let rig: Rig;
beforeAll(async () => {
  rig = await createWalkRig();
});
afterAll(() => rig.close());

/** Answers with a body of its own for each method, so that no route is passed over. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** `[header, what it must be]` on every answer. */
const STRICT: readonly [string, string | RegExp][] = [
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-embedder-policy", "require-corp"],
  ["cross-origin-resource-policy", "same-origin"],
  ["referrer-policy", "no-referrer"],
  ["x-content-type-options", "nosniff"],
  ["permissions-policy", /geolocation=\(\)/],
  ["content-security-policy", /^default-src 'none'; /],
  ["content-security-policy", /; require-trusted-types-for 'script'; trusted-types solid worker$/],
  ["content-security-policy", /; frame-ancestors 'none'; /],
];
/** Words that would open the policy: inline scripts and styles, eval, any host. */
const OPEN_POLICY = /'unsafe-|\s\*|\s(https?|wss?):(?!\/\/)|'strict-dynamic'/;

function faultsOf(headers: Headers, tls: boolean): string[] {
  const missing = STRICT.filter(([name, wanted]) => {
    const got = headers.get(name) ?? "";
    return typeof wanted === "string" ? got !== wanted : !wanted.test(got);
  }).map(([name]) => name);
  const policy = headers.get("content-security-policy") ?? "";
  const hsts = headers.get("strict-transport-security");
  return [
    ...missing,
    ...(OPEN_POLICY.test(policy) ? ["an open policy"] : []),
    ...(hsts === (tls ? "max-age=31536000" : null) ? [] : ["strict-transport-security"]),
    ...(headers.has("access-control-allow-origin") ? ["access-control-allow-origin"] : []),
    ...(headers.has("server") || headers.has("x-powered-by") ? ["a server's name"] : []),
  ];
}

describe("headers", () => {
  const folder = dataFolder();
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer(folder.path, { TPC_ORIGIN: "https://praxis.example" });
  }, 60_000);
  afterAll(async () => {
    server.kill("SIGTERM");
    await server.exited;
    folder.remove();
  }, SLOW);
  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers, redirect: "manual" });

  test("of every route, with every method, as stranger and as foreign page", async () => {
    const paths = new Set([...rig.routes(), ...SOCKET_ROUTES].map(({ path }) => filled(path)));
    expect(paths.size).toBeGreaterThan(50);
    const faults: Record<string, string[]> = {};
    for (const path of paths)
      for (const method of METHODS)
        for (const headers of [
          {},
          { origin: "https://evil.example" },
          { origin: "https://praxis.example" },
        ]) {
          const answer = await ask(method, path, headers);
          await answer.arrayBuffer();
          const found = faultsOf(answer.headers, true);
          if (found.length > 0) faults[`${method} ${path} ${answer.status}`] = found;
        }
    expect(faults).toEqual({});
  }, 60_000);

  test(
    "of pages, files, what is not there, what cannot be decoded and what is refused",
    async () => {
      const html = { accept: "text/html" };
      const asked: [string, string, Record<string, string>][] = [
        ["GET", "/", html],
        ["GET", "/j", html],
        ["GET", "/j%23secret", html],
        ["GET", "/login", html],
        ["HEAD", "/", html],
        ["GET", "/assets/none.js", {}],
        ["GET", "/%zz", {}],
        ["GET", "/nothing", {}],
        ["POST", "/", {}],
        ["GET", "/signal", { upgrade: "websocket", connection: "Upgrade" }],
        ["GET", "/media?pass=x&lane=a", {}],
        ["GET", "/media?check=x", {}],
      ];
      for (const [method, path, headers] of asked) {
        const answer = await ask(method, path, headers);
        await answer.arrayBuffer();
        expect([method, path, answer.status, faultsOf(answer.headers, true)]).toEqual([
          method,
          path,
          expect.any(Number),
          [],
        ]);
      }
    },
    SLOW,
  );

  test(
    "the look sees what it shall",
    () => {
      const good = { ...Object.fromEntries(STRICT.map(([name, wanted]) => [name, String(wanted)])) };
      expect(faultsOf(new Headers(good), false).length).toBeGreaterThan(0);
      for (const policy of [
        "script-src 'unsafe-inline'",
        "script-src 'unsafe-eval'",
        "img-src *",
        "img-src https:",
      ])
        expect([policy, faultsOf(new Headers({ "content-security-policy": policy }), false)]).toEqual([
          policy,
          expect.arrayContaining(["an open policy"]),
        ]);
    },
    SLOW,
  );
});

describe("foreign pages", () => {
  /** What a browser says of a request that another page made with our cookies. */
  const FOREIGN: readonly [string, Record<string, string>][] = [
    ["another site", { origin: "https://evil.example" }],
    ["a frame without origin", { origin: "null" }],
    ["no origin at all", { origin: "" }],
    ["another site, as newer browsers say it", { "sec-fetch-site": "cross-site" }],
    ["a neighbour under the same domain", { "sec-fetch-site": "same-site" }],
  ];

  test(
    "write nothing, on any route that could, with all cookies and a body that could be right",
    async () => {
      const { browser } = await register(rig);
      const writing = rig.routes().filter(({ method, path }) => isWriting(method) && !isByToken(path));
      expect(writing.map(({ method, path }) => `${method} ${path}`)).toContain("POST /api/check");
      expect(writing.length).toBeGreaterThan(40);
      const passed: string[] = [];
      for (const { method, path } of writing)
        for (const [who, headers] of FOREIGN) {
          const got = await browser.ask(method, filled(path), {}, headers);
          if (got.status !== 403 || got.body.code !== "request.origin")
            passed.push(`${method} ${path}: ${who}`);
        }
      expect(passed).toEqual([]);
      // the same from our own page gets further on every one of them
      for (const { method, path } of writing.filter(({ path }) => !path.startsWith("/api/session"))) {
        const got = await browser.ask(method, filled(path), {}, { "sec-fetch-site": "same-origin" });
        expect([path, got.body.code]).not.toEqual([path, "request.origin"]);
      }
    },
    SLOW,
  );

  test(
    "no route changes anything by GET: the store is not written to",
    async () => {
      const { browser } = await register(rig);
      await browser.ask("GET", "/api/session");
      const before = await snapshot();
      for (const { path } of rig.routes().filter(({ method }) => method === "GET"))
        await browser.ask("GET", filled(path));
      expect(await snapshot()).toEqual(before);
    },
    SLOW,
  );

  test(
    "a form cannot be made to look like one of ours: other types of body are refused",
    async () => {
      const { browser } = await register(rig);
      for (const type of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
      ]) {
        const headers = { origin: ORIGIN, "content-type": type, cookie: browser.cookie() };
        const init = { method: "POST", headers, body: '{"label":"a","scopes":["rooms"]}' };
        const answer = await rig.handle(new Request(`${ORIGIN}/api/tokens`, init));
        expect([type, answer.status]).toEqual([type, 400]);
      }
    },
    SLOW,
  );
});

/** Everything the database holds. */
async function snapshot(): Promise<unknown> {
  const { Database } = await import("bun:sqlite");
  const database = new Database(`${rig.folder}/t.db`, { readonly: true });
  const names = database
    .query<{ name: string }, []>("select name from sqlite_master where type = 'table'")
    .all();
  const rows = names.map(({ name }) => [name, database.query(`select * from "${name}"`).all()]);
  database.close();
  return rows;
}

describe("strangers", () => {
  /** Open to whoever asks; each with a budget or a secret in its path, or the same for all. */
  const OPEN = [
    "GET /api/operator",
    "GET /api/health",
    "GET /api/ready",
    "GET /api/plans",
    "GET /api/brand/:rid",
    "GET /api/logo/:id",
    "GET /api/feed/:file",
    "GET /api/links/:rid",
    "GET /api/v1/openapi.json",
    "POST /api/check",
    "POST /api/reports",
    "POST /api/accounts",
    "POST /api/salt",
    "POST /api/session",
    "DELETE /api/session",
    "POST /api/recovery",
    "PUT /api/recovery",
    "POST /api/session/second",
    "POST /api/recovery/second",
    "POST /api/second/passkey",
    "POST /api/invitations/look",
  ];

  test(
    "get no further than 'who are you' on every route that is not in the list, whatever the body",
    async () => {
      const there = rig.routes().map(({ method, path }) => `${method} ${path}`);
      expect(OPEN.filter((name) => !there.includes(name))).toEqual([]);
      const answers: Record<string, unknown> = {};
      for (const { method, path } of rig.routes()) {
        if (OPEN.includes(`${method} ${path}`)) continue;
        const body = isWriting(method) ? {} : undefined;
        const got = await createBrowser(rig).ask(method, filled(path), body);
        answers[`${method} ${path}`] = `${got.status} ${got.body.code}`;
      }
      const names = Object.keys(answers);
      expect(names.length).toBeGreaterThan(40);
      expect(answers).toEqual(
        Object.fromEntries(
          names.map((name) => [
            name,
            isByToken(name.split(" ")[1] ?? "") ? "401 token.invalid" : "401 session.required",
          ]),
        ),
      );
    },
    SLOW,
  );

  test(
    "no answer repeats what was sent: no header, no id, no field",
    async () => {
      for (const { method, path } of rig.routes()) {
        const mark = newId();
        const body = isWriting(method) ? { [mark]: mark } : undefined;
        const got = await createBrowser(rig, { "x-mark": mark }).ask(
          method,
          filled(path, () => mark),
          body,
        );
        expect([path, JSON.stringify([got.body, ...got.headers]).includes(mark)]).toEqual([path, false]);
      }
    },
    SLOW,
  );

  test(
    "no line end in a path or query gets into a header",
    async () => {
      const { browser } = await register(rig);
      for (const { path } of rig.routes().filter(({ method }) => method === "GET"))
        for (const end of ["%0d%0ax-injected:%201", "%0ax-injected:1", "%E5%98%8A%E5%98%8Dx-injected:1"]) {
          const at = filled(path, () => `2026-11${end}`);
          const got = await browser.ask("GET", `${at}?lang=de${end}`);
          expect([at, got.headers.has("x-injected"), got.status < 500]).toEqual([at, false, true]);
        }
    },
    SLOW,
  );
});
