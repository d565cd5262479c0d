/** A browser that cannot do everything in a group is told so before "Beitreten", and two people need none of it (media.md decision 11). */
import type { Page } from "@playwright/test";
import { startsGroup } from "./group.ts";
import { entersRoom, meets, registers, startsCall } from "./people.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** Must run before the page loads: it is one that has none of these. */
async function lacks(page: Page, ...names: string[]): Promise<void> {
  await page.addInitScript((missing) => {
    for (const name of missing) delete (globalThis as Record<string, unknown>)[name];
  }, names);
}

test("able-all-there: a browser that can do everything is told nothing", async ({ therapist, client }) => {
  await registers(therapist.page, "praxis-kann");
  await client.page.goto(await startsCall(therapist.page, "K-1"));
  await expect(client.page.getByRole("button", { name: "Beitreten" })).toBeVisible();
  // it has been tried out by then: two frames of a small picture
  await client.page.waitForTimeout(1_500);
  await expect(client.page.getByTestId("lack")).toHaveCount(0);
});

for (const [what, missing, german, english] of [
  ["pictures", ["VideoEncoder", "VideoDecoder"], "nur Ton", "has sound only"],
  [
    "unseen",
    ["VideoEncoder"],
    "sieht man Sie mit diesem Browser nicht",
    "you are not seen with this browser",
  ],
  ["unseeing", ["VideoDecoder"], "sehen Sie die anderen mit diesem Browser nicht", "do not see the others"],
  ["all", ["AudioWorkletNode"], "Zu zweit geht es mit diesem Browser", "For two this browser will do"],
] as const) {
  test(`able-says-${what}: without ${missing.join(", ")} the door and the code form say so in both languages`, async ({
    therapist,
    client,
  }) => {
    await registers(therapist.page, `praxis-kann-${what}`);
    const link = await startsCall(therapist.page, "K-1");
    await lacks(client.page, ...missing);
    for (const url of [link, "/connect"]) {
      await client.page.goto(url);
      const words = client.page.getByTestId("lack");
      await expect(words).toContainText(german);
      await expect(client.page.getByRole("button", { name: "Beitreten" })).toBeVisible();
      await client.page.getByText("EN", { exact: true }).click();
      await expect(words).toContainText(english);
      await client.page.getByText("DE", { exact: true }).click();
    }
  });
}

test("able-direct: where only WebCodecs is missing, two people see and hear each other all the same", async ({
  therapist,
  client,
}) => {
  for (const { page } of [therapist, client])
    await lacks(page, "VideoEncoder", "VideoDecoder", "AudioEncoder", "AudioDecoder", "VideoFrame");
  await meets(therapist.page, client.page, "praxis-kann-direkt");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expectTone(therapist.page, "remote", CLIENT);
  await expect(client.page.getByTestId("line")).toHaveText("Direkt verbunden");
  await expect(therapist.page.getByTestId("lack")).toHaveCount(0);
});

test("able-host: the therapist's room for several says it too", async ({ therapist }) => {
  await lacks(therapist.page, "VideoEncoder");
  await registers(therapist.page, "praxis-kann-gruppe");
  await startsGroup(therapist.page, ["K-1", "K-2"]);
  await entersRoom(therapist.page, "K-1");
  await expect(therapist.page.getByTestId("lack")).toContainText("sieht man Sie mit diesem Browser nicht");
});
