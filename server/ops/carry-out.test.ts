import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccountLocked } from "../../db/errors.ts";
import { openStore, type Store } from "../../db/store.ts";
import { allEntries } from "../../db/testing/bookings.ts";
import { sampleInterval, sampleMetered } from "../../db/testing/metered.ts";
import { noise, sampleSession, storeLinks, storePractice } from "../../db/testing/samples.ts";
import type { Rid } from "../../wire/ids.ts";
import { dayIn } from "../billing/day.ts";
import { PRICING } from "../billing/pricing.ts";
import { hashOf, readVoucherCode } from "../billing/voucher.ts";
import { carryOut, type OnStore } from "./carry-out.ts";
import { readCommand } from "./command.ts";
import { clearNow } from "./retention.ts";
import { UsageError } from "./usage.ts";

const TODAY = dayIn("2026-11-25") ?? 0;
const folder = mkdtempSync(join(tmpdir(), "admin-"));
let store: Store;
beforeAll(async () => {
  store = await openStore({ url: `file:${join(folder, "a.db")}`, token: null });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const admin = (line: string, today = TODAY) =>
  carryOut(store, readCommand(line.split(" "), today) as OnStore, today);
const linesOf = async (line: string) => (await admin(line)).out.split("\n").slice(0, -1);

async function somebody() {
  const { practice } = await storePractice(store);
  const number = (await store.ledger.numberOf(practice.id)) ?? "";
  const standing = (day = TODAY) => store.ledger.standing(number, day);
  return { user: practice.user, practice: practice.id, number, standing };
}

test("[LG5] vouchers: the printed codes work, each once, and only their hashes are stored", async () => {
  const { practice, standing } = await somebody();
  const codes = await linesOf("voucher points 0.5 --count 3 --redeem-until 2026-11-25");
  expect(new Set(codes).size).toBe(3);
  for (const text of codes) {
    const code = readVoucherCode(text);
    if (code === null) throw new Error("no code");
    const redeem = (day: number) => store.vouchers.redeem(hashOf(code), practice, day);
    expect(await redeem(TODAY + 1)).toEqual({ kind: "over" });
    expect(await redeem(TODAY)).toMatchObject({ kind: "credited", amount: 500 });
    expect(await redeem(TODAY)).toEqual({ kind: "used" });
  }
  expect((await standing()).points).toBe(1500);
});

test("[LG5] a voucher of a package lasts its days from when it is redeemed", async () => {
  const { practice, standing } = await somebody();
  const { out, note } = await admin("voucher package 9000 --days 30");
  expect(note).toBe("1 made, each for 9000 minutes for 30 days.");
  const code = readVoucherCode(out.trim());
  if (code === null) throw new Error("no code");
  await store.vouchers.redeem(hashOf(code), practice, TODAY + 5);
  const { grants } = await standing(TODAY + 35);
  expect(grants).toContainEqual(expect.objectContaining({ minutes: 9000, until: TODAY + 35 }));
});

test("[LG3] a grant with a key credits once for each practice; without one every time", async () => {
  const [one, two] = [await somebody(), await somebody()];
  const credited = "Credited: 20 points.";
  const before = "This key was credited before: nothing was done.";
  const keyed = ({ user }: { user: string }) => admin(`grant ${user} points 20 --key rechnung-17`);
  expect([(await keyed(one)).note, (await keyed(one)).note, (await keyed(two)).note]).toEqual([
    credited,
    before,
    credited,
  ]);
  expect((await one.standing()).points).toBe(20_000);
  await admin(`grant ${two.user} points 1`);
  await admin(`grant ${two.user} points 1`);
  expect((await two.standing()).points).toBe(22_000);
});

test("[TF3] a granted package counts up to its last day", async () => {
  const { user, standing } = await somebody();
  await admin(`grant ${user} package 9000 --days 365`);
  await admin(`grant ${user} package 5`);
  const minutes = async (day: number) => (await standing(day)).grants.map((grant) => grant.minutes);
  expect(await minutes(TODAY + 365)).toEqual([9000, 10, 5]);
  expect(await minutes(TODAY + 366)).toEqual([10, 5]);
});

test("[TF1] a tariff is set for some days, and the list says what holds when", async () => {
  const lines = await linesOf("tariff set group 1.5 --from 2026-12-01 --until 2026-12-31");
  expect(lines).toEqual([
    "group   from 2026-12-01     1.5 points a minute",
    "group   from 2027-01-01     1 points a minute",
  ]);
  await admin("tariff set single 0.4 --from 2026-12-24");
  expect(await linesOf("tariff list")).toEqual([
    "single  from the first day  0.4 points a minute, waived",
    "group   from the first day  1 points a minute",
    ...lines.slice(0, 1),
    "single  from 2026-12-24     0.4 points a minute",
    ...lines.slice(1),
  ]);
  const day = async (text: string) => (await store.ledger.tariffs(dayIn(text) ?? 0)).group.price;
  expect([await day("2026-11-30"), await day("2026-12-31"), await day("2027-01-01")]).toEqual([
    1000, 1500, 1000,
  ]);
});

test("[LG1] the balance names entries by numbers that can be corrected, once", async () => {
  const { user } = await somebody();
  await admin(`grant ${user} points 20`);
  await admin(`grant ${user} package 7 --days 1`);
  const shown = await linesOf(`balance ${user}`);
  expect(shown.slice(0, 3)).toEqual([
    "points   20",
    "trial    10 minutes",
    "package  7 minutes until 2026-11-26",
  ]);
  const entry = /^entry (\d+) {2}2026-11-25 {2}points {2}20$/.exec(shown.at(-2) ?? "")?.[1];
  expect((await admin(`correct ${entry}`)).note).toBe(`Entry ${entry} is taken back.`);
  await expect(admin(`correct ${entry}`)).rejects.toThrow("taken back before");
  const after = await linesOf(`balance ${user}`);
  expect(after[0]).toBe("points   0");
  expect(after.at(-1)).toMatch(new RegExp(`^entry \\d+  2026-11-25  points  -20  corrects ${entry}$`));
});

test("the balance shows the last twenty entries", async () => {
  const { user } = await somebody();
  for (let n = 1; n <= 21; n++) await admin(`grant ${user} points ${n}`);
  const entries = (await linesOf(`balance ${user}`)).filter((line) => line.startsWith("entry"));
  expect(entries.length).toBe(20);
  expect(entries[0]).toEndWith("  points  2");
});

test("[LG7] a statement is the CSV of the month", async () => {
  const { user, practice, number } = await somebody();
  const begun = Date.parse("2026-11-25T09:00:00Z");
  await store.calls.settle(sampleMetered(practice, [sampleInterval(begun, 50 * 60_000)]), PRICING, begun);
  expect((await allEntries(store, number)).at(-1)).toMatchObject({ waived: 20_000 });
  const { out } = await admin(`statement ${user} 2026-11 --lang en`);
  expect(out).toStartWith("\ufeffKind,Day,");
  expect(out).toContain("\r\nCall,2026-11-25,10:00,50,0,50,0,0,0,0,20,0,0,,,,\r\n");
  expect((await admin(`statement ${user} 2026-10`)).out).not.toContain("Gespräch");
});

test.each([
  "balance nobody-here",
  "grant nobody-here points 1",
  "statement nobody-here 2026-11",
  "correct 999999",
])("what is not there is refused: %s", async (line) => {
  await expect(admin(line)).rejects.toBeInstanceOf(UsageError);
});

test("a second factor is removed whole, of whoever has one", async () => {
  const { user, practice } = await somebody();
  expect((await admin(`second-factor remove ${user}`)).note).toBe("No second factor was on.");
  const totp = { practice, box: noise(48), lastStep: 1, createdAt: 1 };
  await store.factors.setTotp(totp, [noise(32)]);
  expect((await admin(`second-factor remove ${user}`)).note).toBe("Removed: the password is enough again.");
  expect(await store.factors.of(practice)).toEqual({ totp: null, passkeys: [], spares: 0 });
  await expect(admin("second-factor remove nobody")).rejects.toBeInstanceOf(UsageError);
});

test("a locked account begins no session by any way and has no open room; unlocked, all is as it was", async () => {
  const { practice } = await storePractice(store);
  const { id, user } = practice;
  const links = await storeLinks(store, id, 1);
  await store.rooms.openRoom(id, [links], Date.now());
  expect((await admin(`practice lock ${user}`)).note).toBe(`${user} is locked, its sessions have ended.`);
  expect((await admin(`practice lock ${user}`)).note).toBe(`${user} was locked before.`);
  expect([await store.sessions.of(id), await store.rooms.openRooms(id, Date.now())]).toEqual([[], []]);
  await expect(store.sessions.begin(sampleSession(id))).rejects.toBeInstanceOf(AccountLocked);
  const keys = { ...practice, loginHash: noise(32) };
  const recovery = { was: practice.recoveryHash, keys, session: sampleSession(id) };
  await expect(store.practices.recover(id, recovery)).rejects.toBeInstanceOf(AccountLocked);
  expect((await store.practices.byId(id))?.loginHash).toEqual(practice.loginHash);
  expect((await linesOf(`practices ${user}`))[0]).toContain("  locked 20");
  expect(await store.locks.shut([id])).toEqual([{ practice: id, why: "locked" }]);
  expect((await admin(`practice unlock ${user}`)).note).toBe(`${user} can log in again.`);
  expect((await admin(`practice unlock ${user}`)).note).toBe(`${user} was not locked.`);
  await store.sessions.begin(sampleSession(id));
  expect((await store.sessions.of(id)).length).toBe(1);
  expect(await store.rooms.practiceOfLink(links[0] as Rid)).toBe(id);
  expect(await store.locks.shut([id])).toEqual([]);
});

test("[LG6] a deletion wants the name twice, settles the call that is on, and leaves the ledger under a number that leads to nobody", async () => {
  const { user, practice, number } = await somebody();
  const links = await storeLinks(store, practice, 1);
  const begun = Date.parse("2026-11-25T09:00:00Z");
  await admin(`grant ${user} points 20`);
  await store.calls.settle(sampleMetered(practice, [sampleInterval(begun, 50 * 60_000)]), PRICING, begun);
  const kept = await allEntries(store, number);
  expect(kept.length).toBeGreaterThan(1);
  await expect(admin(`practice delete ${user}`)).rejects.toThrow(`--confirm ${user}`);
  expect(await store.practices.byUser(user)).not.toBeNull();
  await admin(`practice lock ${user}`);
  expect((await admin(`practice delete ${user} --confirm ${user}`)).note).toContain("is deleted");
  expect(await store.practices.byUser(user)).toBeNull();
  expect([await store.rooms.practiceOfLink(links[0] as Rid), await store.ledger.numberOf(practice)]).toEqual([
    null,
    null,
  ]);
  expect(await allEntries(store, number)).toEqual(kept);
  expect(await store.locks.shut([practice])).toEqual([{ practice, why: "gone" }]);
  await expect(admin(`practice unlock ${user}`)).rejects.toBeInstanceOf(UsageError);
});

test("[R9] the list of accounts has nobody's e-mail address, the line of one account has its own", async () => {
  const { user, practice } = await somebody();
  const [links] = [await storeLinks(store, practice, 1)];
  await store.rooms.openRoom(practice, [links], Date.now());
  const all = await admin("practices");
  expect(all.out).not.toContain("@");
  expect(all.out).toContain(`${user}  since 1970-01-01  seen 1970-01-01  1 open room\n`);
  expect(all.note).toBe(`${all.out.split("\n").length - 1} accounts.`);
  expect(await linesOf(`practices ${user}`)).toEqual([
    `${user}  since 1970-01-01  seen 1970-01-01  1 open room  anna@praxis.example`,
  ]);
  await expect(admin("practices nobody-here")).rejects.toBeInstanceOf(UsageError);
});

test("[R10] the retention at the operator's word says how much went", async () => {
  const { practice } = await somebody();
  const begun = Date.parse("2026-11-01T09:00:00Z");
  await store.calls.settle(sampleMetered(practice, [sampleInterval(begun, 60_000)]), PRICING, begun);
  const DAY_MS = 86_400_000;
  const clear = (days: number) => clearNow(store, 14, begun + days * DAY_MS);
  expect((await clear(14)).out).toContain("calls        0\n");
  expect(await clear(15)).toEqual({
    out: expect.stringContaining("calls        1\n"),
    note: "Deleted what is older than 14 days.",
  });
});
