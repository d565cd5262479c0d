/** Gives a practice a past for pictures and journeys: calls of twelve weeks, points, a package, vouchers. As a program:
 * `bun scripts/past-calls.ts <data folder> <user name>`; prints the codes of the vouchers as JSON. */
import { join } from "node:path";
import type { Interval } from "../db/calls.ts";
import { openStore, type Store } from "../db/store.ts";
import { dayOf } from "../server/billing/day.ts";
import { PRICING } from "../server/billing/pricing.ts";
import { hashOf, newVoucherCode, printed } from "../server/billing/voucher.ts";
import { type CallId, newId, type PracticeId, type RoomId } from "../wire/ids.ts";
import type { UserName } from "../wire/names.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEKS = 12;

/** Codes as they are printed, by what becomes of them. */
export type Codes = {
  readonly points: string;
  readonly package: string;
  readonly used: string;
  readonly over: string;
};

/** Writes into the database of a server, which may be running. */
export async function givePast(data: string, user: string): Promise<Codes> {
  const store = await openStore({ url: `file:${join(data, "therapsy.db")}`, token: null });
  const practice = await store.practices.practiceOfUser(user as UserName);
  const number = practice && (await store.ledger.numberOf(practice));
  if (!practice || !number) throw new Error(`no practice ${user}`);
  const codes = await addVouchers(store, practice);
  for (let week = WEEKS; week > 0; week--) await addWeek(store, practice, Date.now() - week * 7 * DAY, week);
  await store.close();
  return codes;
}

/** Two calls of two people with a pause in one, and a group every other week. */
async function addWeek(store: Store, practice: PracticeId, at: number, week: number): Promise<void> {
  const single = (begunAt: number, minutes: number): Interval => ({
    kind: "single",
    begunAt,
    length: minutes * MINUTE,
  });
  await addCall(store, practice, [single(at + DAY, 50 - week)]);
  await addCall(store, practice, [single(at + 2 * DAY, 20), single(at + 2 * DAY + 23 * MINUTE, 27)]);
  if (week % 2 === 1)
    await addCall(store, practice, [{ kind: "group", begunAt: at + 3 * DAY, length: 89.5 * MINUTE }]);
}

async function addCall(store: Store, practice: PracticeId, intervals: Interval[]): Promise<void> {
  const metered = { call: newId<CallId>(), practice, room: newId<RoomId>(), run: "past", intervals };
  await store.calls.settle(metered, PRICING, Date.now());
}

async function addVouchers({ vouchers }: Store, practice: PracticeId): Promise<Codes> {
  const today = dayOf(Date.now());
  const add = async (account: "points" | "package", amount: number, until: number | null = null) => {
    const code = newVoucherCode();
    const key = crypto.getRandomValues(new Uint8Array(32));
    await vouchers.add([{ hash: hashOf(code), key, account, amount, days: 365, until }]);
    return code;
  };
  const used = await add("points", 500_000);
  await vouchers.redeem(hashOf(used), practice, today);
  await vouchers.redeem(hashOf(await add("package", 200)), practice, today);
  return {
    points: printed(await add("points", 120_000)),
    package: printed(await add("package", 9000)),
    used: printed(used),
    over: printed(await add("points", 1000, today - 1)),
  };
}

if (import.meta.main) {
  const [data = "", user = ""] = process.argv.slice(2);
  console.log(JSON.stringify(await givePast(data, user)));
}
