/** `bun run admin practice …` beside a running server with a call on: it notices by itself, and what is locked answers nobody. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { CLOSE } from "../../wire/close.ts";
import { SIGNAL_VERSION as v } from "../../wire/version.ts";
import { dataFolder, type ServerProcess, startServer } from "../testing/process.ts";
import { newToken, program } from "../testing/program.ts";
import { createBrowser } from "../testing/rig.ts";
import { seatedCall } from "../testing/seated-call.ts";
import { SignalPage } from "../testing/signal-page.ts";

const SLOW = 60_000;
const folder = dataFolder();
let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(folder.path);
}, SLOW);
afterAll(async () => {
  server.kill("SIGKILL");
  await server.exited;
  folder.remove();
});

async function admin(line: string) {
  const args = ["--no-install", join(import.meta.dir, "admin.ts"), ...line.split(" ")];
  const env = { PATH: process.env.PATH ?? "", TPC_DATA: folder.path };
  const child = Bun.spawn([process.execPath, ...args], { env, stdout: "ignore", stderr: "pipe" });
  const said = await new Response(child.stderr).text();
  return { code: await child.exited, said };
}

/** How the server answers a client who opens the link now. */
async function knock(rid: Awaited<ReturnType<typeof seatedCall>>["rid"]) {
  return await new SignalPage(server.port, { t: "hello", v, rid }).closed;
}

test(
  "a locked practice: sessions and calls end, no log-in, no software, clients hear a plain word; unlocked, all is there again",
  async () => {
    const { browser, sent, host, client, rid } = await seatedCall(server);
    const ask = program(server, (await newToken(browser)).token);
    const feed = `/api/feed/${(await browser.ask("POST", "/api/feed")).body.token}.ics`;
    expect((await ask("GET", "/rooms")).status).toBe(200);
    expect((await admin(`practice lock ${sent.user}`)).code).toBe(0);
    // the server looks every few seconds
    expect([await host.closed, await client.closed]).toEqual([CLOSE.session.code, CLOSE.paused.code]);
    expect((await browser.ask("GET", "/api/session")).body).toEqual({ code: "session.required" });
    const logIn = (authKey: string) =>
      createBrowser(server).ask("POST", "/api/session", { user: sent.user, authKey });
    expect((await logIn(sent.authKey)).body).toEqual({ code: "account.locked" });
    // whoever does not know the password learns nothing of it
    expect((await logIn(`${"A".repeat(42)}A`)).body).toEqual({ code: "login.wrong" });
    expect(await ask("GET", "/rooms")).toMatchObject({ status: 403, body: { code: "account.locked" } });
    expect((await createBrowser(server).ask("GET", feed)).status).toBe(404);
    expect(await knock(rid)).toBe(CLOSE.paused.code);
    expect((await admin(`practice unlock ${sent.user}`)).code).toBe(0);
    expect((await logIn(sent.authKey)).status).toBe(200);
    expect((await ask("GET", "/rooms")).status).toBe(200);
    const again = new SignalPage(server.port, { t: "hello", v, rid });
    expect((await again.next("door")).state).toBe("closed");
  },
  SLOW,
);

test(
  "a deleted practice: the running server lets everybody go, the link is nobody's, the name is never given out again",
  async () => {
    const { browser, sent, host, client, rid } = await seatedCall(server);
    expect(await admin(`practice delete ${sent.user}`)).toMatchObject({ code: 2 });
    expect((await browser.ask("GET", "/api/session")).status).toBe(200);
    expect((await admin(`practice delete ${sent.user} --confirm ${sent.user}`)).code).toBe(0);
    expect([await host.closed, await client.closed]).toEqual([CLOSE.session.code, CLOSE.link.code]);
    expect(await knock(rid)).toBe(CLOSE.link.code);
    const taken = await createBrowser(server).ask("POST", "/api/accounts", sent);
    expect(taken.body).toEqual({ code: "account.name-taken" });
    expect(server.log()).not.toContain(String(sent.user));
  },
  SLOW,
);
