/** Which file answers which path, how it is kept and packed, and that no path leads anywhere else. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPages, type Pages } from "./pages.ts";

const folder = mkdtempSync(join(tmpdir(), "pages-"));
const web = join(folder, "dist");
let pages: Pages;

beforeAll(() => {
  mkdirSync(join(web, "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(web, "index.html"), "dashboard");
  writeFileSync(join(web, "client.html"), "client");
  writeFileSync(join(web, "mark.svg"), "<svg/>");
  writeFileSync(join(web, "sw.js"), "keeps");
  writeFileSync(join(web, "sw-off.js"), "ends");
  writeFileSync(join(web, "app.webmanifest"), "{}");
  writeFileSync(join(web, "assets", "app-h4sh.js"), "plain");
  writeFileSync(join(web, "assets", "app-h4sh.js.br"), "packed by br");
  writeFileSync(join(web, "assets", "app-h4sh.js.gz"), "packed by gz");
  writeFileSync(join(web, "assets", "font-h4sh.woff2"), "font");
  pages = createPages(web);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const get = (path: string, headers: Record<string, string> = {}) =>
  pages(new Request(`http://localhost${path}`, { headers }));
const text = async (path: string, headers: Record<string, string> = {}) => await get(path, headers)?.text();

describe("navigations", () => {
  test.each(["/", "/login", "/rooms/abc", "/rooms?next=%2Fj", "/jx", "/index.html"])(
    "%s is the dashboard",
    async (path) => {
      expect(await text(path, HTML)).toBe("dashboard");
    },
  );

  test.each(["/j", "/connect", "/check", "/j?x=1", "/client.html"])(
    "%s is the client's page",
    async (path) => {
      expect(await text(path, HTML)).toBe("client");
      expect(await text(path, { accept: "*/*" })).toBe("client");
    },
  );

  test.each(["/j%231AAAA", "/j%2523", "/x%252523y", "/assets/%23"])(
    "%s has a '#' that was escaped on the way: the client's page mends it",
    async (path) => {
      expect(await text(path, HTML)).toBe("client");
    },
  );

  test.each(["/invite", "/invite%231AAAA", "/invite%25231AAAA"])(
    "%s is an invitation of practice staff: the dashboard's page reads or refuses it",
    async (path) => {
      expect(await text(path, HTML)).toBe(await text("/", HTML));
    },
  );

  test("pages are asked for each time, and 'not modified' has no body", async () => {
    const first = get("/", HTML);
    expect(first?.headers.get("cache-control")).toBe("no-cache");
    const tag = first?.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"[\w-]{16}"$/);
    const second = get("/", { ...HTML, "if-none-match": tag });
    expect([second?.status, await second?.text()]).toEqual([304, ""]);
    expect(get("/j", { "if-none-match": tag })?.status).toBe(200);
  });

  test("an unbuilt folder says so to people, and nothing to scripts", async () => {
    const empty = createPages(join(folder, "nowhere"));
    const page = empty(new Request("http://localhost/", { headers: HTML }));
    expect([page?.status, await page?.text()]).toEqual([503, expect.stringContaining("not built")]);
    expect(empty(new Request("http://localhost/assets/x.js"))).toBeNull();
  });
});

describe("files", () => {
  test("hashed ones are kept for a year, others asked for", () => {
    expect(get("/assets/app-h4sh.js")?.headers.get("cache-control")).toBe(
      "public, max-age=31536000, immutable",
    );
    expect(get("/mark.svg")?.headers.get("cache-control")).toBe("no-cache");
    expect(get("/assets/app-h4sh.js")?.headers.get("content-type")).toStartWith("text/javascript");
    expect(get("/mark.svg")?.headers.get("content-type")).toBe("image/svg+xml");
  });

  test.each([
    ["br, gzip", "packed by br", "br"],
    ["gzip, deflate, br;q=0.9", "packed by br", "br"],
    ["gzip", "packed by gz", "gzip"],
    ["br;q=0, gzip;q=1.0", "packed by gz", "gzip"],
    ["br;q=0.0", "plain", null],
    ["identity", "plain", null],
    ["brotli", "plain", null],
    ["", "plain", null],
  ])("accept-encoding %j gets %j", async (accepted, body, packing) => {
    const response = get("/assets/app-h4sh.js", { "accept-encoding": accepted });
    expect(await response?.text()).toBe(body);
    expect(response?.headers.get("content-encoding")).toBe(packing);
    expect(response?.headers.get("content-type")).toStartWith("text/javascript");
    expect(response?.headers.get("vary")).toBe("accept-encoding");
  });

  test("what the build did not pack comes plain", async () => {
    expect(await text("/assets/font-h4sh.woff2", { "accept-encoding": "br" })).toBe("font");
  });

  test("a missing file is missing, also for a navigation", () => {
    expect(get("/assets/app-0ther.js")).toBeNull();
    expect(get("/assets/app-0ther.js", HTML)).toBeNull();
    expect(get("/favicon.ico", { accept: "image/*" })).toBeNull();
    expect(get("/assets/app-h4sh.js.br")).toBeNull();
  });
});

describe("the installed product", () => {
  test("the service worker is asked for each time and may serve the whole origin", () => {
    const answer = get("/sw.js");
    expect(answer?.headers.get("cache-control")).toBe("no-cache");
    expect(answer?.headers.get("service-worker-allowed")).toBe("/");
    expect(answer?.headers.get("content-type")).toStartWith("text/javascript");
    expect(get("/mark.svg")?.headers.has("service-worker-allowed")).toBe(false);
  });

  test("where there shall be none, the one that ends itself comes under the same name", async () => {
    expect(await text("/sw.js")).toBe("keeps");
    const off = createPages(web, false)(new Request("http://localhost/sw.js"));
    expect([await off?.text(), off?.headers.get("service-worker-allowed")]).toEqual(["ends", "/"]);
    expect(off?.headers.get("cache-control")).toBe("no-cache");
  });

  test("the manifest is one to browsers", () => {
    expect(get("/app.webmanifest")?.headers.get("content-type")).toBe("application/manifest+json");
  });
});

describe("paths that lead elsewhere", () => {
  test.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%5c..%5csecret.txt",
    "//secret.txt",
    "/%00",
    "/mark.svg%00",
    "/%zz",
    "/assets",
    "/assets/",
  ])("%s finds nothing", (path) => {
    const raw = { url: `http://localhost${path}`, method: "GET", headers: new Headers() };
    expect(pages(raw as Request)).toBeNull();
  });

  test("the API and the socket are none of the pages' business", () => {
    expect(get("/api/health", HTML)).toBeNull();
    expect(get("/signal", HTML)).toBeNull();
  });
});
