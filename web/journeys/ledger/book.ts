/** What a journey reads of the ledger: as the therapist's page is answered, and the intervals as they lie in the database. */
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { CallRow } from "../../../db/calls.ts";
import { openStore, type Store } from "../../../db/store.ts";
import type { Account, RunningCall, Statement } from "../../../wire/ledger.ts";
import type { UserName } from "../../../wire/names.ts";
import type { Product } from "../product.ts";

const get = <T>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (asked) => (await fetch(asked)).json(), path) as Promise<T>;

/** This month's statement of whoever is logged in. */
export function statement(page: Page): Promise<Statement> {
  const [month] = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Berlin" })
    .format(Date.now())
    .match(/^\d+-\d+/) ?? [""];
  return get(page, `/api/ledger/months/${month}`);
}

export const account = (page: Page): Promise<Account> => get(page, "/api/ledger");

/** Calls that are not settled. */
export async function runningCalls(page: Page): Promise<RunningCall[]> {
  return (await get<{ calls: RunningCall[] }>(page, "/api/ledger/now")).calls;
}

/** Waits until so many calls are settled; returns the statement. */
export async function settledCalls(page: Page, count: number): Promise<Statement> {
  await expect.poll(async () => (await statement(page)).calls.length).toBe(count);
  return await statement(page);
}

/** Looks into the product's database while it runs. */
export async function inStore<T>(product: Product, look: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url: `file:${join(product.data, "therapsy.db")}`, token: null });
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

/** The calls of a practice as they are stored, settled or not. */
export function storedCalls(product: Product, user: string): Promise<CallRow[]> {
  return inStore(product, async (store) => {
    const practice = await store.practices.practiceOfUser(user as UserName);
    if (practice === null) return [];
    const settled = await store.calls.settled(practice, 0, Number.MAX_SAFE_INTEGER);
    return [...settled, ...(await store.calls.running(practice))];
  });
}

/** Milliseconds that are kept of a practice's calls. */
export async function keptLength(product: Product, user: string): Promise<number> {
  const calls = await storedCalls(product, user);
  return calls.flatMap(({ intervals }) => intervals).reduce((sum, { length }) => sum + length, 0);
}
