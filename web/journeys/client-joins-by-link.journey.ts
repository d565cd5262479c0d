/** The main job: register, start, send the link; the client opens it and both see and hear each other (journeys 1, 2, 4, 6). */
import { entersRoom, joinsByLink, meets, registers, startsCall } from "./people.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

test("client-joins-by-link: [R2][R6] both see the other move and hear the other's tone, directly connected", async ({
  therapist,
  client,
}) => {
  await meets(therapist.page, client.page, "praxis-am-park", "K-1042");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expectTone(client.page, "remote", THERAPIST);
  await expectTone(therapist.page, "remote", CLIENT);
  for (const { page } of [therapist, client])
    await expect(page.getByTestId("line")).toHaveText("Direkt verbunden");

  await therapist.page.getByRole("button", { name: "Auflegen" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "ended");
  await expect(therapist.page.getByTestId("quiet")).toHaveAttribute("data-code", "hung-up");
});

test("a client who is early waits and is in by itself when the therapist comes", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-frueh");
  const link = await startsCall(therapist.page, "K-7");
  await joinsByLink(client.page, link);
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "waiting");
  await expect(therapist.page.getByTestId("open-room")).toContainText("wartet");
  await entersRoom(therapist.page, "K-7");
  await expectMovingPicture(client.page, "remote", THERAPIST);
});

test("a client hangs up, and comes in again by the same link", async ({ therapist, client }) => {
  await meets(therapist.page, client.page, "praxis-wieder", "K-8");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await client.page.getByRole("button", { name: "Auflegen" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "left");
  await expect(therapist.page.getByRole("heading", { name: "K-8 ist noch nicht da" })).toBeVisible();
  await client.page.getByRole("button", { name: "Noch einmal beitreten" }).click();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expect(therapist.page.getByTestId("device")).toHaveText("gleiches Gerät wie zuletzt");
});
