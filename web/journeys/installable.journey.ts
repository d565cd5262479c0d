/** The product can be installed: a shell without data that says calmly when there is no connection, takes over a new version without
 * touching what runs, keeps nothing of calls, links or the API, and goes when the server says so. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { entersRoom, joinsByLink, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { test as base, expect } from "./stage.ts";

/** A folder of built pages of our own, so that a test can bring out another version. */
const test = base.extend<{ web: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  web: async ({}, use) => {
    const web = mkdtempSync(join(tmpdir(), "tpc-web-"));
    cpSync(process.env.TPC_WEB ?? join(import.meta.dirname, "..", "..", "dist"), web, { recursive: true });
    await use(web);
    rmSync(web, { recursive: true, force: true });
  },
  settings: async ({ web }, use) => use({ TPC_WEB: web }),
});

/** What the browser keeps of us: the state of the service worker and every address in its caches. */
function keptBy(page: Page): Promise<{ state: string; caches: string[]; kept: string[] }> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => await (await caches.open(name)).keys()));
    return {
      state: registration?.waiting ? "waiting" : (registration?.active?.state ?? "none"),
      caches: names,
      kept: kept.flat().map(({ url }) => url.slice(location.origin.length)),
    };
  });
}

const stateOf = async (page: Page) => (await keptBy(page)).state;

/** Another build of the same pages: it says who it is, and so does its service worker. */
function bringsOut(web: string, version: string): void {
  for (const end of [".br", ".gz"])
    for (const name of ["index.html", "sw.js"]) rmSync(join(web, name + end), { force: true });
  const page = join(web, "index.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("<head>", `<head data-version="${version}">`));
  const worker = join(web, "sw.js");
  writeFileSync(worker, readFileSync(worker, "utf8").replace(/"version":"\w+"/, `"version":"${version}"`));
}

test("installable: without a connection the shell says so, and goes on by itself when the server is back", async ({
  therapist: { page, context },
  product,
}) => {
  await registers(page, "praxis-schale");
  await expect.poll(() => stateOf(page)).toBe("activated");
  await page.goto("/clients");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await product.kill("SIGTERM");
  await page.goto("/clients");
  await expect(page.getByRole("heading", { name: "Gerade keine Verbindung" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/clients");
  await expectNoFinding(page, "offline page");
  // the client's page is none of its business: no page of ours stands in for it
  const other = await context.newPage();
  await expect(other.goto("/connect")).rejects.toThrow();
  await other.close();
  await product.start();
  await page.getByRole("button", { name: "Noch einmal versuchen" }).click();
  await expect(page.getByRole("heading", { name: "Gerade keine Verbindung" })).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("installable: a new version comes by a reload, the running call keeps its own, and nothing private is kept", async ({
  therapist,
  client,
  product,
  web,
}) => {
  test.slow();
  const { page } = therapist;
  await registers(page, "praxis-schale-2");
  await expect.poll(() => stateOf(page)).toBe("activated");
  await page.reload();
  const link = await startsCall(page, "K-1");
  // in the therapist's own browser too: what its caches hold afterwards is the strictest question
  const preview = await therapist.context.newPage();
  await preview.goto(link);
  await expect(preview.getByTestId("quiet")).toBeVisible();
  await preview.goto("/connect");
  await preview.close();
  await entersRoom(page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(page, "remote", CLIENT);

  const before = await keptBy(page);
  bringsOut(web, "second");
  await product.kill("SIGTERM");
  await product.start();
  const tab = await therapist.context.newPage();
  await tab.goto("/imprint");
  expect(await tab.evaluate(() => document.head.dataset.version)).toBe("second");
  await tab.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await expect.poll(() => stateOf(tab), "the new one waits for the call's page").toBe("waiting");
  expect((await keptBy(tab)).kept).toEqual(expect.arrayContaining(before.kept));
  await expectMovingPicture(page, "remote", CLIENT);
  await expectMovingPicture(client.page, "remote", THERAPIST);

  const { kept, caches } = await keptBy(page);
  expect(caches.length).toBeGreaterThan(0);
  expect(kept.filter((path) => path.startsWith("/assets/")).length).toBeGreaterThan(5);
  expect(
    kept.filter((path) => !/^\/(?:assets\/[\w.-]+|offline\.html|mark\.svg|early\.js)$/.test(path)),
    "[R10] nothing of a call, a link or the API",
  ).toEqual([]);
  const secret = new URL(link).hash.slice(2);
  expect(JSON.stringify(kept)).not.toContain(secret);
  expect(
    await client.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  ).toBe(0);
});

test("installable: the service worker goes when the server says so", async ({
  therapist: { page },
  product,
  web,
}) => {
  await registers(page, "praxis-schale-3");
  await expect.poll(() => stateOf(page)).toBe("activated");
  // what TPC_SERVICE_WORKER=off gives under this name
  for (const end of [".br", ".gz"]) rmSync(join(web, `sw.js${end}`), { force: true });
  cpSync(join(web, "sw-off.js"), join(web, "sw.js"));
  await product.kill("SIGTERM");
  await product.start();
  await page.goto("/imprint");
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await expect.poll(() => keptBy(page)).toEqual({ state: "none", caches: [], kept: [] });
});
