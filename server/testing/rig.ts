/** The HTTP side in one process, on a new database and a clock that only moves when told; and browsers that keep their
 * cookies. For tests. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../db/store.ts";
import { noise } from "../../db/testing/samples.ts";
import { base64url } from "../../wire/bytes.ts";
import type { CallId, PracticeId } from "../../wire/ids.ts";
import type { RunningCall } from "../../wire/ledger.ts";
import { type Config, readConfig } from "../config.ts";
import { createApp, type Sockets } from "../http/app.ts";
import { createAuth } from "../http/auth.ts";
import { createCookies } from "../http/cookies.ts";
import { hasTls } from "../http/parts.ts";
import { loadKeys } from "../keys.ts";
import { createLog } from "../log.ts";

/** Where the tests' pages come from. */
export const ORIGIN = "http://localhost:3000";

/** What was told to signaling, in order. */
export type Told = [string, ...string[]];

/** A server side on a fresh folder; `config` changes what the tests' default is, `sockets` adds what start would. */
export async function createRig(config: Partial<Config> = {}, sockets: Sockets | null = null) {
  const folder = mkdtempSync(join(tmpdir(), "rig-"));
  const settings = { ...readConfig({}), origin: ORIGIN, web: join(folder, "web"), ...config };
  const store = await openStore({ url: `file:${join(folder, "t.db")}`, token: null });
  const time = { now: 1_700_000_000_000 };
  let highest = 0;
  const monotonic = () => {
    highest = Math.max(highest, time.now);
    return highest;
  };
  const clock = { now: () => time.now, monotonic };
  const lines: string[] = [];
  const log = createLog(clock, "debug", (line) => void lines.push(line));
  const cookies = createCookies(hasTls(settings));
  const auth = createAuth({ store, clock, log }, cookies);
  const told: Told[] = [];
  const waits: number[] = [];
  const running: RunningCall[] = [];
  const present = new Map<CallId, number>();
  const shift = { ready: true, drainingFor: null as number | null, isApart: false };
  const keys = loadKeys(folder);
  const app = createApp(
    {
      store,
      config: settings,
      keys,
      clock,
      log,
      cookies,
      auth,
      events: {
        opened: (practice: PracticeId) => told.push(["opened", practice]),
        closed: (practice, room) => told.push(["closed", practice, room]),
        sessionEnded: (session) => told.push(["sessionEnded", session]),
        linksGone: (practice, rids) => told.push(["linksGone", practice, ...rids]),
        accountDeleted: (practice) => told.push(["accountDeleted", practice]),
      },
      running: async () => running,
      present: (call) => present.get(call) ?? 0,
      ready: async () => shift.ready,
      drainingFor: () => shift.drainingFor,
      isApart: () => shift.isApart,
      wait: async (ms) => void waits.push(ms),
    },
    sockets,
  );
  const close = async () => {
    if (app.server !== null) await app.stop(true);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const handle = (request: Request) => app.handle(request);
  /** Takes connections too; the port. */
  const listen = () => app.listen({ hostname: "127.0.0.1", port: 0 }).server?.port ?? 0;
  const routes = () => app.routes.map(({ method, path }) => ({ method, path }));
  return {
    handle,
    listen,
    routes,
    store,
    auth,
    keys,
    time,
    lines,
    told,
    waits,
    running,
    present,
    shift,
    folder,
    config: settings,
    close,
  };
}

export type Rig = Awaited<ReturnType<typeof createRig>>;

/** What answers a browser: an app in this process, or a server in another. */
export type Site = { handle(request: Request): Promise<Response> };

/** What a browser got. */
export type Got = { status: number; body: Record<string, unknown>; headers: Headers };

/** A browser with its cookies. `header` is sent with every request. */
export function createBrowser({ handle }: Site, header: Record<string, string> = {}) {
  const jar = new Map<string, string>();
  const keep = (headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...flags] = line.split("; ");
      const at = pair.indexOf("=");
      if (flags.includes("Max-Age=0")) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    jar,
    cookie,
    async ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Got> {
      const headers = new Headers({ origin: ORIGIN, ...header, ...more });
      if (jar.size > 0 && !headers.has("cookie")) headers.set("cookie", cookie());
      if (body !== undefined) headers.set("content-type", "application/json");
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const response = await handle(new Request(`${ORIGIN}${path}`, init));
      keep(response.headers);
      const text = await response.text();
      const json = response.headers.get("content-type")?.startsWith("application/json") && text !== "";
      return { status: response.status, body: json ? JSON.parse(text) : { text }, headers: response.headers };
    },
  };
}

export type Browser = ReturnType<typeof createBrowser>;

/** The keys of a made-up password, as a page derives them: base64url. */
export function samplePassword() {
  return { salt: base64url(noise(16)), authKey: base64url(noise(32)), wrap: base64url(noise(104)) };
}

/** What a page sends to register as `user`. */
export function sampleRegistration(user = `anna${Math.random().toString(36).slice(2, 12)}`) {
  const recovery = { authR: base64url(noise(32)), wrapR: base64url(noise(104)) };
  return { user, email: null, invitation: null, ...samplePassword(), ...recovery };
}

/** A browser that just registered, and with what. */
export async function register(rig: Site, header: Record<string, string> = {}) {
  const browser = createBrowser(rig, header);
  const sent = sampleRegistration();
  const got = await browser.ask("POST", "/api/accounts", sent);
  if (got.status !== 201) throw new Error(`registering answered ${got.status}`);
  return { browser, sent, got };
}
