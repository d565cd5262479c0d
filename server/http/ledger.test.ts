/** The ledger as a page asks for it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { noise, storeLinks } from "../../db/testing/samples.ts";
import { type CallId, newId, type PracticeId, type Rid, type RoomId } from "../../wire/ids.ts";
import type { Statement } from "../../wire/ledger.ts";
import { dayOf } from "../billing/day.ts";
import { PRICING } from "../billing/pricing.ts";
import { hashOf, newVoucherCode, printed } from "../billing/voucher.ts";
import { type Browser, createRig, type Rig, register } from "../testing/rig.ts";
import { TRIES_PER_PRACTICE } from "./voucher-tries.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ registrationsPerHour: 1000 });
  rig.time.now = Date.parse("2026-11-25T10:00:00Z");
});
afterAll(() => rig.close());

type Somebody = { browser: Browser; practice: PracticeId };
async function somebody(): Promise<Somebody> {
  const { browser, sent } = await register(rig);
  const user = sent.user as Parameters<typeof rig.store.practices.practiceOfUser>[0];
  const practice = await rig.store.practices.practiceOfUser(user);
  if (practice === null) throw new Error("nobody");
  return { browser, practice };
}

/** A call that was held, of `minutes` whole ones. */
async function held({ practice }: Somebody, minutes: number, kind: "single" | "group") {
  const span = { kind, begunAt: rig.time.now, length: minutes * 60_000 };
  const metered = { call: newId<CallId>(), practice, room: newId<RoomId>(), run: "r", intervals: [span] };
  await rig.store.calls.settle(metered, PRICING, rig.time.now);
}

async function voucher(account: "points" | "package", amount: number, days: number | null = null) {
  const code = newVoucherCode();
  await rig.store.vouchers.add([{ hash: hashOf(code), key: noise(32), account, amount, days, until: null }]);
  return printed(code);
}

describe("account", () => {
  test("[TF3] a new practice has sixty group minutes, no points, and free calls of two", async () => {
    const { browser } = await somebody();
    expect((await browser.ask("GET", "/api/ledger")).body).toEqual({
      points: 0,
      trialMinutes: 60,
      packages: [],
      tariffs: { single: { price: 400, free: true }, group: { price: 1000, free: false } },
      mayStart: { single: true, group: true },
    });
  });

  test("prices are read without an account; everything else needs one", async () => {
    const { handle } = rig;
    const at = (path: string) => handle(new Request(`http://localhost:3000${path}`));
    expect((await at("/api/plans")).status).toBe(200);
    for (const path of [
      "",
      "/weeks",
      "/now",
      "/months/2026-11",
      "/months/2026-11/csv",
      "/months/2026-11/pdf",
    ])
      expect((await at(`/api/ledger${path}`)).status).toBe(401);
  });

  test("after the account is deleted nothing answers", async () => {
    const { browser, practice } = await somebody();
    await rig.store.practices.remove(practice, PRICING, rig.time.now);
    expect((await browser.ask("GET", "/api/ledger")).status).toBe(401);
  });
});

describe("statement", () => {
  test("[LG7] a month with its calls, sums and balances; another practice sees nothing of it", async () => {
    const one = await somebody();
    const other = await somebody();
    await held(one, 50, "single");
    await held(one, 70, "group");
    const { body } = await one.browser.ask("GET", "/api/ledger/months/2026-11");
    const statement = body as unknown as Statement;
    expect(statement.calls.map(({ minutes, price, waived }) => [minutes, price, waived])).toEqual([
      [{ single: 50, group: 0 }, 0, 20_000],
      [{ single: 0, group: 70 }, 10_000, 0],
    ]);
    expect(statement.credits).toMatchObject([{ account: "trial", amount: 60, correction: false }]);
    expect(statement).toMatchObject({
      before: 0,
      after: -10_000,
      sums: { price: 10_000, waived: 20_000, paid: { promotion: 50, trial: 60, package: 0, points: 10 } },
    });
    const foreign = await other.browser.ask("GET", "/api/ledger/months/2026-11");
    expect((foreign.body as unknown as Statement).calls).toEqual([]);
  });

  test("[LG1, LG7] a call that was taken back stays, what mends it stands beside, and everything adds up", async () => {
    const one = await somebody();
    await held(one, 70, "group");
    const number = (await rig.store.ledger.numberOf(one.practice)) ?? "";
    const day = dayOf(rig.time.now);
    const wrong = (await rig.store.ledger.entries(number, day, day)).find(
      ({ account }) => account === "points",
    );
    expect(await rig.store.ledger.correct(wrong?.id ?? 0, { day, key: noise(32) })).toBe(true);
    const { body } = await one.browser.ask("GET", "/api/ledger/months/2026-11");
    const { calls, credits, sums, before, after } = body as unknown as Statement;
    expect([calls[0]?.price, sums.price]).toEqual([10_000, 10_000]);
    expect(credits.find(({ correction }) => correction)).toMatchObject({ account: "points", amount: 10_000 });
    const credited = credits.reduce(
      (sum, { account, amount }) => sum + (account === "points" ? amount : 0),
      0,
    );
    expect(before + credited - sums.price).toBe(after);
    expect(after).toBe(0);
  });

  test("the month before ends with what this one begins with", async () => {
    const one = await somebody();
    await held(one, 70, "group");
    const { body } = await one.browser.ask("GET", "/api/ledger/months/2026-12");
    expect(body).toMatchObject({ before: -10_000, after: -10_000, calls: [] });
  });

  test("what is no month is refused", async () => {
    const { browser } = await somebody();
    for (const month of ["2026-13", "2026-1", "x", "20261"])
      expect((await browser.ask("GET", `/api/ledger/months/${month}`)).status).toBe(400);
  });

  test("weeks end with this one and count settled minutes", async () => {
    const one = await somebody();
    await held(one, 5, "single");
    const { body } = await one.browser.ask("GET", "/api/ledger/weeks");
    const weeks = body.weeks as unknown[];
    expect(weeks).toHaveLength(12);
    expect(weeks.at(-1)).toEqual({ week: "2026-11-23", single: 5, group: 0 });
    expect(weeks[0]).toEqual({ week: "2026-09-07", single: 0, group: 0 });
  });

  test("[LG7] CSV and PDF come as files", async () => {
    const one = await somebody();
    await held(one, 50, "single");
    const csv = await one.browser.ask("GET", "/api/ledger/months/2026-11/csv?lang=en");
    expect(csv.headers.get("content-disposition")).toBe('attachment; filename="therapsy-2026-11.csv"');
    expect(String(csv.body.text)).toContain("2026-11-25");
    const pdf = await one.browser.ask("GET", "/api/ledger/months/2026-11/pdf");
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect(String(pdf.body.text)).toStartWith("%PDF-");
  });

  test("running calls are those that billing says", async () => {
    const { browser } = await somebody();
    rig.running.push({ room: newId<RoomId>(), lengths: { single: 1, group: 2 }, counting: "group" });
    expect((await browser.ask("GET", "/api/ledger/now")).body).toEqual({ calls: rig.running });
    rig.running.length = 0;
  });
});

describe("voucher", () => {
  test("[LG5] credits once, however it is typed, and rooms are looked at again", async () => {
    const { browser, practice } = await somebody();
    const code = await voucher("points", 500_000);
    rig.told.length = 0;
    const typed = ` ${code.toLowerCase().replaceAll("-", " ")} `;
    const got = await browser.ask("POST", "/api/vouchers", { code: typed });
    expect(got).toMatchObject({ status: 200, body: { account: "points", amount: 500_000, until: null } });
    expect(rig.told).toEqual([["opened", practice]]);
    expect((await browser.ask("GET", "/api/ledger")).body.points).toBe(500_000);
    const again = await browser.ask("POST", "/api/vouchers", { code });
    expect(again).toMatchObject({ status: 409, body: { code: "voucher.used" } });
  });

  test("[TF3] a package counts for any kind until its last day", async () => {
    const { browser } = await somebody();
    const code = await voucher("package", 9000, 365);
    const got = await browser.ask("POST", "/api/vouchers", { code });
    expect(got.body).toEqual({ account: "package", amount: 9000, until: "2027-11-25" });
    const { body } = await browser.ask("GET", "/api/ledger");
    expect(body.packages).toEqual([{ minutes: 9000, until: "2027-11-25" }]);
  });

  test("[LG5] unknown ones are said to be unknown, and guessing is stopped", async () => {
    const { browser } = await somebody();
    for (let n = 0; n < TRIES_PER_PRACTICE; n++) {
      const code = n === 0 ? "no code at all" : printed(newVoucherCode());
      const got = await browser.ask("POST", "/api/vouchers", { code }, { "x-forwarded-for": `10.0.0.${n}` });
      expect(got).toMatchObject({ status: 404, body: { code: "voucher.unknown" } });
    }
    const got = await browser.ask("POST", "/api/vouchers", { code: printed(newVoucherCode()) });
    expect(got).toMatchObject({ status: 429, body: { code: "voucher.slow-down" } });
    expect(got.headers.get("retry-after")).not.toBeNull();
  });
});

describe("start", () => {
  const open = async ({ browser, practice }: Somebody, clients: number) => {
    const rids: Rid[] = await storeLinks(rig.store, practice, clients);
    return await browser.ask("POST", "/api/rooms", { clients: rids.map((rid) => [rid]) });
  };

  test("[TF5] a charged call is refused without minutes and points; a free one starts below zero", async () => {
    const one = await somebody();
    await held(one, 61, "group");
    expect(await open(one, 2)).toMatchObject({ status: 402, body: { code: "room.no-credit" } });
    expect((await rig.store.rooms.openRooms(one.practice, rig.time.now)).length).toBe(0);
    expect(await open(one, 1)).toMatchObject({ status: 201, body: { startable: true } });
  });

  test("[TF5] a room that was opened with minutes left says so when they are gone", async () => {
    const one = await somebody();
    await open(one, 2);
    await held(one, 61, "group");
    const { body } = await one.browser.ask("GET", "/api/rooms");
    expect(body.rooms).toMatchObject([{ startable: false }]);
    await one.browser.ask("POST", "/api/vouchers", { code: await voucher("points", 2000) });
    const after = await one.browser.ask("GET", "/api/rooms");
    expect(after.body.rooms).toMatchObject([{ startable: true }]);
  });

  test("[TF1] a tariff without promotion holds from its day on and makes calls of two charged", async () => {
    const one = await somebody();
    const from = dayOf(rig.time.now) + 400;
    await rig.store.ledger.setTariff({ kind: "single", from, price: 400, free: false });
    expect((await open(one, 1)).status).toBe(201);
    const before = rig.time.now;
    rig.time.now += 401 * 24 * 3_600_000;
    const { browser } = await somebody();
    expect((await browser.ask("GET", "/api/ledger")).body).toMatchObject({
      mayStart: { single: false, group: true },
      tariffs: { single: { price: 400, free: false } },
    });
    rig.time.now = before;
  });
});
