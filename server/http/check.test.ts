/** The way to the connection check: tickets for anybody on our pages, so many per address, and no word about anything else. */
import { afterEach, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { CHECKS_PER_ADDRESS, check } from "./check.ts";
import { ApiFailure } from "./failure.ts";

const issued: string[] = [];
afterEach(() => void issued.splice(0));

function serve() {
  const plugin = check({
    addressOf: ({ headers }) => headers.get("x-test-address") ?? "one",
    stun: () => [{ urls: "stun:praxis.test:3478" }],
    quic: () => [{ port: 4433, hash: new Uint8Array([1, 2, 3]) }],
    issue: () => {
      issued.push(`ticket-${issued.length}`);
      return issued.at(-1) ?? "";
    },
  });
  const app = new Elysia().onError(({ error, set }) => {
    if (!(error instanceof ApiFailure)) throw error;
    set.status = 429;
    return error.body;
  });
  app.use(plugin);
  return (address = "one") =>
    app.handle(
      new Request("http://praxis.test/api/check", { method: "POST", headers: { "x-test-address": address } }),
    );
}

test("[R12] says where this server is reached and gives two tickets; nothing of calls, nobody else's server", async () => {
  const answer = await serve()();
  expect(await answer.json()).toEqual({
    stun: [{ urls: "stun:praxis.test:3478" }],
    quic: [{ port: 4433, hash: "AQID" }],
    tickets: { quic: "ticket-0", socket: "ticket-1" },
  });
});

test("one address that asks without end gets no more tickets, another one still does", async () => {
  const ask = serve();
  for (let count = 0; count < CHECKS_PER_ADDRESS; count++) expect((await ask()).status).toBe(200);
  const refused = await ask();
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
    429,
    "check.slow-down",
  ]);
  expect(issued.length).toBe(2 * CHECKS_PER_ADDRESS);
  expect((await ask("two")).status).toBe(200);
});
