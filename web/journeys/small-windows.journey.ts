/** Every page fits a small phone, a phone on its side and text twice as large, and nothing moves for whoever wants no motion. */
import { expectFits } from "./fits.ts";
import { files, filesGroup, opensKartei } from "./kartei.ts";
import { entersRoom, joinsByLink, registers, startsCall } from "./people.ts";
import { daysAhead, fillsPlan, plannedCard, presses, typedIn } from "./planning.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";
import { expectStill } from "./still.ts";
import { walksInside, walksOutside } from "./walk.ts";

test.beforeEach(async ({ therapist, client }) => {
  for (const { page } of [therapist, client]) await page.emulateMedia({ reducedMotion: "reduce" });
});

test("small-windows: pages without an account", async ({ therapist: { page } }) => {
  test.slow();
  await walksOutside(page, async (at, what) => {
    await expectFits(at, what);
    await expectStill(at, what);
  });
});

test("small-windows: the practice's pages with calls, plans and a Kartei, and their dialogs", async ({
  therapist: { page },
}) => {
  test.slow();
  await registers(page, "praxis-mit-einem-langen-namen-01");
  await startsCall(page, "Gruppenpatientin-Mittwochnachmittag-0000000000001");
  await fillsPlan(page, ["K-2"], typedIn(daysAhead(2), "UTC"));
  await presses(page);
  await plannedCard(page, "K-2").first().waitFor();
  await opensKartei(page);
  await files(page, "K-3", "Dr. Konstantin von Hohenzollern-Sigmaringen-Langenscheidt");
  await expectFits(page, "a client's entry");
  await opensKartei(page);
  await files(page, "K-4", "Anna");
  await opensKartei(page);
  await files(page, "K-5", "Berta");
  await opensKartei(page);
  await filesGroup(page, "Mittwochsgruppe", ["Anna", "Berta"]);
  await expectFits(page, "a group's entry");
  await walksInside(page, async (at, what) => {
    await expectFits(at, what);
    await expectStill(at, what);
  });
  await page.goto("/profile");
  for (const name of [
    "Passwort ändern",
    "Praxislogo hochladen",
    "Zugang anlegen",
    "Person einladen",
    "Konto löschen",
  ]) {
    await page.getByRole("button", { name }).first().click();
    await page.locator("[role=dialog], [role=alertdialog]").waitFor();
    await expectFits(page, name);
    await page.keyboard.press("Escape");
    await page.locator("[role=dialog], [role=alertdialog]").waitFor({ state: "hidden" });
  }
});

test("small-windows: door, waiting, the room with menu and chat, the end", async ({ therapist, client }) => {
  test.slow();
  await registers(therapist.page, "praxis-klein");
  const link = await startsCall(therapist.page, "K-1");
  const { page } = client;
  await page.goto(link);
  await page.getByRole("button", { name: "Beitreten" }).waitFor();
  await expectFits(page, "door");
  await joinsByLink(page, link);
  await page.getByTestId("quiet").waitFor();
  await expectFits(page, "waiting");
  await entersRoom(therapist.page, "K-1");
  await expectMovingPicture(page, "remote", THERAPIST);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  for (const one of [therapist, client]) {
    const who = one === therapist ? "therapist" : "client";
    await expectFits(one.page, `room of the ${who}`);
    await expectStill(one.page, `room of the ${who}`);
    await one.page.getByRole("button", { name: "Chat", exact: true }).click();
    await one.page.getByLabel("Nachricht", { exact: true }).waitFor();
    await expectFits(one.page, `chat of the ${who}`);
    await one.page.keyboard.press("Escape");
  }
  await therapist.page.getByRole("button", { name: "Auflegen" }).click();
  await page.getByTestId("quiet").waitFor();
  await expectFits(page, "end");
  await expect(page.getByTestId("quiet")).toHaveAttribute("data-code", "ended");
});
