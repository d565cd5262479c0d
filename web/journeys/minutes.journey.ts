/** What a call costs, whatever happens to it (rules BM1–BM7, TF1, TF5, A11): read from the ledger as the therapist's page gets it. */

import { joinsGroup, startsGroup } from "./group.ts";
import {
  account,
  inStore,
  keptLength,
  runningCalls,
  settledCalls,
  statement,
  storedCalls,
} from "./ledger/book.ts";
import { type Frozen, freeze } from "./ledger/freeze.ts";
import { entersRoom, joinsByLink, logsIn, meets, registers, startsCall } from "./people.ts";
import type { Product } from "./product.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const JUMPING = "web/journeys/ledger/jumping-server.process.ts";
/** A beat is kept each 10 s and names a moment at most one ping, 3 s, before. */
const BEAT_MS = 13_000;

const hangsUp = (page: Parameters<typeof statement>[0]) =>
  page.getByRole("button", { name: "Auflegen" }).click();
const jump = (product: Product) => process.kill(product.pid(), "SIGUSR2");

test("[BM4, LG3] minute-is-billed-once: reloads and a restart in the call, and still one entry of one minute", async ({
  product,
  therapist,
  client,
}) => {
  await meets(therapist.page, client.page, "praxis-minute");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await client.page.reload();
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await therapist.page.reload();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await hangsUp(therapist.page);
  const { calls } = await settledCalls(therapist.page, 1);
  expect(calls[0]).toMatchObject({ minutes: { single: 1, group: 0 }, price: 0, waived: 400 });
  await product.kill("SIGTERM");
  await product.start();
  expect((await statement(therapist.page)).calls).toHaveLength(1);
});

test("[A11] two-tabs-alone-cost-nothing: two devices of the therapist, then two tabs of a client, count no minute", async ({
  therapist,
  client,
  another,
}) => {
  const { page } = therapist;
  const { passphrase } = await registers(page, "praxis-alone");
  const link = await startsCall(page, "K-1");
  await joinsByLink(client.page, link);
  const tab = await client.context.newPage();
  await joinsByLink(tab, link);
  await expect(tab.getByTestId("quiet").first()).toBeVisible();
  // the door is closed: the clients only wait
  const other = await another({ sign: THERAPIST });
  await client.page.close();
  await tab.close();
  await entersRoom(page, "K-1");
  await logsIn(other.page, "praxis-alone", passphrase);
  await entersRoom(other.page, "K-1");
  await expect.poll(async () => (await runningCalls(page)).map(({ counting }) => counting)).toEqual([null]);
  await page.waitForTimeout(BEAT_MS);
  expect(await runningCalls(page)).toMatchObject([{ lengths: { single: 0, group: 0 } }]);
  expect((await statement(page)).calls).toEqual([]);
});

test("[BM6] killed-server-charges-what-was-present: at most one beat less, never more, once the call is ended", async ({
  product,
  therapist,
  client,
}) => {
  const user = "praxis-killed";
  await meets(therapist.page, client.page, user);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  const began = Date.now();
  await expect.poll(() => keptLength(product, user), { timeout: 30_000 }).toBeGreaterThan(0);
  await therapist.page.waitForTimeout(4000);
  await product.kill("SIGKILL");
  const present = Date.now() - began;
  const kept = await keptLength(product, user);
  await client.page.close();
  await therapist.page.goto("about:blank");
  await product.start();
  await therapist.page.goto("/");
  await therapist.page.getByRole("button", { name: /beenden$/ }).click();
  await therapist.page.getByRole("button", { name: "Beenden", exact: true }).click();
  await settledCalls(therapist.page, 1);
  expect(await keptLength(product, user)).toBe(kept);
  // the picture was seen a moment after the interval began
  expect(kept).toBeLessThan(present + 10_000);
  expect(kept).toBeGreaterThan(present - BEAT_MS);
});

test("[A11] restart-leaves-a-direct-call-open: killed and away, the two talk on; one entry of two intervals", async ({
  product,
  therapist,
  client,
}) => {
  const user = "praxis-open";
  await meets(therapist.page, client.page, user);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect.poll(() => keptLength(product, user), { timeout: 30_000 }).toBeGreaterThan(0);
  await product.kill("SIGKILL");
  await client.page.waitForTimeout(4000);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await product.start();
  await expect
    .poll(async () => (await runningCalls(therapist.page).catch(() => [])).map(({ counting }) => counting))
    .toEqual(["single"]);
  await hangsUp(therapist.page);
  const { calls } = await settledCalls(therapist.page, 1);
  expect(calls[0]).toMatchObject({ minutes: { single: 1, group: 0 }, gaps: { count: 1 } });
  const [call] = await storedCalls(product, user);
  expect(call?.intervals).toHaveLength(2);
});

test("[BM1, A11] lost-laptop-pays-no-tail: a computer that stops dead was there until it was last heard", async ({
  product,
  therapist,
  another,
}) => {
  test.setTimeout(120_000);
  const user = "praxis-laptop";
  const laptop = await another({ sign: CLIENT, args: ["--laptop=lost"] });
  await meets(therapist.page, laptop.page, user);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  const began = Date.now();
  await therapist.page.waitForTimeout(8000);
  const frozen: Frozen = freeze("--laptop=lost");
  const present = Date.now() - began;
  try {
    await expect
      .poll(async () => (await runningCalls(therapist.page))[0]?.counting ?? null, { timeout: 60_000 })
      .toBeNull();
  } finally {
    frozen.thaw();
  }
  await hangsUp(therapist.page);
  await settledCalls(therapist.page, 1);
  const kept = await keptLength(product, user);
  // one ping less at most; what came before the picture was seen is a few seconds
  expect(kept).toBeGreaterThan(present - 4000);
  expect(kept).toBeLessThan(present + 8000);
});

test.describe("with a hand on the clock", () => {
  test.use({ main: JUMPING });

  test("[TF1] fifty-minutes-cost-twenty-points: without the promotion, and the profile says so", async ({
    product,
    therapist,
    client,
  }) => {
    await inStore(product, (store) =>
      store.ledger.setTariff({ kind: "single", from: 1, price: 400, free: false }),
    );
    await inStore(product, (store) => store.ledger.tariffs(20_000));
    await registers(therapist.page, "praxis-fifty");
    await credit(product, "praxis-fifty", 100_000);
    const link = await startsCall(therapist.page, "K-1");
    await entersRoom(therapist.page, "K-1");
    await joinsByLink(client.page, link);
    await expectMovingPicture(client.page, "remote", THERAPIST);
    jump(product);
    await therapist.page.waitForTimeout(1500);
    await hangsUp(therapist.page);
    const { calls, after } = await settledCalls(therapist.page, 1);
    expect(calls[0]).toMatchObject({ minutes: { single: 50, group: 0 }, price: 20_000, waived: 0 });
    expect(after).toBe(80_000);
  });

  test("[TF5] balance-never-cuts-a-call: far below zero the group goes on; the next one is refused, one of two is not", async ({
    product,
    therapist,
    client,
    another,
  }) => {
    test.setTimeout(120_000);
    const { page } = therapist;
    const second = await another({ sign: CLIENT });
    await registers(page, "praxis-below");
    const [one = "", two = ""] = await startsGroup(page, ["K-1", "K-2"]);
    await entersRoom(page, "K-1");
    await joinsGroup(client.page, one, "Eins");
    await joinsGroup(second.page, two, "Zwei");
    await expect.poll(async () => (await runningCalls(page))[0]?.counting).toBe("group");
    const minutes = async () => ((await runningCalls(page))[0]?.lengths.group ?? 0) / 60_000;
    // one after the other: two signals at once would be one
    for (const length of [49, 98]) {
      jump(product);
      await expect.poll(minutes).toBeGreaterThan(length);
    }
    await page.waitForTimeout(BEAT_MS);
    await expect(client.page.getByTestId("group")).toBeVisible();
    expect((await runningCalls(page))[0]?.counting).toBe("group");
    await hangsUp(page);
    const { calls } = await settledCalls(page, 1);
    expect(calls[0]?.minutes.group).toBe(99);
    expect(calls[0]?.paid).toMatchObject({ trial: 60, points: 39 });
    expect(await account(page)).toMatchObject({ points: -39_000, mayStart: { single: true, group: false } });
    await page.goto("/");
    await startsNothing(page, ["K-3", "K-4"]);
    await startsCall(page, "K-5");
  });
});

/** The form says why a charged call cannot start, and names the way out. */
async function startsNothing(page: Parameters<typeof statement>[0], ids: readonly string[]): Promise<void> {
  for (const [at, id] of ids.entries()) {
    if (at > 0) await page.getByRole("button", { name: "weitere Person" }).click();
    const label = at === 0 ? "Klient:innen-ID" : `Klient:innen-ID ${at + 1}`;
    await page.getByLabel(label, { exact: true }).fill(id);
  }
  await page.getByRole("button", { name: "Starten" }).click();
  const form = page.locator("form").filter({ hasText: "Klient:innen-ID" });
  await expect(form.getByRole("link", { name: "Preise und Pakete" })).toBeVisible();
  await expect(page.getByTestId("open-room").filter({ hasText: ids[0] ?? "" })).toHaveCount(0);
  await page.reload();
}

/** The operator credits points. */
async function credit(product: Product, user: string, amount: number): Promise<void> {
  await inStore(product, async (store) => {
    const practice = await store.practices.practiceOfUser(user as never);
    const number = practice && (await store.ledger.numberOf(practice));
    if (!number) throw new Error("no such practice");
    const line = {
      account: "points",
      kind: null,
      minutes: 0,
      amount,
      waived: 0,
      grant: null,
      until: null,
    } as const;
    const key = crypto.getRandomValues(new Uint8Array(32));
    await store.ledger.book({ number, day: 20_000, key }, [{ ...line, corrects: null }]);
  });
}
