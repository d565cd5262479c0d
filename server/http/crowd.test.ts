/** A flood of requests: from one address, of one account, from very many addresses. */
import { afterEach, describe, expect, test } from "bun:test";
import { createBrowser, createRig, type Rig, register } from "../testing/rig.ts";
import { createCrowd, REQUESTS_PER_ACCOUNT, REQUESTS_PER_ADDRESS } from "./crowd.ts";
import type { ApiFailure } from "./failure.ts";

/** Thousands of requests on a busy machine. */
const SLOW = 30_000;
const rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

async function rigWith(): Promise<Rig> {
  const rig = await createRig({ addressFrom: "x-forwarded-for" });
  rigs.push(rig);
  return rig;
}

const from = (address: string) => ({ "x-forwarded-for": address });

describe("[limits] a flood over HTTP", () => {
  test(
    "of one address is refused whatever it asks for, before anything is looked up; others are not",
    async () => {
      const rig = await rigWith();
      const ask = (address: string, path = "/api/health") =>
        createBrowser(rig, from(address)).ask("GET", path);
      for (let i = 0; i < REQUESTS_PER_ADDRESS.burst; i++) await ask("192.0.2.1");
      for (const path of ["/api/health", "/api/nothing", "/api/session"]) {
        const got = await ask("192.0.2.1", path);
        expect([got.status, got.body.code, got.headers.get("retry-after")]).toEqual([
          429,
          "request.slow-down",
          "1",
        ]);
      }
      expect((await ask("192.0.2.2")).status).toBe(200);
      const page = await createBrowser(rig, { ...from("192.0.2.1"), accept: "text/html" }).ask("GET", "/");
      expect(page.status).toBe(503);
      expect(page.body.text).toContain("not built");
      rig.time.now += 1000;
      expect((await ask("192.0.2.1")).status).toBe(200);
    },
    SLOW,
  );

  test(
    "of one account is refused from wherever it comes; another account is not",
    async () => {
      const rig = await rigWith();
      const { browser } = await register(rig, from("192.0.2.1"));
      const cookie = browser.cookie();
      const ask = (n: number) =>
        createBrowser(rig, { cookie, ...from(`198.51.${n >> 8}.${n & 255}`) }).ask("GET", "/api/feed");
      for (let n = 0; n < REQUESTS_PER_ACCOUNT.burst; n++) await ask(n);
      expect((await ask(0)).body.code).toBe("request.slow-down");
      const other = await register(rig, from("192.0.2.2"));
      expect((await other.browser.ask("GET", "/api/feed")).status).toBe(200);
      rig.time.now += 1000;
      expect((await ask(0)).status).toBe(200);
    },
    SLOW,
  );
});

test("[limits] very many addresses take no more memory than is set, and share what is left", () => {
  const crowd = createCrowd({ monotonic: () => 0 });
  const refused = (address: string): string | null => {
    try {
      crowd.address(address);
      return null;
    } catch (error) {
      return (error as ApiFailure).body.code;
    }
  };
  for (let i = 0; i < 20_000; i++) refused(`a${i}`);
  for (let i = 0; i < REQUESTS_PER_ADDRESS.burst; i++) expect(refused(`b${i}`)).toBeNull();
  expect(refused("c")).toBe("request.slow-down");
  expect(refused("a1")).toBeNull();
});
