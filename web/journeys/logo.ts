/** Where the practice's logo stands in the pages, for journeys. */
import { expect, type Locator, type Page } from "@playwright/test";

/** At the head of the client's pages. */
export const headLogo = (page: Page) =>
  page.getByTestId("practice-logo").getByRole("img", { name: "Praxislogo" });
/** In the call. */
export const roomLogo = (page: Page) =>
  page.getByTestId("room-logo").getByRole("img", { name: "Praxislogo" });

/** Where it is, once it is drawn. */
export async function boxOf(picture: Locator) {
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  const box = await picture.boundingBox();
  if (!box) throw new Error("no box");
  return box;
}
