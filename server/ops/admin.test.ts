/** The operator's command line as a process, beside a server that has the same database open. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import Driver from "libsql";
import { dataFolder, type ServerProcess, startServer } from "../testing/process.ts";
import { type Browser, register } from "../testing/rig.ts";

const SLOW = 60_000;
const folder = dataFolder();
let server: ServerProcess;
let browser: Browser;
let user: string;

beforeAll(async () => {
  server = await startServer(folder.path);
  const made = await register(server);
  browser = made.browser;
  user = String(made.sent.user);
}, SLOW);
afterAll(async () => {
  server.kill("SIGKILL");
  await server.exited;
  folder.remove();
});

async function admin(line: string, env: Record<string, string> = {}) {
  const child = Bun.spawn(
    [process.execPath, "--no-install", join(import.meta.dir, "admin.ts"), ...line.split(" ").filter(Boolean)],
    {
      env: { PATH: process.env.PATH ?? "", TPC_DATA: folder.path, ...env },
      stdout: "pipe",
      stderr: "pipe",
    },
  );
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code: await child.exited, out, err };
}
const pointsOf = async () => (await browser.ask("GET", "/api/ledger")).body.points;

test(
  "[LG5] a voucher made beside the running server is redeemed by it, once; the code is printed and nowhere else",
  async () => {
    const { code, out, err } = await admin("voucher points 20");
    expect([code, err]).toEqual([0, "1 made, each for 20 points.\n"]);
    expect(out).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\n$/);
    const before = Number(await pointsOf());
    const redeem = () => browser.ask("POST", "/api/vouchers", { code: out.trim().toLowerCase() });
    expect((await redeem()).status).toBe(200);
    expect((await redeem()).status).toBeGreaterThanOrEqual(400);
    expect(await pointsOf()).toBe(before + 20_000);
    expect(server.log()).not.toContain(out.trim());
  },
  SLOW,
);

test(
  "[LG3] a grant repeated with its key credits once, also when both run at the same moment",
  async () => {
    const before = Number(await pointsOf());
    const both = await Promise.all([1, 2].map(() => admin(`grant ${user} points 1.5 --key one`)));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.map(({ err }) => err).sort()).toEqual([
      "Credited: 1.5 points.\n",
      "This key was credited before: nothing was done.\n",
    ]);
    expect(await pointsOf()).toBe(before + 1500);
  },
  SLOW,
);

test(
  "a write waits for a lock that is held for a moment",
  async () => {
    const other = new Driver(folder.file);
    other.exec("BEGIN IMMEDIATE");
    const answer = admin(`grant ${user} points 1`);
    await Bun.sleep(1000);
    other.exec("ROLLBACK");
    other.close();
    expect((await answer).code).toBe(0);
  },
  SLOW,
);

test(
  "[TF1] a tariff set from today holds at once on the running server",
  async () => {
    expect((await admin("tariff set group 1.25")).code).toBe(0);
    const { tariffs } = (await browser.ask("GET", "/api/plans")).body;
    expect(tariffs).toMatchObject({ group: { price: 1250, free: false } });
  },
  SLOW,
);

test(
  "bad input is one sentence on stderr and exit code 2, and prints nothing else",
  async () => {
    const refused = { code: 2, out: "" };
    expect(await admin("voucher points -5")).toMatchObject(refused);
    expect(await admin("balance nobody-here")).toEqual({
      ...refused,
      err: "Nobody here is called nobody-here.\n",
    });
    expect(await admin("correct 999999")).toMatchObject(refused);
    expect(await admin("tariff list", { TPC_PROT: "1" })).toMatchObject(refused);
    const elsewhere = await admin("tariff list", { TPC_DATA: join(folder.path, "elsewhere") });
    expect(elsewhere).toMatchObject(refused);
    expect(elsewhere.err).toContain("There is no database yet");
  },
  SLOW,
);

test(
  "help is on stdout where it was asked for, on stderr where nothing was",
  async () => {
    const asked = await admin("--help");
    expect([asked.code, asked.err]).toEqual([0, ""]);
    expect(asked.out).toContain("voucher points <n>");
    expect(await admin("")).toEqual({ code: 2, out: "", err: asked.out });
    expect(await admin("nonsense")).toEqual({ code: 2, out: "", err: 'There is no command "nonsense".\n' });
  },
  SLOW,
);
