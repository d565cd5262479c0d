/** Who is where: the therapist on two devices, and people whose browser dies in the middle of a call (TP1 §2.5, A5). */
import { entersRoom, joinsByLink, logsIn, meets, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

test("therapist-on-two-devices: the call stays where it is until it is brought here; the client presses nothing", async ({
  therapist,
  client,
  another,
}) => {
  const { passphrase } = await registers(therapist.page, "praxis-zwei");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  const second = await another({ sign: THERAPIST });
  await logsIn(second.page, "praxis-zwei", passphrase);
  await entersRoom(second.page, "K-1");
  await expect(second.page.getByTestId("quiet")).toHaveAttribute("data-code", "elsewhere");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await second.page.getByRole("button", { name: "Hierher holen" }).click();
  await expectMovingPicture(second.page, "remote", CLIENT);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect(therapist.page.getByTestId("quiet")).toHaveAttribute("data-code", "elsewhere");
});

test("client-leaves-while-offline: a browser that dies is gone after a while, and its person comes in again", async ({
  therapist,
  client,
  another,
}) => {
  test.slow();
  const link = await meets(therapist.page, client.page, "praxis-weg-2");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await client.browser.close();
  await expect(therapist.page.getByTestId("line")).toHaveAttribute("data-line", "reconnecting");
  await expect(therapist.page.getByRole("heading", { name: "K-1 ist noch nicht da" })).toBeVisible({
    timeout: 60_000,
  });
  const phone = await another({ sign: CLIENT });
  await joinsByLink(phone.page, link);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
});

test("therapist-leaves-while-offline: the client's page stays, and is in again when the therapist comes from another device", async ({
  therapist,
  client,
  another,
}) => {
  test.slow();
  const { passphrase } = await registers(therapist.page, "praxis-weg-3");
  const link = await startsCall(therapist.page, "K-1");
  await entersRoom(therapist.page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await therapist.browser.close();
  await expect(client.page.getByTestId("line")).toHaveAttribute("data-line", "reconnecting");
  const laptop = await another({ sign: THERAPIST });
  await logsIn(laptop.page, "praxis-weg-3", passphrase);
  await entersRoom(laptop.page, "K-1");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectMovingPicture(laptop.page, "remote", CLIENT);
});
