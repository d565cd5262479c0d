/** Logos and brands as pages of the practice and of its clients ask for them (TP1 §2.9). */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { noise, storeLinks } from "../../db/testing/samples.ts";
import { LOGO_BYTES_MAX } from "../../wire/brand.ts";
import { base64url, hex, sameBytes } from "../../wire/bytes.ts";
import { type LogoId, newId, type Rid } from "../../wire/ids.ts";
import { PRICING } from "../billing/pricing.ts";
import { type Browser, createRig, ORIGIN, type Rig, register } from "../testing/rig.ts";
import { BRAND_BOX_MAX, READS_PER_ADDRESS } from "./brands.ts";
import { CHANGES_MAX } from "./vault.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 1000, addressFrom: "x-forwarded-for" });
});
afterAll(() => rig.close());

async function somebody(links = 0) {
  const { browser, sent } = await register(rig);
  const user = sent.user as Parameters<typeof rig.store.practices.practiceOfUser>[0];
  const practice = await rig.store.practices.practiceOfUser(user);
  if (practice === null) throw new Error("nobody");
  return { browser, practice, rids: await storeLinks(rig.store, practice, links) };
}

/** Whoever has an address and nothing else. */
function visit(path: string, address = hex(noise(4))): Promise<Response> {
  const headers = { "x-forwarded-for": address };
  return Promise.resolve(rig.handle(new Request(`${ORIGIN}${path}`, { headers })));
}

const bodyFor = (rids: readonly Rid[], bytes = 296) => ({
  put: rids.map((rid) => ({ rid, box: base64url(noise(bytes)) })),
});
const putLogo = (browser: Browser, bytes: number, id = newId<LogoId>()) =>
  browser.ask("PUT", "/api/logo", { id, box: base64url(noise(bytes)) });

describe("[TP1 2.9] a practice", () => {
  test("shows a logo and brands, which anybody reads who has the id or the handle", async () => {
    const { browser, rids } = await somebody(2);
    const [id, picture] = [newId<LogoId>(), noise(4000)];
    expect((await browser.ask("PUT", "/api/logo", { id, box: base64url(picture) })).status).toBe(204);
    const body = bodyFor(rids);
    expect((await browser.ask("PUT", "/api/brands", body)).status).toBe(204);
    const [first] = body.put;
    const brand = await visit(`/api/brand/${first?.rid}`);
    expect(await brand.json()).toEqual({ box: first?.box });
    expect(brand.headers.get("cache-control")).toBe("no-store");
    const logo = await visit(`/api/logo/${id}`);
    expect(sameBytes(new Uint8Array(await logo.arrayBuffer()), picture)).toBe(true);
    expect(logo.headers.get("content-type")).toBe("application/octet-stream");
    expect(logo.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect(logo.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(logo.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("reads back what it shows, and nothing of another practice", async () => {
    const [mine, theirs] = [await somebody(2), await somebody(1)];
    await theirs.browser.ask("PUT", "/api/brands", bodyFor(theirs.rids));
    expect((await mine.browser.ask("GET", "/api/brands")).body).toEqual({ logo: null, brands: [] });
    const id = newId<LogoId>();
    await putLogo(mine.browser, 100, id);
    const { put } = bodyFor(mine.rids);
    await mine.browser.ask("PUT", "/api/brands", { put });
    const inOrder = [...put].sort((a, b) => (a.rid < b.rid ? -1 : 1));
    expect((await mine.browser.ask("GET", "/api/brands")).body).toEqual({ logo: id, brands: inOrder });
  });

  test("names no link of another practice: nothing is stored then", async () => {
    const [mine, theirs] = [await somebody(1), await somebody(1)];
    const got = await mine.browser.ask("PUT", "/api/brands", bodyFor([...mine.rids, ...theirs.rids]));
    expect(got).toMatchObject({ status: 404, body: { code: "link.unknown" } });
    for (const rid of [...mine.rids, ...theirs.rids])
      expect((await visit(`/api/brand/${rid}`)).status).toBe(404);
  });

  test("takes nobody's logo away by naming its id", async () => {
    const [mine, theirs] = [await somebody(), await somebody()];
    const id = newId<LogoId>();
    await putLogo(theirs.browser, 77, id);
    expect((await putLogo(mine.browser, 88, id)).status).toBe(503);
    expect((await (await visit(`/api/logo/${id}`)).arrayBuffer()).byteLength).toBe(77);
  });

  test("removes it: gone for everybody", async () => {
    const { browser, rids } = await somebody(1);
    const id = newId<LogoId>();
    await putLogo(browser, 100, id);
    await browser.ask("PUT", "/api/brands", bodyFor(rids));
    expect((await browser.ask("DELETE", "/api/logo", { id: null })).status).toBe(204);
    expect((await visit(`/api/logo/${id}`)).status).toBe(200);
    for (let times = 0; times < 2; times++)
      expect((await browser.ask("DELETE", "/api/logo", { id })).status).toBe(204);
    const unknown = await visit(`/api/brand/${rids[0]}`);
    expect([unknown.status, await unknown.json()]).toEqual([404, { code: "brand.unknown" }]);
    expect((await visit(`/api/logo/${id}`)).status).toBe(404);
  });

  test("is deleted with all of it", async () => {
    const { browser, practice, rids } = await somebody(1);
    const id = newId<LogoId>();
    await putLogo(browser, 100, id);
    await browser.ask("PUT", "/api/brands", bodyFor(rids));
    await rig.store.practices.remove(practice, PRICING, rig.time.now);
    expect((await visit(`/api/brand/${rids[0]}`)).status).toBe(404);
    expect((await visit(`/api/logo/${id}`)).status).toBe(404);
  });

  test("writes only when it is logged in, from its own pages", async () => {
    const { browser } = await somebody();
    for (const [method, path] of [
      ["PUT", "/api/logo"],
      ["DELETE", "/api/logo"],
      ["PUT", "/api/brands"],
    ] as const) {
      const headers = { origin: ORIGIN, "content-type": "application/json" };
      const init = { method, headers, body: "{}" };
      expect((await rig.handle(new Request(`${ORIGIN}${path}`, init))).status).toBe(401);
      const foreign = await browser.ask(method, path, undefined, { origin: "https://elsewhere.example" });
      expect(foreign.body.code).toBe("request.origin");
    }
    expect((await visit("/api/brands")).status).toBe(401);
  });
});

describe("[TP1 2.9] limits", () => {
  test("a logo of 256 KiB and its seal, and not a byte more or none", async () => {
    const { browser } = await somebody();
    expect((await putLogo(browser, LOGO_BYTES_MAX + 40)).status).toBe(204);
    for (const bytes of [0, 40, LOGO_BYTES_MAX + 41])
      expect(await putLogo(browser, bytes)).toMatchObject({ status: 400, body: { code: "request.invalid" } });
    const got = await browser.ask("PUT", "/api/logo", { id: "../etc", box: base64url(noise(50)) });
    expect(got.body.code).toBe("request.invalid");
  });

  test("a brand of its largest size, 256 in one write, and not one more", async () => {
    const { browser, rids } = await somebody(CHANGES_MAX + 1);
    const few = rids.slice(0, 1);
    expect((await browser.ask("PUT", "/api/brands", bodyFor(few, BRAND_BOX_MAX))).status).toBe(204);
    for (const bytes of [40, BRAND_BOX_MAX + 1])
      expect((await browser.ask("PUT", "/api/brands", bodyFor(few, bytes))).status).toBe(400);
    expect((await browser.ask("PUT", "/api/brands", bodyFor(rids.slice(1)))).status).toBe(204);
    expect((await browser.ask("PUT", "/api/brands", bodyFor(rids))).status).toBe(400);
  });

  test("one address reads so often in a while; others go on", async () => {
    const path = `/api/brand/${newId<Rid>()}`;
    for (let n = 0; n < READS_PER_ADDRESS - 1; n++) await visit(path, "10.0.0.1");
    expect((await visit(`/api/logo/${newId<LogoId>()}`, "10.0.0.1")).status).toBe(404);
    const slow = await visit(path, "10.0.0.1");
    expect([slow.status, Number(slow.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect((await visit(path, "10.0.0.2")).status).toBe(404);
  });

  test("what is no handle and no id is refused before it is looked up", async () => {
    for (const path of ["/api/brand/x", `/api/brand/${"A".repeat(32)}`, `/api/logo/${"0".repeat(31)}`])
      expect((await visit(path)).status).toBe(400);
  });
});
