/** [e2ee 2.11] An outside program: it gets access on the profile, opens a group, starts a call by its link with one click, and is told of it;
 * a link without its pairing, and a page of another origin, can do nothing without a press. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { formatStartLink } from "../../wire/start-link.ts";
import { expectPerson, joinsGroup, startsGroup } from "./group.ts";
import { person, registers, startsCall } from "./people.ts";
import { freePort } from "./product.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const MAIN = join(import.meta.dirname, "..", "..", "examples", "practice-program", "main.ts");

type Access = { server: string; token: string; pairing: string };

/** "Zugang anlegen" on the profile; returns what is shown. */
async function givesAccess(page: Page, label: string): Promise<Access> {
  await page.goto("/profile");
  await page.getByRole("button", { name: "Zugang anlegen" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name des Programms").fill(label);
  for (const box of await dialog.getByRole("checkbox").all()) await box.setChecked(true, { force: true });
  await dialog.getByRole("button", { name: "Anlegen" }).click();
  const shown = async (name: string) =>
    (await page.getByTestId(`access-${name}`).textContent())?.trim() ?? "";
  await expect(page.getByTestId("access-token")).toBeVisible();
  const access = {
    server: await shown("server"),
    token: await shown("token"),
    pairing: await shown("pairing"),
  };
  await dialog.getByRole("button", { name: "Fertig" }).click();
  return access;
}

/** The example in a folder of its own, with these clients. */
function program(access: Access, book: Record<string, { id: string; link: string }>) {
  const folder = mkdtempSync(join(tmpdir(), "practice-program-"));
  const children: ChildProcess[] = [];
  writeFileSync(join(folder, "access.json"), JSON.stringify(access));
  writeFileSync(join(folder, "book.json"), JSON.stringify(book));
  const begin = (...words: string[]) => {
    const child = spawn("bun", [MAIN, ...words], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    const said = { out: "", err: "" };
    child.stdout?.on("data", (chunk: Buffer) => {
      said.out += chunk;
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      said.err += chunk;
    });
    return { child, said };
  };
  const run = async (...words: string[]) => {
    const { child, said } = begin(...words);
    await new Promise((done) => child.once("close", done));
    return { out: said.out.trim(), err: said.err.trim() };
  };
  const end = () => {
    for (const child of children) child.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  return { begin, run, end };
}

/** Clients' IDs of the open rooms on the dashboard. */
const openRooms = (page: Page) => page.getByTestId("open-room");

async function entries(page: Page): Promise<number> {
  await page.goto("/clients");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(300);
  return page
    .getByRole("main")
    .getByText(/^K-\d+$/)
    .count();
}

const port = await freePort();

test.describe("practice-software", () => {
  test.use({ settings: { WEBHOOK_ALLOW: `127.0.0.1:${port}` } });

  test("a program opens a group, its link starts a call with one click, and it is told of both ends", async ({
    therapist,
    client,
    product,
  }) => {
    const { page } = therapist;
    await registers(page, "praxis-programm");
    const links = await startsGroup(page, ["K-1", "K-2"]);
    await page.getByRole("button", { name: /^Anruf mit K-1.* beenden$/ }).click();
    await expect(openRooms(page)).toHaveCount(0);
    const access = await givesAccess(page, "Praxisprogramm");
    expect(access).toEqual({
      server: product.origin,
      token: expect.stringMatching(/^tpc_[\w-]{43}$/),
      pairing: expect.stringMatching(/^[\w-]{22}$/),
    });
    const [one, two] = links as [string, string];
    const book = { "Max Muster": { id: "K-1", link: one }, "Mia Muster": { id: "K-2", link: two } };
    const own = program(access, book);
    try {
      // a group, by handles
      expect((await own.run("open", "Max Muster", "Mia Muster")).out).toContain("for Max Muster, Mia Muster");
      await page.goto("/");
      await expect(openRooms(page)).toHaveCount(1);
      await expect(openRooms(page)).toContainText("K-1");
      await expect(openRooms(page)).toContainText("K-2");
      await page.goto("/profile");
      await expect(page.getByTestId("accesses")).toContainText("zuletzt benutzt");

      const told = own.begin("listen", String(port));
      await expect.poll(() => told.said.out, { timeout: 15_000 }).toContain("listening");

      // one click in the program: the therapist is in the call of the group
      const { out: startLink } = await own.run("link", "Max Muster", "Mia Muster");
      await page.goto("about:blank");
      await page.goto(startLink);
      await page.waitForURL(/\/call\/[0-9a-f]{32}$/);
      expect(page.url()).not.toContain("#");
      await joinsGroup(client.page, one, "Max");
      await expectPerson(client.page, 0, THERAPIST);
      await expectPerson(page, 1, CLIENT);
      await expect
        .poll(() => told.said.out, { timeout: 15_000 })
        .toMatch(/call\.started \S+ Max Muster, Mia Muster/);
      expect((await own.run("presence")).out).toMatch(/^[0-9a-f]{32} 2 present$/);
      await page.getByRole("button", { name: "Auflegen" }).click();
      await expect
        .poll(() => told.said.out, { timeout: 15_000 })
        .toMatch(/call\.ended \S+ Max Muster, Mia Muster/);

      // what the server was told, and what it printed: no ID, name, link or key
      for (const secret of ["Muster", "K-1", access.token, access.pairing, one.slice(-43)])
        expect(product.log()).not.toContain(secret);

      // revoked: at once
      await page.goto("/profile");
      await page.getByRole("button", { name: "Widerrufen: Zugang „Praxisprogramm“" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Widerrufen" }).click();
      await expect(page.getByText("Bisher hat kein Programm Zugang.")).toBeVisible();
      expect((await own.run("planned")).err).toBe("token.invalid");
      await page.goto("about:blank");
      await page.goto(startLink);
      await expect(page.getByTestId("quiet")).toHaveAttribute("data-code", "ask");
    } finally {
      own.end();
    }
  });

  test("[e2ee 2.11] without its pairing a link names the IDs and waits; until the press nothing is made and no camera asked", async ({
    therapist,
    product,
  }) => {
    const { page } = therapist;
    await registers(page, "praxis-fremd");
    await startsCall(page, "K-1");
    const { pairing } = await givesAccess(page, "Praxisprogramm");
    await page.addInitScript(() => {
      const { mediaDevices } = navigator;
      const ask = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = (constraints) => {
        (window as unknown as { asked: boolean }).asked = true;
        return ask(constraints);
      };
    });
    const asked = () => page.evaluate(() => (window as unknown as { asked?: boolean }).asked === true);
    const wrong = new Uint8Array(16).fill(1);
    for (const secret of [null, wrong]) {
      await page.goto("about:blank");
      await page.goto(formatStartLink(product.origin, { ids: ["K-8", "K-9"], pairing: secret }));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Anruf mit K-8 und K-9 starten?");
      await expect(
        page.getByText("Noch nicht in Ihrer Kartei: K-8 und K-9. Beim Starten wird das nachgeholt."),
      ).toBeVisible();
      await page.waitForTimeout(500);
      expect(await asked()).toBe(false);
      expect(page.url()).toContain("/start#");
    }
    await page.goto("/");
    await expect(openRooms(page)).toHaveCount(1);
    expect(await entries(page)).toBe(1);

    // the press does it
    await page.goto("about:blank");
    await page.goto(formatStartLink(product.origin, { ids: ["K-8", "K-9"], pairing: null }));
    await page.getByRole("button", { name: "Starten" }).click();
    await page.waitForURL(/\/call\/[0-9a-f]{32}$/);
    await expect.poll(asked).toBe(true);
    await page.goto("/");
    await expect(openRooms(page)).toHaveCount(2);

    // a link that is none says so, and one of the right program goes on in the same tab
    await page.goto("about:blank");
    await page.goto("/start#AAAA");
    await expect(page.getByTestId("quiet")).toHaveAttribute("data-code", "bad");
    const right = formatStartLink(product.origin, {
      ids: ["k 8", "K-9"],
      pairing: new Uint8Array(Buffer.from(pairing, "base64url")),
    });
    await page.evaluate((hash) => {
      location.hash = hash;
    }, new URL(right).hash);
    await page.waitForURL(/\/call\/[0-9a-f]{32}$/);
    await page.goto("/");
    await expect(openRooms(page)).toHaveCount(2);
  });

  test("[e2ee 2.11] a page of another origin can neither open a call nor add an entry, by window, frame or request", async ({
    product,
  }) => {
    const { origin } = product;
    const link = formatStartLink(origin, { ids: ["K-7"], pairing: new Uint8Array(16) });
    const foreign = createServer((_, answer) => {
      answer.setHeader("content-type", "text/html");
      answer.end(`<!doctype html><iframe src="${link}"></iframe>`);
    });
    await new Promise<void>((ready) => foreign.listen(0, "127.0.0.1", ready));
    const address = foreign.address();
    const at = typeof address === "object" && address ? address.port : 0;
    // a browser of its own: the stage's people never leave our origin
    const { browser, context, page } = await person({ sign: THERAPIST, origin });
    try {
      await registers(page, "praxis-ziel");
      const { token } = await givesAccess(page, "Praxisprogramm");
      const evil = await context.newPage();
      await evil.goto(`http://127.0.0.1:${at}/`);
      const framed = await evil
        .frames()
        .at(1)
        ?.evaluate(() => document.body.textContent)
        .catch(() => "");
      expect(framed, "nothing of ours stands in a frame").not.toContain("K-7");
      expect(await evil.evaluate(requests, { origin, token })).toEqual(["refused", "refused", "refused"]);
      // by window, in the very browser that is logged in: it waits for a press, and the opener has no hold of it
      const opening = evil.waitForEvent("popup");
      await evil.evaluate((url) => void Object.assign(window, { target: window.open(url) }), link);
      const popup = await opening;
      await expect(popup.getByTestId("quiet")).toHaveAttribute("data-code", "ask");
      expect(await evil.evaluate(() => (window as unknown as { target: Window }).target.closed)).toBe(true);
      await popup.waitForTimeout(500);
      await expect(popup).toHaveURL(/\/start#/);
      await page.goto("/");
      await expect(page.getByText("kein Anruf offen")).toBeVisible();
      expect(await entries(page)).toBe(0);
    } finally {
      await browser.close();
      foreign.close();
    }
  });

  test("the page for those who build programs shows every route of the document, in both languages, under our policy", async ({
    therapist: { page },
    product,
  }) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().startsWith("Failed to load"))
        errors.push(message.text());
    });
    page.on("pageerror", ({ message }) => errors.push(message));
    const { paths } = await (await fetch(`${product.origin}/api/v1/openapi.json`)).json();
    const told = Object.entries(paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(told.length).toBeGreaterThan(10);
    const shown = async () =>
      (await page.getByTestId("route").locator("h3").allTextContents()).map((text) => text.trim());
    await page.goto("/developers");
    await expect.poll(async () => (await shown()).sort()).toEqual([...told].sort());
    await expect(page.getByText("Öffnet für zwei Stunden einen Raum")).toBeVisible();
    await page
      .getByRole("button", { name: /EN|English/ })
      .first()
      .click();
    await expect(page.getByText("Opens a room for two hours")).toBeVisible();
    await expect.poll(async () => (await shown()).sort()).toEqual([...told].sort());
    expect(errors).toEqual([]);
  });
});

/** Runs in the foreign page: what it gets by asking with the token, and with the cookies. */
function requests({ origin, token }: { origin: string; token: string }): Promise<string[]> {
  const ask = (path: string, init: RequestInit) =>
    fetch(`${origin}${path}`, init).then(
      () => "answered",
      () => "refused",
    );
  const headers = { authorization: `Bearer ${token}` };
  return Promise.all([
    ask("/api/v1/rooms", { headers }),
    ask("/api/v1/rooms", { method: "POST", headers, body: "{}", credentials: "include" }),
    ask("/api/rooms", { method: "POST", body: "{}", credentials: "include" }),
  ]);
}
