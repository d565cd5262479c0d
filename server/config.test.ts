/** The environment as it may come: defaults, everything set, and every fault named without its value. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { ConfigError, doubtsOf, readConfig } from "./config.ts";

function faults(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
}

test("nothing set: an embedded file, everything local, registration open", () => {
  const config = readConfig({ PATH: "/usr/bin", HOME: "/root" });
  expect(config).toMatchObject({ host: "127.0.0.1", port: 3000, origin: null, tls: null, stunPort: 3478 });
  expect(config.database).toEqual({ url: `file:${join(process.cwd(), "data", "therapsy.db")}`, token: null });
  expect(config.registration).toEqual({ kind: "open" });
  expect(config.udpHost).toBe(config.host);
  expect(config).toMatchObject({
    drainSeconds: 0,
    metricsPort: null,
    addressFrom: "socket",
    log: "info",
    turn: null,
    mediaPort: 4433,
  });
  expect(readConfig({ TPC_MEDIA_PORT: "off" }).mediaPort).toBeNull();
});

test("everything set is taken over", () => {
  const config = readConfig({
    TPC_HOST: "0.0.0.0",
    TPC_PORT: "8443",
    TPC_UDP_HOST: "::",
    TPC_DATA: "/srv/tpc",
    TPC_DATABASE_URL: "libsql://db.praxis.example",
    TPC_DATABASE_TOKEN: "token",
    TPC_ORIGIN: "https://praxis.example",
    TPC_TLS_CERT: import.meta.path,
    TPC_TLS_KEY: import.meta.path,
    TPC_TRUST_PROXY: "x-forwarded-for",
    TPC_STUN_PORT: "off",
    TPC_MEDIA_PORT: "65534",
    TPC_TURN_URL: "turns:turn.praxis.example:5349?transport=tcp",
    TPC_TURN_SECRET: "shared",
    TPC_REGISTRATIONS_PER_HOUR: "500",
    TPC_OPERATOR_NAME: "Praxis",
    TPC_LOG: "warn",
    TPC_WEB: "/srv/web",
    REGISTRATION: "code",
    REGISTRATION_CODE: "acht-zeichen",
    WEBHOOK_ALLOW: "127.0.0.1:8080, Praxis.lan:443 [::1]:9",
  });
  expect(config).toMatchObject({
    host: "0.0.0.0",
    port: 8443,
    udpHost: "::",
    data: "/srv/tpc",
    stunPort: null,
    mediaPort: 65_534,
    log: "warn",
  });
  expect(config.database).toEqual({ url: "libsql://db.praxis.example", token: "token" });
  expect(config.registration).toEqual({ kind: "code", code: "acht-zeichen" });
  expect(config.turn).toEqual({ url: "turns:turn.praxis.example:5349?transport=tcp", secret: "shared" });
  expect(config.webhookAllow).toEqual(["127.0.0.1:8080", "praxis.lan:443", "[::1]:9"]);
  expect(config).toMatchObject({ origin: "https://praxis.example", registrationsPerHour: 500 });
});

test.each([
  ["TPC_PROT", { TPC_PROT: "80" }],
  ["TPC_PORT", { TPC_PORT: "65536" }],
  ["TPC_PORT", { TPC_PORT: "eighty" }],
  ["TPC_PORT", { TPC_PORT: "-1" }],
  ["TPC_DATABASE_URL", { TPC_DATABASE_URL: "mysql://x" }],
  ["TPC_DATABASE_TOKEN", { TPC_DATABASE_TOKEN: "secret-value" }],
  ["TPC_ORIGIN", { TPC_ORIGIN: "https://praxis.example/" }],
  ["TPC_ORIGIN", { TPC_ORIGIN: "praxis.example" }],
  ["TPC_TLS_KEY", { TPC_TLS_CERT: import.meta.path }],
  ["TPC_TLS_CERT", { TPC_TLS_CERT: "/nowhere", TPC_TLS_KEY: import.meta.path }],
  ["TPC_TRUST_PROXY", { TPC_TRUST_PROXY: "yes" }],
  ["WEBHOOK_ALLOW", { WEBHOOK_ALLOW: "praxis.lan" }],
  ["WEBHOOK_ALLOW", { WEBHOOK_ALLOW: "http://praxis.lan:80" }],
  ["TPC_STUN_PORT", { TPC_STUN_PORT: "no" }],
  ["TPC_MEDIA_PORT", { TPC_MEDIA_PORT: "no" }],
  ["TPC_MEDIA_PORT", { TPC_MEDIA_PORT: "65535" }],
  ["TPC_TURN_SECRET", { TPC_TURN_URL: "turn:t.example" }],
  ["TPC_TURN_URL", { TPC_TURN_URL: "https://t.example", TPC_TURN_SECRET: "secret-value" }],
  ["TPC_REGISTRATIONS_PER_HOUR", { TPC_REGISTRATIONS_PER_HOUR: "0" }],
  ["TPC_LOG", { TPC_LOG: "loud" }],
  ["REGISTRATION", { REGISTRATION: "maybe" }],
  ["REGISTRATION_CODE", { REGISTRATION: "code" }],
  ["REGISTRATION_CODE", { REGISTRATION: "code", REGISTRATION_CODE: "short12" }],
  ["REGISTRATION_CODE", { REGISTRATION_CODE: "secret-value" }],
])("%s is refused by name in one sentence: %j", (name, env) => {
  const found = faults(env);
  expect(found.length).toBe(1);
  expect(found[0]).toStartWith(`${name} `);
  expect(found[0]).toEndWith(".");
  for (const value of ["secret-value", "short12"]) expect(found[0]).not.toContain(value);
});

test("every fault is named at once", () => {
  expect(faults({ TPC_PORT: "x", TPC_LOG: "x", TPC_X: "x" }).length).toBe(3);
});

test("empty and blank count as not set", () => {
  expect(readConfig({ TPC_PORT: "", TPC_ORIGIN: "  " })).toMatchObject({ port: 3000, origin: null });
});

test.each([
  [{}, []],
  [{ TPC_ORIGIN: "http://localhost:3000", TPC_HOST: "0.0.0.0" }, []],
  [{ TPC_ORIGIN: "http://127.0.0.1:3000" }, []],
  [{ TPC_ORIGIN: "http://praxis.example" }, ["config.insecure-origin"]],
  [{ TPC_HOST: "0.0.0.0" }, ["config.any-origin"]],
  [{ TPC_HOST: "::" }, ["config.any-origin"]],
  [{ TPC_ORIGIN: "https://praxis.example" }, ["config.proxy-address"]],
  [{ TPC_ORIGIN: "https://praxis.example", TPC_TRUST_PROXY: "x-forwarded-for" }, []],
  [{ TPC_ORIGIN: "https://p.example", TPC_TLS_CERT: import.meta.path, TPC_TLS_KEY: import.meta.path }, []],
])("%j is doubted as %j", (env, doubts) => {
  expect(doubtsOf(readConfig(env))).toEqual(doubts as ReturnType<typeof doubtsOf>);
});

test("one of several nodes: a name and a Redis, or neither", () => {
  expect(readConfig({}).nodes).toBeNull();
  const config = readConfig({ TPC_REDIS_URL: "rediss://user:secret@redis.lan:6380/1", TPC_NODE: "node-2" });
  expect(config.nodes).toEqual({ redis: "rediss://user:secret@redis.lan:6380/1", name: "node-2" });
  expect(faults({ TPC_NODE: "a" }).join()).toContain("TPC_REDIS_URL is missing");
  expect(faults({ TPC_REDIS_URL: "redis://127.0.0.1" }).join()).toContain("TPC_NODE is missing");
  for (const name of ["A", "a/b", "..", "-a"])
    expect(faults({ TPC_REDIS_URL: "redis://127.0.0.1", TPC_NODE: name }).join()).toContain("TPC_NODE must");
  for (const url of ["127.0.0.1:6379", "http://127.0.0.1", "redis://"])
    expect(faults({ TPC_REDIS_URL: url, TPC_NODE: "a" }).join()).toContain("TPC_REDIS_URL must");
  expect(faults({ TPC_REDIS_URL: "redis://:secret@", TPC_NODE: "a" }).join()).not.toContain("secret");
});
