/** All settings, read once from the environment. What is not known or cannot be is refused with one sentence each,
 * so that a typing error never becomes a silent default. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DatabaseAddress } from "../db/database.ts";
import { nodeName } from "../wire/node.ts";
import { DRAIN_SECONDS_MAX } from "../wire/signal.ts";
import { LEVELS, type Level } from "./log.ts";

/** Who may make an account. */
export type Registration = { kind: "open" } | { kind: "code"; code: string } | { kind: "closed" };
/** Where the address of a browser is read: from the connection, or from the header that one's own proxy sets. */
export type AddressSource = "socket" | "x-forwarded-for";
/** Whom the law wants named on the imprint. */
export type Operator = { name: string; address: string; mail: string };

/** Everything that can be set. */
export type Config = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Where STUN and WebTransport listen, which no proxy passes on. */
  udpHost: string;
  /** The folder of the database and the key file. */
  data: string;
  database: DatabaseAddress;
  /** One of several servers on one database: its name among them, and the Redis they share. Null: there is no other. */
  nodes: { redis: string; name: string } | null;
  /** The public origin, null where none is set: then the host a browser asked for counts as ours. */
  origin: string | null;
  tls: { cert: string; key: string } | null;
  addressFrom: AddressSource;
  /** UDP port of the own STUN responder, null where it is off. */
  stunPort: number | null;
  turn: { url: string; secret: string } | null;
  /** UDP port of WebTransport for group calls, the one after it while certificates change; null where it is off. */
  mediaPort: number | null;
  registration: Registration;
  /** New accounts that one address may make in an hour. */
  registrationsPerHour: number;
  /** Where a Prometheus on this machine reads; null: nowhere, 0: any free port. */
  metricsPort: number | null;
  /** How long a stop waits for running calls; 0: not at all. */
  drainSeconds: number;
  /** Times of calls and closed rooms are deleted after so many days (R10). */
  retentionDays: number;
  operator: Operator;
  /** `host:port` of webhooks that may be private addresses and plain http. */
  webhookAllow: readonly string[];
  log: Level;
  /** The folder with the built pages. */
  web: string;
  /** False: browsers that installed the pages are told to end their service worker. */
  serviceWorker: boolean;
};

/** The environment does not say what the server can do; the message has one sentence a line, without any value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything this server reads. A `TPC_` variable beyond these is refused. */
const KNOWN = [
  "TPC_HOST",
  "TPC_PORT",
  "TPC_UDP_HOST",
  "TPC_DATA",
  "TPC_DATABASE_URL",
  "TPC_DATABASE_TOKEN",
  "TPC_REDIS_URL",
  "TPC_NODE",
  "TPC_ORIGIN",
  "TPC_TLS_CERT",
  "TPC_TLS_KEY",
  "TPC_TRUST_PROXY",
  "TPC_STUN_PORT",
  "TPC_MEDIA_PORT",
  "TPC_TURN_URL",
  "TPC_TURN_SECRET",
  "TPC_REGISTRATIONS_PER_HOUR",
  "TPC_RETENTION_DAYS",
  "TPC_DRAIN_SECONDS",
  "TPC_METRICS_PORT",
  "TPC_OPERATOR_NAME",
  "TPC_OPERATOR_ADDRESS",
  "TPC_OPERATOR_MAIL",
  "TPC_LOG",
  "TPC_WEB",
  "TPC_SERVICE_WORKER",
] as const;
type Name = (typeof KNOWN)[number] | "REGISTRATION" | "REGISTRATION_CODE" | "WEBHOOK_ALLOW";

/** Higher: a whole clinic behind one address can register on one day, so can a robot. Lower: a training with ten
 * therapists in one room meets the wall. */
const REGISTRATIONS_PER_HOUR = 20;
/** R10: two weeks unless the operator says otherwise, and never more than three months. */
const RETENTION_DAYS = 14;
const RETENTION_DAYS_MAX = 92;
/** A code that is shorter can be guessed within the limits of registration. */
const REGISTRATION_CODE_MIN = 8;

/** The settings in `env`. Throws `ConfigError` that names every fault at once. */
export function readConfig(env: Environment): Config {
  const faults = unknownNames(env);
  const read = readers(env, faults);
  const data = resolve(read.text("TPC_DATA", "data"));
  const config: Config = {
    host: read.text("TPC_HOST", "127.0.0.1"),
    port: read.number("TPC_PORT", 3000, 0, 65_535),
    udpHost: read.given("TPC_UDP_HOST") ?? read.text("TPC_HOST", "127.0.0.1"),
    data,
    database: databaseOf(read, data),
    nodes: nodesOf(read),
    origin: originOf(read),
    tls: tlsOf(read),
    addressFrom: read.word("TPC_TRUST_PROXY", "socket", ["socket", "x-forwarded-for"]),
    stunPort: udpPortOf(read, "TPC_STUN_PORT", 3478, 65_535),
    // the port after it must be one too
    mediaPort: udpPortOf(read, "TPC_MEDIA_PORT", 4433, 65_534),
    turn: turnOf(read),
    registration: registrationOf(read),
    registrationsPerHour: read.number("TPC_REGISTRATIONS_PER_HOUR", REGISTRATIONS_PER_HOUR, 1, 100_000),
    retentionDays: read.number("TPC_RETENTION_DAYS", RETENTION_DAYS, 1, RETENTION_DAYS_MAX),
    drainSeconds: read.number("TPC_DRAIN_SECONDS", 0, 0, DRAIN_SECONDS_MAX),
    metricsPort: metricsPortOf(read),
    operator: operatorOf(read),
    webhookAllow: webhookAllowOf(read),
    log: read.word("TPC_LOG", "info", LEVELS),
    web: resolve(read.text("TPC_WEB", join(import.meta.dir, "..", "dist"))),
    serviceWorker: read.word("TPC_SERVICE_WORKER", "on", ["on", "off"]) === "on",
  };
  if (faults.length > 0) throw new ConfigError(faults.join("\n"));
  return config;
}

/** A setting that works but is rarely meant; main logs each as a warning. */
export type Doubt = "config.insecure-origin" | "config.any-origin" | "config.proxy-address";

/** What an operator should look at: browsers give no camera to an insecure origin; without `TPC_ORIGIN` any host name
 * counts as ours; behind a proxy all browsers have the proxy's address unless it is told otherwise. */
export function doubtsOf({ origin, tls, host, addressFrom }: Config): Doubt[] {
  const local = /^(localhost|127\.|\[?::1)/;
  const doubts: Doubt[] = [];
  if (origin?.startsWith("http:") && !local.test(new URL(origin).hostname))
    doubts.push("config.insecure-origin");
  if (origin === null && !local.test(host)) doubts.push("config.any-origin");
  if (origin?.startsWith("https:") && tls === null && addressFrom === "socket")
    doubts.push("config.proxy-address");
  return doubts;
}

function unknownNames(env: Environment): string[] {
  const known: readonly string[] = KNOWN;
  return Object.keys(env)
    .filter((name) => name.startsWith("TPC_") && !known.includes(name))
    .map((name) => `${name.slice(0, 60)} is no setting of this server: known are ${KNOWN.join(", ")}.`);
}

type Readers = ReturnType<typeof readers>;

function readers(env: Environment, faults: string[]) {
  const fault = (name: Name, why: string) => void faults.push(`${name} ${why}`);
  /** The value without white space around; empty counts as not set, as compose files write it. */
  const given = (name: Name): string | null => env[name]?.trim() || null;
  return {
    given,
    fault,
    text: (name: Name, otherwise: string): string => given(name) ?? otherwise,
    number(name: Name, otherwise: number, least: number, most: number): number {
      const value = given(name) ?? String(otherwise);
      if (/^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
      fault(name, `must be a whole number from ${least} to ${most}.`);
      return otherwise;
    },
    word<W extends string>(name: Name, otherwise: W, words: readonly W[]): W {
      const value = given(name) ?? otherwise;
      const found = words.find((word) => word === value);
      if (found === undefined) fault(name, `must be one of ${words.join(", ")}.`);
      return found ?? otherwise;
    },
    /** Two settings that only make sense together. */
    both(first: Name, second: Name): [string, string] | null {
      const [one, two] = [given(first), given(second)];
      if (one !== null && two !== null) return [one, two];
      if (one !== null) fault(second, `is missing: ${first} is set, and one works only with the other.`);
      if (two !== null) fault(first, `is missing: ${second} is set, and one works only with the other.`);
      return null;
    },
  };
}

function databaseOf(read: Readers, data: string): DatabaseAddress {
  const url = read.given("TPC_DATABASE_URL") ?? `file:${join(data, "therapsy.db")}`;
  const token = read.given("TPC_DATABASE_TOKEN");
  if (!/^(file:.+|(libsql|https?):\/\/.+)$/.test(url)) {
    read.fault("TPC_DATABASE_URL", "must begin with file:, libsql://, http:// or https://.");
  }
  if (token !== null && url.startsWith("file:")) {
    read.fault("TPC_DATABASE_TOKEN", "is for a remote TPC_DATABASE_URL only: a file takes no token.");
  }
  return { url, token };
}

function nodesOf(read: Readers): Config["nodes"] {
  const both = read.both("TPC_REDIS_URL", "TPC_NODE");
  if (both === null) return null;
  const [redis, name] = both;
  const hasHost = URL.canParse(redis) && new URL(redis).hostname !== "";
  if (!/^rediss?:\/\//.test(redis) || !hasHost)
    read.fault("TPC_REDIS_URL", "must look like redis://10.0.0.5:6379/0 or rediss://user:password@host.");
  if (nodeName(name) === undefined)
    read.fault("TPC_NODE", "must be a name of small letters, digits and hyphens, such as a or node-2.");
  return { redis, name };
}

function originOf(read: Readers): string | null {
  const origin = read.given("TPC_ORIGIN");
  if (origin === null) return null;
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.origin === origin) return origin;
  read.fault(
    "TPC_ORIGIN",
    "must be an origin without path or slash at the end, such as https://praxis.example.",
  );
  return null;
}

function tlsOf(read: Readers): Config["tls"] {
  const files = read.both("TPC_TLS_CERT", "TPC_TLS_KEY");
  if (files === null) return null;
  const [cert, key] = files;
  if (!existsSync(cert)) read.fault("TPC_TLS_CERT", "must be the path of a file that is there.");
  if (!existsSync(key)) read.fault("TPC_TLS_KEY", "must be the path of a file that is there.");
  return { cert, key };
}

function udpPortOf(read: Readers, name: Name, otherwise: number, most: number): number | null {
  const value = read.given(name) ?? String(otherwise);
  if (value === "off") return null;
  if (/^\d{1,5}$/.test(value) && Number(value) <= most) return Number(value);
  read.fault(name, `must be a port from 0 to ${most} (0 takes any free one), or off.`);
  return otherwise;
}

function metricsPortOf(read: Readers): number | null {
  return read.given("TPC_METRICS_PORT") === null ? null : read.number("TPC_METRICS_PORT", 0, 0, 65_535);
}

function turnOf(read: Readers): Config["turn"] {
  const both = read.both("TPC_TURN_URL", "TPC_TURN_SECRET");
  if (both === null) return null;
  const [url, secret] = both;
  if (!/^turns?:[^\s?]+(\?transport=(udp|tcp))?$/.test(url)) {
    read.fault("TPC_TURN_URL", "must look like turn:turn.praxis.example:3478 or turns:…?transport=tcp.");
  }
  return { url, secret };
}

function registrationOf(read: Readers): Registration {
  const kind = read.word("REGISTRATION", "open", ["open", "code", "closed"]);
  const code = read.given("REGISTRATION_CODE");
  if (kind !== "code") {
    if (code !== null) read.fault("REGISTRATION_CODE", "is set, but counts only with REGISTRATION=code.");
    return { kind };
  }
  if (code === null || code.length < REGISTRATION_CODE_MIN) {
    read.fault(
      "REGISTRATION_CODE",
      `must have at least ${REGISTRATION_CODE_MIN} characters with REGISTRATION=code.`,
    );
  }
  return { kind, code: code ?? "" };
}

function operatorOf(read: Readers): Operator {
  return {
    name: read.text("TPC_OPERATOR_NAME", ""),
    address: read.text("TPC_OPERATOR_ADDRESS", ""),
    mail: read.text("TPC_OPERATOR_MAIL", ""),
  };
}

function webhookAllowOf(read: Readers): string[] {
  const hosts = (read.given("WEBHOOK_ALLOW") ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((host) => host !== "");
  if (!hosts.every((host) => /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/.test(host)))
    read.fault("WEBHOOK_ALLOW", "must be a list of host:port, such as 127.0.0.1:8080, praxis.lan:443.");
  return hosts;
}
