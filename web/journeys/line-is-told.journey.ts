/** [R8] [product "Sound goes first"] What people are told of their line: that it is good, that it is away and since when, how the therapist is
 * reached meanwhile, and that it is back. Nobody is ever hung up on. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { expectHeard, expectPerson, joinsGroup, listensIn, startsGroup } from "./group.ts";
import { SERVER_ADDRESS } from "./lan.ts";
import { entersRoom, joinsByLink, registers, startsCall } from "./people.ts";
import { expectRoomFits, WINDOWS } from "./places.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const REACH = "Rufen Sie mich an: 01 234 56 78.\nIch bin bis 12 Uhr da.";

async function writesReach(page: Page): Promise<void> {
  await page.goto("/profile");
  const card = page
    .locator("section, article, .card")
    .filter({ hasText: "Wenn die Verbindung abreißt" })
    .last();
  await card.getByLabel("Ihr Text").fill(REACH);
  await card.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByText("Der Text ist gespeichert.")).toBeVisible();
  await page.goto("/");
}

const seconds = async (page: Page) =>
  Number(/\d+/.exec((await page.getByTestId("line-seconds").textContent()) ?? "")?.[0] ?? -1);

/** The card stands in the middle and counts on. */
async function expectCounting(page: Page): Promise<void> {
  await expect(page.getByTestId("line-card")).toBeVisible({ timeout: 40_000 });
  await expect(page.getByTestId("line-card")).toContainText("bitte bleiben Sie");
  const first = await seconds(page);
  await expect.poll(() => seconds(page)).toBeGreaterThan(first + 1);
}

test.describe("a cable", () => {
  test.use({ host: SERVER_ADDRESS });

  test("line-is-told: a cut line counts its seconds on both sides, after twenty the therapist's text stands at the client, and all is as before", async ({
    lan,
    therapist,
    another,
  }) => {
    test.setTimeout(180_000);
    const network = lan("anywhere");
    const client = await another({ sign: CLIENT, executable: network.browser });
    await registers(therapist.page, "praxis-leitung");
    await writesReach(therapist.page);
    const link = await startsCall(therapist.page, "K-1");
    await entersRoom(therapist.page, "K-1");
    await joinsByLink(client.page, link);
    await expectMovingPicture(client.page, "remote", THERAPIST);
    for (const { page } of [therapist, client])
      await expect(page.getByTestId("quality")).toHaveText("Gute Verbindung");
    await client.page.evaluate(() => {
      document.title = "same page";
    });
    network.unplug();
    await expectCounting(client.page);
    await expectCounting(therapist.page);
    // not before its time
    if ((await seconds(client.page)) < 15) await expect(client.page.getByTestId("reach")).toHaveCount(0);
    await expect(client.page.getByTestId("reach")).toHaveText(REACH, { timeout: 40_000 });
    expect(await seconds(client.page)).toBeGreaterThanOrEqual(19);
    await expect(therapist.page.getByTestId("line-card")).toContainText("Niemand hat aufgelegt", {
      timeout: 40_000,
    });
    await expect(therapist.page.getByTestId("reach")).toHaveCount(0);
    for (const [name, width, height] of WINDOWS) {
      await client.page.setViewportSize({ width, height });
      await expectRoomFits(client.page, `line away, ${name}`);
      await client.page.screenshot({ path: join(test.info().outputDir, `away-${name}.png`) });
    }
    await expectNoFinding(client.page, "line away");
    network.plugAgain();
    for (const { page } of [client, therapist])
      await expect(page.getByTestId("line-card")).toHaveCount(0, { timeout: 40_000 });
    await expectTone(client.page, "remote", THERAPIST);
    await expectTone(therapist.page, "remote", CLIENT);
    await expectMovingPicture(client.page, "remote", THERAPIST);
    expect(await client.page.title()).toBe("same page");
  });
});

test.describe("a narrow line", () => {
  test.use({ host: SERVER_ADDRESS });

  test("line-is-told: [R8] at 100 kbit/s the picture gives way, the voice stays, and both read whose line it is", async ({
    lan,
    therapist,
    another,
  }) => {
    test.setTimeout(180_000);
    const network = lan("anywhere");
    const client = await another({ sign: CLIENT, executable: network.browser });
    await registers(therapist.page, "praxis-schmal");
    const link = await startsCall(therapist.page, "K-1");
    await entersRoom(therapist.page, "K-1");
    await joinsByLink(client.page, link);
    await expectMovingPicture(therapist.page, "remote", CLIENT);
    network.narrowUdp(100);
    await expect(client.page.getByTestId("quality")).toHaveText(/^Schwache Verbindung (bei|zwischen) Ihnen/, {
      timeout: 60_000,
    });
    await expect(therapist.page.getByTestId("quality")).toHaveText(
      /^(K-1: schwache Verbindung|Schwache Verbindung zwischen Ihnen)/,
      { timeout: 30_000 },
    );
    for (let i = 0; i < 3; i++) await expectTone(therapist.page, "remote", CLIENT);
    await expectTone(client.page, "remote", THERAPIST);
    await expect(client.page.getByTestId("line")).toHaveAttribute("data-line", "open");
  });
});

test("line-is-told: over the server too, while it is away, and the group goes on", async ({
  product,
  therapist,
  another,
}) => {
  test.setTimeout(180_000);
  await registers(therapist.page, "praxis-leitung-2");
  await writesReach(therapist.page);
  const links = await startsGroup(therapist.page, ["G-1", "G-2"]);
  await entersRoom(therapist.page, "G-1");
  const a = await another({ sign: CLIENT });
  await listensIn(a.page);
  await joinsGroup(a.page, links[0] ?? "", "Ada");
  await expectPerson(a.page, 0, THERAPIST);
  await product.kill("SIGKILL");
  await expectCounting(a.page);
  await expectCounting(therapist.page);
  await expect(a.page.getByTestId("reach")).toHaveText(REACH, { timeout: 40_000 });
  await product.start();
  for (const { page } of [a, therapist])
    await expect(page.getByTestId("line-card")).toHaveCount(0, { timeout: 60_000 });
  await expectPerson(a.page, 0, THERAPIST);
  await expectHeard(a.page, THERAPIST);
});
