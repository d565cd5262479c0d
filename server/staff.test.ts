/** [R15] Practice staff at the doors of the real product: both sockets refuse the upgrade, whatever would be said first, and a socket that
 * was open before goes when its account becomes staff. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { noise } from "../db/testing/samples.ts";
import { base64url } from "../wire/bytes.ts";
import { CLOSE } from "../wire/close.ts";
import { newId } from "../wire/ids.ts";
import { SIGNAL_VERSION as v } from "../wire/version.ts";
import { invitationHash } from "./http/invitations.ts";
import { dataFolder, type ServerProcess, startServer } from "./testing/process.ts";
import { type Browser, createBrowser, ORIGIN, register, sampleRegistration } from "./testing/rig.ts";
import { SignalPage } from "./testing/signal-page.ts";
import { RawSocket } from "./transport/testing/raw-socket.ts";

const SLOW = 60_000;
const folder = dataFolder();
let server: ServerProcess;
let therapist: Browser;
beforeAll(async () => {
  server = await startServer(folder.path);
  therapist = (await register(server)).browser;
}, SLOW);
afterAll(async () => {
  server.kill("SIGKILL");
  await server.exited;
  folder.remove();
});

async function invite(): Promise<string> {
  const token = noise(16);
  const body = { invitation: newId(), tokenHash: base64url(invitationHash(token)) };
  await therapist.ask("POST", "/api/staff", body);
  return base64url(token);
}

/** What the upgrade of `path` is answered with. */
function upgrade(path: string, cookie: string): Promise<number> {
  return new Promise((done) => {
    const socket = new RawSocket(server.port, path, { Origin: ORIGIN, Cookie: cookie }, () => {
      if (socket.status === null) return;
      done(socket.status);
      socket.destroy();
    });
  });
}

test(
  "[R15] no upgrade for a staff session; one for its therapist and for whoever is not logged in",
  async () => {
    const staff = createBrowser(server);
    const { status } = await staff.ask("POST", "/api/accounts", {
      ...sampleRegistration(),
      staff: await invite(),
    });
    expect(status).toBe(201);
    expect(await upgrade("/signal", staff.cookie())).toBe(403);
    expect(await upgrade("/media?pass=AA&lane=a", staff.cookie())).toBe(403);
    expect(await upgrade("/signal", therapist.cookie())).toBe(101);
    expect(await upgrade("/signal", "")).toBe(101);
    await staff.ask("DELETE", "/api/session");
    expect(await upgrade("/signal", staff.cookie())).toBe(101);
  },
  SLOW,
);

test(
  "[R15] a socket that hosts goes when its account becomes staff, and does not come back",
  async () => {
    const { browser } = await register(server);
    const page = new SignalPage(server.port, { t: "host", v }, browser.cookie());
    await page.next("lease");
    const accepted = await browser.ask("POST", "/api/invitations/accept", { token: await invite() });
    expect(accepted.status).toBe(200);
    expect(await page.closed).toBe(CLOSE.session.code);
    expect(await upgrade("/signal", browser.cookie())).toBe(403);
  },
  SLOW,
);
