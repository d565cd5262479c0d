/** The example really run, against the real server in a process of its own. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noise } from "../../db/testing/samples.ts";
import { signatureOf } from "../../server/hooks/sign.ts";
import { dataFolder, type ServerProcess, startServer } from "../../server/testing/process.ts";
import { newToken } from "../../server/testing/program.ts";
import { type Browser, register } from "../../server/testing/rig.ts";
import { formatLink, linkKeys, newLinkSecret } from "../../wasm/link.ts";
import { ready } from "../../wasm/sodium.ts";
import type { CallNotice } from "../../wire/api.ts";
import { base64url } from "../../wire/bytes.ts";
import { newId } from "../../wire/ids.ts";
import { parseStartLink } from "../../wire/start-link.ts";
import { connect, Refusal, ridOf } from "./connect.ts";
import { isGenuine, listen } from "./notices.ts";

const MAIN = join(import.meta.dir, "main.ts");
const data = dataFolder();
const folder = mkdtempSync(join(tmpdir(), "practice-program-"));
const pairing = noise(16);
let server: ServerProcess;
let browser: Browser;
let access: { server: string; token: string; pairing: string };
const links: string[] = [];

beforeAll(async () => {
  await ready();
  server = await startServer(data.path, { WEBHOOK_ALLOW: "127.0.0.1:1" });
  ({ browser } = await register(server));
  const secrets = [newLinkSecret(), newLinkSecret()];
  links.push(...secrets.map((secret) => formatLink("https://praxis.example", secret, noise(16))));
  const add = secrets.map((secret) => linkKeys(secret).rid);
  const change = { base: 0, manifest: base64url(noise(296)), put: [], drop: [], links: { add, drop: [] } };
  await browser.ask("POST", "/api/vault", change);
  const { token } = await newToken(browser);
  access = { server: `http://127.0.0.1:${server.port}`, token, pairing: base64url(pairing) };
  await Bun.write(join(folder, "access.json"), JSON.stringify(access));
  const book = {
    "Max Muster": { id: "K-1042", link: links[0] },
    "Mia Muster": { id: "Ö 7", link: links[1] },
  };
  await Bun.write(join(folder, "book.json"), JSON.stringify(book));
});
afterAll(async () => {
  server.kill("SIGTERM");
  await server.exited;
  data.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...words: string[]) {
  const child = Bun.spawn([process.execPath, MAIN, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "" },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = [await new Response(child.stdout).text(), await new Response(child.stderr).text()];
  return { code: await child.exited, out: out.trim(), err: err.trim() };
}

describe("the program", () => {
  test("plans a call for two, and lists it by names that only it knows", async () => {
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    expect((await run("planned")).out).toBe("");
    const planned = await run("plan", `${day}Z`, "Max Muster", "Mia Muster");
    expect(planned).toMatchObject({ code: 0, out: `planned ${day}:00.000Z Max Muster, Mia Muster` });
    expect((await run("planned")).out).toBe(`${day}:00.000Z Max Muster, Mia Muster`);
  });

  test("opens a room for a group, which the pages see; a second with one of them is refused by a code", async () => {
    expect((await run("open", "Max Muster", "Mia Muster")).out).toMatch(
      /^open until .* for Max Muster, Mia Muster$/,
    );
    const { rooms } = (await browser.ask("GET", "/api/rooms")).body as { rooms: { clients: string[][] }[] };
    expect(rooms.map(({ clients }) => clients)).toEqual([
      await Promise.all(links.map(async (link) => [await ridOf(link)])),
    ]);
    expect(await run("open", "Max Muster")).toMatchObject({ code: 1, err: "room.client-open", out: "" });
    expect((await run("presence")).out).toBe("");
  });

  test("prints a start link that carries IDs and pairing behind the #", async () => {
    const { out } = await run("link", "Max Muster", "Mia Muster");
    const url = new URL(out);
    expect(url.origin + url.pathname + url.search).toBe(`${access.server}/start`);
    expect(parseStartLink(url.hash)).toEqual({ ids: ["K-1042", "Ö 7"], pairing });
  });

  test("says what is wrong: nobody of that name, no command, a revoked token", async () => {
    expect((await run("open", "Niemand")).err).toBe("nobody here is called Niemand");
    expect((await run("constructor")).out).toContain("PRACTICE_ACCESS");
    const refused = connect({ ...access, token: `${access.token.slice(0, -2)}AA` });
    await expect(refused.rooms()).rejects.toEqual(new Refusal("token.invalid"));
    const nobody = connect({ ...access, server: "http://127.0.0.1:1" });
    await expect(nobody.rooms()).rejects.toEqual(new Refusal("unreachable"));
  });

  test("the rest of the client: move, cancel, close, account, month, webhooks", async () => {
    const api = connect(access);
    const [plan] = await api.planned();
    if (!plan) throw new Error("no plan");
    expect(await api.move(plan.plan, plan.startsAt + 60_000)).toEqual([
      { ...plan, startsAt: plan.startsAt + 60_000 },
    ]);
    await api.cancel(plan.plan);
    expect(await api.planned()).toEqual([]);
    const [room] = await api.rooms();
    if (!room) throw new Error("no room");
    await api.close(room.room);
    expect(await api.rooms()).toEqual([]);
    expect(await api.account()).toMatchObject({ trialMinutes: 60, mayStart: { group: true } });
    expect(await api.month("2026-01")).toMatchObject({ month: "2026-01", calls: [] });
    await expect(api.addWebhook("http://127.0.0.1:2/")).rejects.toEqual(new Refusal("webhook.target"));
    const { webhook } = await api.addWebhook("http://127.0.0.1:1/");
    expect(await api.webhooks()).toMatchObject([{ webhook, waiting: 0, fault: null }]);
    await api.removeWebhook(webhook);
    expect(await api.webhooks()).toEqual([]);
  });

  test("no name, ID, link or key of it was ever told to the server", async () => {
    const log = server.log();
    for (const secret of [
      "Muster",
      "K-1042",
      access.token,
      access.pairing,
      ...links.map((link) => link.slice(-43)),
    ])
      expect(log).not.toContain(secret);
  });
});

describe("notices", () => {
  const secret = noise(32);
  const text = base64url(secret);
  const notice: CallNotice = { id: newId(), event: "call.started", call: newId(), rids: [], at: 5 };
  const body = JSON.stringify(notice);

  test("only what is signed with the secret, as it stands, within five minutes", () => {
    const now = 1_800_000_000_000;
    const header = signatureOf(secret, body, now);
    const minutes = 60_000;
    expect(isGenuine(header, body, text, now + 5 * minutes)).toBe(true);
    expect(isGenuine(header, body, text, now + 5 * minutes + 1)).toBe(false);
    expect(isGenuine(header, body, text, now - 5 * minutes - 1)).toBe(false);
    expect(isGenuine(header, `${body} `, text, now)).toBe(false);
    expect(isGenuine(header, body, base64url(noise(32)), now)).toBe(false);
    expect(isGenuine(header.replace("t=1", "t=2"), body, text, now)).toBe(false);
    for (const odd of [null, "", "t=1", `v1=${"0".repeat(64)}`, `${header},v2=1`])
      expect(isGenuine(odd, body, text, now)).toBe(false);
  });

  test("one that is sent twice counts once; a forged one not at all", async () => {
    const told: CallNotice[] = [];
    const site = listen(0, text, (one) => void told.push(one));
    const send = (key: Uint8Array) =>
      fetch(site.url, {
        method: "POST",
        body,
        headers: { "tpc-signature": signatureOf(key, body, Date.now()) },
      });
    expect((await send(secret)).status).toBe(204);
    expect((await send(secret)).status).toBe(204);
    expect((await send(noise(32))).status).toBe(401);
    expect(told).toEqual([notice]);
    await site.stop(true);
  });
});
