/** What must not end a call: a change of network, a reload on either side, a restart of the server, a second tab. */
import { join } from "node:path";
import { expectNoFinding } from "./axe.ts";
import { SERVER_ADDRESS } from "./lan.ts";
import { entersRoom, joinsByLink, meets, registers, startsCall } from "./people.ts";
import { WINDOWS } from "./places.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

test("therapist-reloads: the client presses nothing and both see each other again", async ({
  therapist,
  client,
}) => {
  await meets(therapist.page, client.page, "praxis-reload");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await therapist.page.reload();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect(therapist.page.getByTestId("device")).toHaveText("gleiches Gerät wie zuletzt");
});

test("client-reloads: one press, the same seat, nobody is asked", async ({ therapist, client }) => {
  await meets(therapist.page, client.page, "praxis-reload-2");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await client.page.reload();
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
});

test("server-restarts: picture and sound do not stop, and signaling is back with the same channel", async ({
  product,
  therapist,
  client,
}) => {
  await meets(therapist.page, client.page, "praxis-restart");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await product.kill("SIGKILL");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await product.start();
  await expectTone(client.page, "remote", THERAPIST);
  // what goes through the sealed channel still arrives: the other side says it is mute
  await therapist.page.getByRole("button", { name: "Mikrofon ausschalten" }).click();
  await expect(client.page.getByText("Mikrofon aus", { exact: false })).toBeVisible();
});

test.describe("on the way out", () => {
  test.use({ settings: { TPC_DRAIN_SECONDS: "600" } });

  test("server-is-updated: both are told in one calm line, who comes late comes in by itself, and the call never stops", async ({
    product,
    therapist,
    client,
    another,
  }) => {
    await registers(therapist.page, "praxis-neustart");
    const later = await startsCall(therapist.page, "K-2");
    const link = await startsCall(therapist.page, "K-1");
    await entersRoom(therapist.page, "K-1");
    await joinsByLink(client.page, link);
    await expectMovingPicture(client.page, "remote", THERAPIST);
    process.kill(product.pid(), "SIGTERM");
    const said = /^Der Server wird kurz neu gestartet, spätestens um \d\d:\d\d Uhr\. /;
    for (const { page } of [therapist, client]) {
      await expect(page.getByTestId("restart")).toHaveText(said);
      await expect(page.getByTestId("restart")).toContainText("Ihr Gespräch läuft weiter.");
      await expectNoFinding(page, "a restart is told");
    }
    const waits = await another({ sign: CLIENT });
    await joinsByLink(waits.page, later);
    await expect(waits.page.getByTestId("restart")).toContainText("Sie kommen danach von selbst herein");
    for (const [who, { page }] of Object.entries({ therapist, client, waits }))
      for (const [name, width, height] of WINDOWS) {
        if (name !== "phone" && name !== "desktop") continue;
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: join(test.info().outputDir, `restart-${who}-${name}.png`) });
      }
    // the second signal ends the wait
    await product.kill("SIGTERM");
    await expectMovingPicture(client.page, "remote", THERAPIST);
    await product.start();
    for (const { page } of [therapist, client, waits])
      await expect(page.getByTestId("restart")).toHaveCount(0);
    await expectTone(client.page, "remote", THERAPIST);
    await therapist.page.getByRole("button", { name: "Auflegen" }).click();
    await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "ended");
  });
});

test("second-tab: the newer one has the call, the older one says so and can bring it back", async ({
  therapist,
  client,
}) => {
  const link = await meets(therapist.page, client.page, "praxis-tab");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  const tab = await client.context.newPage();
  await joinsByLink(tab, link);
  await expectMovingPicture(tab, "remote", THERAPIST);
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "moved");
  await client.page.getByRole("button", { name: "Hierher holen" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect(tab.getByTestId("quiet")).toHaveAttribute("data-code", "moved");
});

test.describe("networks", () => {
  test.use({ host: SERVER_ADDRESS });

  test("call-survives-network-change: another interface and address, and the same call goes on", async ({
    lan,
    therapist,
    another,
  }) => {
    const network = lan("anywhere");
    const client = await another({ sign: CLIENT, executable: network.browser });
    await registers(therapist.page, "praxis-netz");
    const link = await startsCall(therapist.page, "K-1");
    await entersRoom(therapist.page, "K-1");
    await joinsByLink(client.page, link);
    await expectMovingPicture(client.page, "remote", THERAPIST);
    await client.page.evaluate(() => {
      document.title = "same page";
    });
    network.changeNetwork();
    // the old path is dead: what is seen and heard from now on came over the new one
    await expect
      .poll(() => network.sentBySecond(), {
        message: "pictures leave over the second cable",
        timeout: 40_000,
      })
      .toBeGreaterThan(100_000);
    await expectMovingPicture(client.page, "remote", THERAPIST);
    await expectMovingPicture(therapist.page, "remote", CLIENT);
    await expectTone(therapist.page, "remote", CLIENT);
    await expect(therapist.page.getByTestId("line")).toHaveAttribute("data-line", "open");
    expect(await client.page.title()).toBe("same page");
  });
});
