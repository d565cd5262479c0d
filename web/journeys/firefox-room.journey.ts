/** What surrounds a call, in Firefox: the check before it, the cover, the therapist's tools, the receipt at the end. */
import { firefox, firefoxMissing } from "./firefox.ts";
import { entersRoom, registers, startsCall } from "./people.ts";
import { expectAttribute, expectSays, type Puppet, presses } from "./puppet.ts";
import { expectMovingPicture } from "./senses.ts";
import { THERAPIST } from "./signs.ts";
import { test as base, expect } from "./stage.ts";

const test = base.extend<{ fox: Puppet }>({
  fox: async ({ product }, use) => {
    const fox = await firefox(product.origin);
    await use(fox);
    await fox.close();
    expect(fox.foreign, "[R12] requests that left our host").toEqual([]);
  },
});
test.skip(firefoxMissing() !== null, firefoxMissing() ?? "");
// by its address, as in check.journey.ts
test.use({ host: "127.0.0.1", settings: { TPC_HOST: "127.0.0.1" } });

const countOf = ({ eyes }: Puppet, testId: string) =>
  eyes.evaluate((id) => document.querySelectorAll(`[data-testid="${id}"]`).length, testId);

test("firefox-room: ready before the call, covered at one press, a whiteboard, a receipt at the end", async ({
  therapist: { page: host },
  fox,
  product,
}) => {
  test.slow();
  await fox.page.goto(`${product.origin}/check`);
  for (const way of ["way-direct", "way-socket"]) await expectAttribute(fox, way, "data-tone", "good");
  await presses(fox, "Kamera und Mikrofon prüfen");
  await expectAttribute(fox, "level", "data-heard", "true");

  await registers(host, "praxis-fuchs-4");
  const link = await startsCall(host, "F-1");
  await entersRoom(host, "F-1");
  await fox.page.goto(link);
  await presses(fox, "Beitreten");
  await expectMovingPicture(fox.eyes, "remote", THERAPIST);
  await expect(host.getByTestId("start-card")).toBeVisible();

  await presses(fox, "Notizen");
  await expect.poll(() => countOf(fox, "cover")).toBe(1);
  expect(await fox.page.title()).toBe("Notizen");
  await expect(host.getByTestId("away")).toHaveText("Nicht allein: pausiert");
  await presses(fox, "Weiter");
  await expectMovingPicture(fox.eyes, "remote", THERAPIST);
  await expect(host.getByTestId("away")).toBeHidden();

  await host.mouse.move(200, 200);
  await host.getByRole("button", { name: "Werkzeuge" }).click();
  await host.getByRole("menuitem", { name: "Zeichenfläche" }).click();
  await expect.poll(() => countOf(fox, "board")).toBe(1);

  await host.getByRole("button", { name: "Auflegen" }).click();
  await expectAttribute(fox, "quiet", "data-code", "ended");
  await presses(fox, "Datenschutz-Beleg zeigen");
  await expect.poll(() => countOf(fox, "receipt")).toBe(1);
  await expectSays(fox, "Direkt");
});
