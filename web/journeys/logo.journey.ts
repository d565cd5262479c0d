/** [product 11] The practice's logo: uploaded as in the seed, seen before the therapist is there and in the call on both sides, small
 * at a press, gone when it is removed. */
import type { Locator, Page } from "@playwright/test";
import { joinsGroup, startsGroup } from "./group.ts";
import { boxOf, headLogo, roomLogo } from "./logo.ts";
import { entersRoom, joinsByCode, joinsByLink, registers, startsCall } from "./people.ts";
import { mark, uploadsLogo } from "./pictures.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

test("the-logo-is-shown: before the therapist is there, then in the call on both sides, in its own size", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-logo");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(240, 80));
  await expect(therapist.page.getByTestId("own-logo")).toBeVisible();
  await therapist.page.goto("about:blank");

  await client.page.goto(link);
  expect(await boxOf(headLogo(client.page))).toMatchObject({ width: 240, height: 80 });
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "host");
  await expect(headLogo(client.page)).toBeVisible();

  await therapist.page.goto("/");
  await entersRoom(therapist.page, "K-1");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  for (const { page } of [therapist, client]) {
    const box = await boxOf(roomLogo(page));
    expect(box).toMatchObject({ width: 240, height: 80 });
    expect([box.x < 40, box.y < 40]).toEqual([true, true]);
  }
});

test("the-logo-is-shown: a large one takes a third of the window and no more, a small one never grows", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-gross");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(2000, 1000));
  await expect(therapist.page.getByText("1280 × 640 Pixel")).toBeVisible();
  await therapist.page.goto("/");
  await entersRoom(therapist.page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
    [844, 390],
  ] as const) {
    await client.page.setViewportSize({ width, height });
    const box = await boxOf(roomLogo(client.page));
    expect(box.width).toBeLessThanOrEqual(width * 0.33 + 0.1);
    expect(box.height).toBeLessThanOrEqual(height * 0.33 + 0.1);
    expect(Math.abs(box.width / box.height - 2)).toBeLessThan(0.05);
    // as large as it may be: one of its sides is at the third
    expect(Math.max(box.width / width, box.height / height)).toBeGreaterThan(0.32);
    for (const fact of [client.page.getByRole("timer"), client.page.getByTestId("line")])
      await expectClear(fact.first());
    await expectClear(client.page.getByRole("button", { name: "Auflegen" }));
  }
});

/** The logo does not lie over the middle of it. */
async function expectClear(place: Locator): Promise<void> {
  const over = await place.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return top?.closest("[data-testid=room-logo]") ? element.className : null;
  });
  expect(over).toBeNull();
}

test("the-logo-is-minimised: by keyboard, mouse and tap, on this side only, and comes back", async ({
  therapist,
  another,
}) => {
  await registers(therapist.page, "praxis-klein");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(300, 100));
  await therapist.page.goto("/");
  await entersRoom(therapist.page, "K-1");
  const client = await another({ sign: CLIENT });
  const touch = await client.browser.newContext({
    ...{ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 }, locale: "de-DE" },
    permissions: ["camera", "microphone"],
  });
  const phone = await touch.newPage();
  await joinsByLink(phone, link);
  await expectMovingPicture(phone, "remote", THERAPIST);

  const hide = (page: Page) => page.getByRole("button", { name: "Praxislogo verkleinern" });
  const show = (page: Page) => page.getByRole("button", { name: "Praxislogo anzeigen" });
  const { page } = therapist;
  const seen = () =>
    hide(page).evaluate((button) => getComputedStyle(button.parentElement as Element).opacity);
  await boxOf(roomLogo(page));
  await page.mouse.move(600, 500);
  await expect.poll(seen).toBe("0");
  await page.getByTestId("room-logo").hover();
  await expect.poll(seen).toBe("1");
  await hide(page).click();
  await expect(roomLogo(page)).toHaveCount(0);
  await show(page).click();
  await page.mouse.move(600, 500);
  await expect.poll(seen).toBe("0");

  await hide(page).focus();
  await page.keyboard.press("Shift");
  await expect.poll(seen).toBe("1");
  await page.keyboard.press("Enter");
  await expect(show(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(hide(page)).toBeFocused();
  await expect(roomLogo(page)).toBeVisible();

  const { x, y, width } = await boxOf(roomLogo(phone));
  // where the button is: the first tap only shows it
  await phone.touchscreen.tap(x + width - 10, y + 10);
  await expect(roomLogo(phone)).toBeVisible();
  await phone.touchscreen.tap(x + width - 10, y + 10);
  await expect(roomLogo(phone)).toHaveCount(0);
  await expect(roomLogo(page)).toBeVisible();
  await show(phone).tap();
  await expect(roomLogo(phone)).toBeVisible();
  await touch.close();
});

test("the-logo-is-removed: gone at the next visit, on the server too", async ({
  therapist,
  client,
  product,
}) => {
  await registers(therapist.page, "praxis-weg");
  const link = await startsCall(therapist.page, "K-1");
  await uploadsLogo(therapist.page, mark(200, 60));
  await client.page.goto(link);
  await expect(headLogo(client.page)).toBeVisible();
  const asked: string[] = [];
  client.page.on("response", (answer) => {
    if (/\/api\/(brand|logo)\//.test(answer.url())) asked.push(`${answer.status()}`);
  });
  await therapist.page.getByRole("button", { name: "Praxislogo entfernen" }).click();
  // the page shows it before the server has done it
  const gone = therapist.page.waitForResponse(
    (answer) => answer.request().method() === "DELETE" && /\/api\/logo\b/.test(answer.url()),
  );
  await therapist.page.getByRole("button", { name: "Entfernen", exact: true }).click();
  await expect(therapist.page.getByTestId("own-logo")).toHaveCount(0);
  await gone;
  await client.page.reload();
  await expect(client.page.locator("html")).toHaveAttribute("data-logo", "none");
  await expect(headLogo(client.page)).toHaveCount(0);
  expect(asked).toEqual(["404"]);
  expect(product.log()).not.toContain("error");
});

test("the-logo-is-shown by code: once the code is proven, while waiting and in the call; to later links as well", async ({
  therapist,
  client,
  another,
}) => {
  await registers(therapist.page, "praxis-code-logo");
  await uploadsLogo(therapist.page, mark(240, 80));
  await therapist.page.goto("/");
  const link = await startsCall(therapist.page, "K-9");
  await entersRoom(therapist.page, "K-9");
  await joinsByCode(client.page, "praxis-code-logo", "K-9");
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "waiting");
  await expect(headLogo(client.page)).toBeVisible();
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  expect(await boxOf(roomLogo(client.page))).toMatchObject({ width: 240, height: 80 });

  const later = await another({ sign: CLIENT });
  await later.page.goto(link);
  await expect(headLogo(later.page)).toBeVisible();
});

test("the-logo-is-shown in a group: on every side, under the names", async ({
  therapist,
  client,
  another,
}) => {
  test.slow();
  await registers(therapist.page, "praxis-gruppe-logo");
  await uploadsLogo(therapist.page, mark(1200, 700));
  await therapist.page.goto("/");
  const links = await startsGroup(therapist.page, ["G-1", "G-2"]);
  await entersRoom(therapist.page, "G-1");
  const second = await another({ sign: CLIENT });
  await joinsGroup(client.page, links[0] ?? "", "Mila");
  await joinsGroup(second.page, links[1] ?? "", "Noah");
  await expect(therapist.page.locator(".group-tile")).toHaveCount(3);
  for (const { page } of [therapist, client]) {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
      [844, 390],
    ] as const) {
      await page.setViewportSize({ width, height });
      const box = await boxOf(roomLogo(page));
      expect(box.width).toBeLessThanOrEqual(width * 0.33 + 0.1);
      expect(box.height).toBeLessThanOrEqual(height * 0.33 + 0.1);
      for (const name of await page.locator(".group-words").all()) await expectClear(name);
      for (const menu of await page.locator(".group-acts button").all()) await expectClear(menu);
    }
  }
});
