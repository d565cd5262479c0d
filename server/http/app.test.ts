/** What holds for every answer: headers, origin, size, the one shape of errors, and nothing in the log that marks anybody. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Conflict, StoreBroken, StoreBusy, StoreFull } from "../../db/errors.ts";
import { createBrowser, createRig, ORIGIN, type Rig, register, sampleRegistration } from "../testing/rig.ts";
import { BODY_BYTES_MAX } from "./bodies.ts";
import { relaySources, securityHeaders } from "./headers.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig();
});
afterAll(() => rig.close());

const plain = (path: string, init: RequestInit = {}) => rig.handle(new Request(`${ORIGIN}${path}`, init));

describe("headers", () => {
  const everywhere: [string, string, string | undefined][] = [
    ["an answer", "/api/health", undefined],
    ["an error", "/api/session", undefined],
    ["an unknown route", "/api/nothing", undefined],
    ["a page", "/", "text/html"],
    ["a missing file", "/assets/x.js", undefined],
    ["a path that cannot be decoded", "/%zz", undefined],
  ];
  test.each(everywhere)("%s carries all of them", async (_, path, accept) => {
    const { headers } = await plain(path, accept === undefined ? {} : { headers: { accept } });
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
        "font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
        "trusted-types solid worker",
    );
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("permissions-policy")).toContain(
      "camera=(self), microphone=(self), display-capture=(self)",
    );
    expect(headers.get("permissions-policy")).toContain("geolocation=()");
    for (const act of ["create", "get"])
      expect(headers.get("permissions-policy")).toContain(`publickey-credentials-${act}=(self)`);
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test.each([
    ["http://localhost:3000", "evil.test", "https://localhost:4433 https://localhost:4434"],
    ["https://praxis.example", "praxis.example", "https://praxis.example:4433 https://praxis.example:4434"],
    [null, "praxis.local:3000", "https://praxis.local:4433 https://praxis.local:4434"],
    [null, "x; script-src *", ""],
    [null, "[::1]:3000", ""],
  ])(
    "with origin %p and host %p pages may reach the relay's ports there, and nothing else",
    (origin, host, sources) => {
      const request = new Request("http://localhost/", { headers: { host } });
      expect(relaySources(request, origin, [4433, 4434]).join(" ")).toBe(sources);
      expect(relaySources(request, origin, [])).toEqual([]);
      const policy = securityHeaders(false, () => ["https://a.test:1"])(request)["content-security-policy"];
      expect(policy).toContain("; connect-src 'self' https://a.test:1; media-src");
    },
  );

  test("HSTS under TLS; answers of the API are not kept", async () => {
    const tls = await createRig({ origin: "https://praxis.example" });
    const { headers } = await tls.handle(new Request("https://praxis.example/api/health"));
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(headers.get("cache-control")).toBe("no-store");
    await tls.close();
  });
});

describe("origin", () => {
  const post = (headers: Record<string, string>, at = rig) =>
    at.handle(
      new Request(`${ORIGIN}/api/salt`, {
        method: "POST",
        body: '{"user":"anna"}',
        headers: { "content-type": "application/json", ...headers },
      }),
    );

  test.each([
    ["none", {}],
    ["null", { origin: "null" }],
    ["another host", { origin: "http://evil.example" }],
    ["another port", { origin: "http://localhost:3001" }],
    ["another scheme", { origin: "https://localhost:3000" }],
    ["ours as a part", { origin: `${ORIGIN}.evil.example` }],
  ])("a writing request with origin %s is refused", async (_, headers) => {
    const response = await post(headers);
    expect([response.status, await response.json()]).toEqual([403, { code: "request.origin" }]);
  });

  test("ours is taken; reading needs none", async () => {
    expect((await post({ origin: ORIGIN })).status).toBe(200);
    expect((await plain("/api/health")).status).toBe(200);
  });

  test("an upgrade to a socket counts as writing", async () => {
    const headers = { upgrade: "websocket", origin: "http://evil.example" };
    expect((await plain("/signal", { headers })).status).toBe(403);
    expect((await plain("/api/health", { headers: { upgrade: "websocket" } })).status).toBe(403);
  });

  test("without a configured origin the host that was asked for is ours, whatever its name", async () => {
    const free = await createRig({ origin: null });
    const host = { host: "praxis.local:3000" };
    expect((await post({ ...host, origin: "http://praxis.local:3000" }, free)).status).toBe(200);
    expect((await post({ ...host, origin: "http://praxis.local" }, free)).status).toBe(403);
    expect((await post({ ...host, origin: "nonsense" }, free)).status).toBe(403);
    await free.close();
  });
});

describe("errors", () => {
  test.each([
    ["not JSON", "{"],
    ["no object", '"anna"'],
    ["nothing", ""],
    ["deep", "[".repeat(20_000)],
  ])("a body that is %s is refused without an echo", async (_, body) => {
    const headers = { "content-type": "application/json", origin: ORIGIN };
    const response = await plain("/api/salt", { method: "POST", body, headers });
    expect([response.status, await response.json()]).toEqual([400, { code: "request.invalid" }]);
  });

  test("a body one byte above the limit is refused by its length", async () => {
    const headers = { origin: ORIGIN, "content-length": String(BODY_BYTES_MAX + 1) };
    const response = await plain("/api/salt", { method: "POST", headers });
    expect([response.status, await response.json()]).toEqual([413, { code: "request.too-large" }]);
  });

  test.each([
    ["a lock", () => new StoreBusy(), 503, "store.busy"],
    ["a race", () => new Conflict(), 503, "store.busy"],
    ["a full disk", () => new StoreFull(), 507, "store.full"],
    ["a broken file", () => new StoreBroken("SQLITE_CORRUPT"), 500, "server.bug"],
    ["our bug", () => new TypeError("anna's secret"), 500, "server.bug"],
  ] as const)("%s in the store: an answer by code, and a word in the log", async (_, make, status, code) => {
    const broken = await createRig();
    broken.store.practices.byUser = () => Promise.reject(make());
    const got = await createBrowser(broken).ask("POST", "/api/salt", { user: "anna" });
    expect([got.status, got.body]).toEqual([status, { code }]);
    expect(broken.lines.length).toBe(1);
    expect(broken.lines[0]).not.toContain("anna");
    await broken.close();
  });

  test("our bugs are logged with the place in our source", async () => {
    const broken = await createRig();
    broken.store.practices.byUser = (user) => Promise.resolve((user as unknown as () => never)());
    await createBrowser(broken).ask("POST", "/api/salt", { user: "anna" });
    expect(broken.lines[0]).toMatch(
      /"msg":"http.bug","error":"TypeError","place":"server\/[a-z/.]+\.ts:\d+"/,
    );
    await broken.close();
  });

  test("methods and paths that are none are unknown routes", async () => {
    for (const [method, path] of [
      ["GET", "/api/nothing"],
      ["POST", "/api/health"],
      ["PUT", "/api/session"],
      ["POST", "/"],
      ["GET", "/api/%zz"],
      ["GET", "/api/sessions/%00"],
    ] as const) {
      const response = await plain(path, { method, headers: { origin: ORIGIN } });
      expect([response.status, await response.json()]).toEqual([404, { code: "request.unknown-route" }]);
    }
  });
});

test("what anybody may know: the operator, how long times are kept, and that the server is alive", async () => {
  const operator = { name: "Praxis Anna", address: "Weg 1, Wien", mail: "a@praxis.example" };
  const named = await createRig({ operator });
  const got = await createBrowser(named).ask("GET", "/api/operator");
  expect(got.body).toEqual({ ...operator, registration: "open", retentionDays: 14 });
  expect((await createBrowser(named).ask("GET", "/api/health")).body).toEqual({ ok: true });
  const ready = () => createBrowser(named).ask("GET", "/api/ready");
  expect(await ready()).toMatchObject({ status: 200, body: { ready: true } });
  named.shift.ready = false;
  expect(await ready()).toMatchObject({ status: 503, body: { ready: false } });
  await named.close();
});

test("[R9] a whole life of an account leaves nothing in the log", async () => {
  const quiet = await createRig();
  const { browser, sent } = await register(quiet);
  await browser.ask("POST", "/api/session", { user: sent.user, authKey: sampleRegistration().authKey });
  await browser.ask("POST", "/api/rooms", { clients: 1 });
  await browser.ask("DELETE", "/api/account", { authKey: sent.authKey });
  expect(quiet.lines).toEqual([]);
  await quiet.close();
});
