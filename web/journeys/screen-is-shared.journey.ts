/** Journey 9: the menu bottom left, its lowest entry; the other sees the screen instead of the camera, and the camera again after it. */
import { meets } from "./people.ts";
import { expectMovingPicture, look } from "./senses.ts";
import { THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

test("screen-is-shared: the screen replaces the camera, ending it brings the camera back", async ({
  therapist,
  client,
}) => {
  await meets(therapist.page, client.page, "praxis-schirm");
  await expectMovingPicture(client.page, "remote", THERAPIST);

  await therapist.page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
  const entries = therapist.page.getByRole("menu").locator("[role^=menuitem]");
  await expect(entries.last()).toHaveText("Bildschirm teilen");
  await entries.last().click();
  await expect(client.page.getByText("teilt den Bildschirm", { exact: false })).toBeVisible();
  const isCamera = async () => {
    const picture = await look(client.page, "remote");
    return picture !== null && picture.blue > picture.red + 25;
  };
  await expect.poll(isCamera, { message: "the camera's colour is gone from the picture" }).toBe(false);

  await therapist.page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
  await therapist.page.getByRole("menuitem", { name: "Bildschirm nicht mehr teilen" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect(client.page.getByText("teilt den Bildschirm", { exact: false })).toBeHidden();
});
