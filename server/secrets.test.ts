/** [R9] A whole life of a practice against the real server, with everything in it that may not be told, well and badly sent; then the server
 * is made to break. Whatever it printed, at the most talkative level and while dying, has nothing of all that. */
import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { noise } from "../db/testing/samples.ts";
import { base64url, fromBase64url, hex, utf8 } from "../wire/bytes.ts";
import { newId, type PeerId, type Rid } from "../wire/ids.ts";
import type { UserName } from "../wire/names.ts";
import { SIGNAL_VERSION as v } from "../wire/version.ts";
import { dataFolder, startServer } from "./testing/process.ts";
import { newToken, program } from "./testing/program.ts";
import { type Browser, createBrowser, ORIGIN, type Site, sampleRegistration } from "./testing/rig.ts";
import { seatedCall } from "./testing/seated-call.ts";
import { SignalPage } from "./testing/signal-page.ts";
import { RawSocket } from "./transport/testing/raw-socket.ts";

const SLOW = 60_000;
const folder = dataFolder();
afterAll(() => folder.remove());

const BREAKING = join(import.meta.dir, "testing", "breaking.process.ts");
const CRASH_SECRET = "crashsecret-Quittengelee";
const TURN_SECRET = "turnsecret-Nussschnecke";
const REGISTRATION_CODE = "codesecret-Birne";

/** What was in play, by what it is. */
type Secrets = Record<string, (string | Uint8Array)[]>;

/** The ways a secret could be written. */
function forms(secret: string | Uint8Array): string[] {
  const bytes = typeof secret === "string" ? utf8(secret) : secret;
  const texts = [hex(bytes), base64url(bytes), Buffer.from(bytes).toString("base64")];
  return typeof secret === "string" ? [secret, encodeURIComponent(secret), ...texts] : texts;
}

function found(printed: string, secrets: Secrets): string[] {
  const small = printed.toLowerCase();
  return Object.entries(secrets)
    .filter(([, all]) => all.flatMap(forms).some((form) => form !== "" && small.includes(form.toLowerCase())))
    .map(([name]) => name);
}

/** Registers, files, plans, invites, gives a program a token, fails at many of it. */
async function lives(server: Site & { readonly port: number }, secrets: Secrets): Promise<Browser> {
  const sent = {
    ...sampleRegistration("marked-zwetschke"),
    email: "zwetschke@praxis.example",
    invitation: REGISTRATION_CODE,
  };
  const browser = createBrowser(server, { "user-agent": "markedagent/1 (Marille)" });
  expect((await browser.ask("POST", "/api/accounts", sent)).status).toBe(201);
  const rids = [newId<Rid>(), newId<Rid>()];
  const record = base64url(noise(296));
  const vault = {
    base: 0,
    manifest: base64url(noise(296)),
    put: [{ id: newId(), version: 1, box: record }],
    drop: [],
  };
  await browser.ask("POST", "/api/vault", { ...vault, links: { add: rids, drop: [] } });
  const { room } = (await browser.ask("POST", "/api/rooms", { clients: [[rids[0]]] })).body;
  const starts = [Date.now() + 3_600_000];
  const { planned } = (await browser.ask("POST", "/api/planned", { starts, clients: [[rids[1]]] })).body;
  const invitation = { invitation: newId(), tokenHash: base64url(noise(32)) };
  await browser.ask("POST", "/api/staff", invitation);
  const feed = (await browser.ask("POST", "/api/feed")).body;
  await browser.ask("GET", `/api/feed/${feed.token}.ics`);
  const { id, token } = await newToken(browser);
  const target = "https://127.0.0.1.nip.example/hook-Apfelmus";
  const webhook = (await program(server, token)("POST", "/webhooks", { url: target })).body;
  const note = "notesecret-Strudelrunde";
  const kinds = { cameras: 1, microphones: 1, loudspeakers: 1 };
  const report = {
    side: "client",
    browser: "Firefox 153",
    system: "Linux",
    page: "room",
    way: "direct",
    minutes: 9,
  };
  await browser.ask("POST", "/api/reports", { ...report, breaks: [], devices: kinds, errors: [], note });
  await browser.ask("POST", "/api/vouchers", { code: "VOUCHERSECRET" });
  const typed = "typedpassword-Powidl";
  for (const [method, path, body] of [
    ["POST", "/api/session", { user: sent.user, authKey: typed }],
    ["POST", "/api/session", { user: "nobody-marked", authKey: base64url(noise(32)) }],
    ["POST", "/api/rooms", { clients: [["linksecret-roh"]] }],
    ["GET", "/j%231LINKSECRETESCAPED", undefined],
    ["GET", "/api/LINKSECRETESCAPED?x=LINKSECRETESCAPED", undefined],
    ["DELETE", `/api/rooms/${newId()}`, undefined],
  ] as const)
    await browser.ask(method, path, body, { accept: "text/html" });
  Object.assign(secrets, {
    "user name": [sent.user, "nobody-marked"],
    mail: [sent.email],
    "keys of the account": [sent.authKey, sent.authR, sent.salt, sent.wrap, sent.wrapR].map(fromBase64url),
    cookies: [...browser.jar.values()],
    "link handles": rids.flatMap((rid) => [rid, Buffer.from(rid, "hex")]),
    "what is sealed": [record, vault.manifest],
    "full ids": [
      String(room),
      ...(planned as { plan: string }[]).map(({ plan }) => plan),
      invitation.invitation,
      id,
    ],
    "calendar's address": [String(feed.token)],
    "program's token": [token],
    "webhook's address and secret": [target, "Apfelmus", String(webhook.secret), String(webhook.webhook)],
    "report's note": [note],
    "typed secrets": [typed, "VOUCHERSECRET", "linksecret-roh", "LINKSECRETESCAPED"],
    "browser and address": ["markedagent", "127.0.0.1"],
    "operator's secrets": [TURN_SECRET, REGISTRATION_CODE],
  });
  return browser;
}

/** A call with sealed bytes, a knock by code, media passes, and each kind of nonsense on the sockets. */
async function calls(server: Site & { readonly port: number }, secrets: Secrets): Promise<void> {
  const { host, client, room, cookie } = await seatedCall({
    port: server.port,
    handle: async (request) => server.handle(await withCode(request)),
  });
  const [sealed, knock] = [utf8("sealedbody-Kaiserschmarren"), utf8("knockbody-Germknödel")];
  const to = host.heard.find((message) => message.t === "welcome")?.peer as PeerId;
  client.send({ t: "relay", to, n: 1, ack: 0, data: sealed });
  await host.next("relay");
  const { up, down } = await client.send({ t: "media" }).next("media");
  const lane = (pass: Uint8Array) => `/media?pass=${base64url(pass)}&lane=a`;
  for (const pass of [up[1], down[1], noise(24)]) {
    const socket = new RawSocket(server.port, lane(pass), { Origin: ORIGIN }, () => undefined);
    await until(() => socket.status !== null);
    if (socket.status === 101) socket.send(utf8("framebody-Buchteln"));
    socket.close(1000);
  }
  const stranger = new SignalPage(server.port, { t: "helloCode", v, user: "codename-marked" as UserName });
  expect(await stranger.closed).toBe(4010);
  const unknown = new SignalPage(server.port, { t: "hello", v, rid: newId<Rid>() });
  await unknown.closed;
  const resuming = new SignalPage(server.port, { t: "resume", v, token: knock });
  await resuming.closed;
  const garbage = new RawSocket(server.port, "/signal", { Origin: ORIGIN }, () => undefined);
  await until(() => garbage.status === 101);
  garbage.send(utf8("garbagebody-Topfenknödel"));
  await until(() => garbage.code !== null);
  const tokens = [await host.token(), await client.token()];
  Object.assign(secrets, {
    "relayed bytes": [sealed, "Kaiserschmarren", knock, "Germknödel", "framebody-Buchteln", "Topfenknödel"],
    "resume tokens": tokens,
    passes: [...up, ...down],
    "names by code": ["codename-marked"],
    "the call's ids": [room, to, cookie],
  });
  host.send({ t: "end", room });
  await client.next("over");
}

async function withCode(request: Request): Promise<Request> {
  if (!request.url.endsWith("/api/accounts")) return request;
  const body = JSON.stringify({ ...((await request.json()) as object), invitation: REGISTRATION_CODE });
  return new Request(request.url, { method: "POST", headers: request.headers, body });
}

async function until(fits: () => boolean): Promise<void> {
  while (!fits()) await Bun.sleep(5);
}

const ENV = {
  TPC_LOG: "debug",
  REGISTRATION: "code",
  REGISTRATION_CODE,
  TPC_TURN_URL: "turn:turn.example:3478",
  TPC_TURN_SECRET: TURN_SECRET,
  BREAKING_SECRET: CRASH_SECRET,
};

test(
  "a whole life, a call, nonsense, bugs in the middle of it, a rejection and a crash: nothing of it is printed",
  async () => {
    const server = await startServer(folder.path, ENV, BREAKING);
    const secrets: Secrets = { "the broken text": [CRASH_SECRET, "marked "] };
    const browser = await lives(server, secrets);
    await calls(server, secrets);

    server.kill("SIGUSR1");
    const tokens = { label: "label-Powidltascherl", scopes: ["rooms"] };
    let got = await browser.ask("POST", "/api/tokens", tokens);
    for (; got.status < 400; await Bun.sleep(5)) got = await browser.ask("POST", "/api/tokens", tokens);
    expect([got.status, got.body]).toEqual([500, { code: "server.bug" }]);
    const page = new SignalPage(server.port, { t: "host", v }, browser.cookie());
    expect(await page.closed).toBe(1011);
    server.kill("SIGUSR2");
    await until(() => server.log().includes("process.rejection"));
    expect((await browser.ask("GET", "/api/health")).status).toBe(200);
    server.kill("SIGUSR2");
    expect(await server.exited).toBe(1);

    const printed = await server.printed();
    for (const word of ["http.bug", "signal.bug", "signal.refused", "process.rejection", "process.exception"])
      expect(printed).toContain(`"msg":"${word}"`);
    expect(printed).toMatch(/"msg":"http.bug","error":"TypeError","place":"server\/[a-z/.]+\.ts:\d+"/);
    expect(found(printed, { ...secrets, "a label": ["Powidltascherl"] })).toEqual([]);
    for (const line of printed.trim().split("\n"))
      expect(line).toMatch(/^\{"time"|^TheraPsy Connect is ready: /);
    // full ids are cut to six characters, whoever's they are
    expect(printed.match(/[0-9a-f]{32}|[A-Za-z0-9_-]{40,}/g) ?? []).toEqual([]);
  },
  SLOW,
);

test("the look finds what is there, in each of its forms", () => {
  const secret = noise(24);
  for (const form of [...forms(secret), ...forms("Grüß")])
    expect([form, found(`… ${form} …`, { it: [secret, "Grüß"] })]).toEqual([form, ["it"]]);
  expect(found("nothing", { it: [secret, "Grüß"] })).toEqual([]);
});
