/** [product "call clock"] A quiet ring for the therapist, a soft word ten and five minutes before the end, nothing at the client, nothing cut. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { meets } from "./people.ts";
import { expectRoomFits, WINDOWS } from "./places.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** Counts the tones that a page makes; must run before it loads. */
async function countsTones(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(window, { tones: 0 });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...args) {
      (window as unknown as { tones: number }).tones += 1;
      return start.apply(this, args);
    };
  });
  return () => page.evaluate(() => (window as unknown as { tones: number }).tones);
}

test("therapy-clock: the ring fills, the therapist alone is told at ten and five minutes, and the call goes on past its end", async ({
  therapist,
  client,
}) => {
  const tones = await countsTones(therapist.page);
  const clientTones = await countsTones(client.page);
  await meets(therapist.page, client.page, "praxis-uhr");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  const ring = therapist.page.getByRole("button", { name: /^Sitzung von/ });
  await expect(ring).toHaveAccessibleName(/^Sitzung von 50 Minuten: noch 50 Minuten$/);
  const began = Date.now();
  const at = async (minutes: number) => {
    for (const { page } of [therapist, client]) await page.clock.setFixedTime(began + minutes * 60_000);
  };
  const cue = therapist.page.getByTestId("hour-cue");

  await at(38);
  await expect(ring).toHaveAccessibleName(/noch 1[23] Minuten$/);
  await expect(cue).toHaveText("");
  expect(await tones()).toBe(0);
  await at(40.5);
  await expect(cue).toHaveText("Noch 10 Minuten");
  await expect.poll(tones).toBe(1);
  for (const [name, width, height] of WINDOWS) {
    await therapist.page.setViewportSize({ width, height });
    await expectRoomFits(therapist.page, `cue, ${name}`);
    await therapist.page.screenshot({ path: join(test.info().outputDir, `cue-${name}.png`) });
  }
  await therapist.page.setViewportSize({ width: 1280, height: 800 });
  await expectNoFinding(therapist.page, "cue");
  await at(45.5);
  await expect(cue).toHaveText("Noch 5 Minuten");
  await expect.poll(tones).toBe(2);

  // longer than an hour: nothing is cut, nothing is told any more
  await at(70);
  await expect(ring).toHaveAccessibleName(/die Zeit ist um$/);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  expect(await tones()).toBe(2);
  await expect(client.page.getByRole("button", { name: /Sitzung/ })).toHaveCount(0);
  await expect(client.page.getByText(/Noch \d+ Minuten/)).toHaveCount(0);
  expect(await clientTones()).toBe(0);

  // another length is kept for the next session
  await ring.click();
  await therapist.page.getByRole("menuitemradio", { name: "90 Minuten" }).click();
  await therapist.page.keyboard.press("Escape");
  await expect(ring).toHaveAccessibleName(/^Sitzung von 90 Minuten: noch 2[01] Minuten$/);
  await therapist.page.reload();
  await expect(ring).toHaveAccessibleName(/^Sitzung von 90 Minuten/);
});
