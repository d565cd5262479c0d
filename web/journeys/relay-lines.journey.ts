/** The relay on bad lines: two who cannot reach each other, and people whose line is away for a while (issue of weak networks, A3). */
import { expectHeard, expectPerson, joinsGroup, listensIn, startsGroup } from "./group.ts";
import { SERVER_ADDRESS } from "./lan.ts";
import { entersRoom, meets, registers } from "./people.ts";
import { CLIENT, THERAPIST, THIRD } from "./signs.ts";
import { expect, test } from "./stage.ts";

test.use({ host: SERVER_ADDRESS });

test("fallback-for-two: no way to each other and no TURN, the call goes over the server without a click", async ({
  lan,
  another,
}) => {
  const therapist = await another({ sign: THERAPIST, executable: lan("server only").browser });
  const client = await another({ sign: CLIENT, executable: lan("server only").browser });
  for (const { page } of [therapist, client]) await listensIn(page);
  await meets(therapist.page, client.page, "praxis-ausweg");
  await expectPerson(client.page, 0, THERAPIST);
  await expectPerson(therapist.page, 1, CLIENT);
  await expectHeard(client.page, THERAPIST);
  await expectHeard(therapist.page, CLIENT);
  for (const { page } of [therapist, client])
    await expect(page.getByTestId("line")).toHaveText("Über den eigenen Server verbunden");
  await client.page.getByRole("button", { name: "Chat", exact: true }).click();
  await client.page.getByLabel("Nachricht", { exact: true }).fill("Jetzt geht es");
  await client.page.keyboard.press("Enter");
  await expect(client.page.getByTestId("receipt")).toHaveAttribute("data-state", "arrived");
});

test("udp-blocked: where UDP does not get through, the same call goes by WebSocket", async ({
  lan,
  therapist,
  another,
}) => {
  const network = lan("anywhere");
  const client = await another({ sign: CLIENT, executable: network.browser });
  network.blockUdp();
  for (const { page } of [therapist, client]) await listensIn(page);
  await registers(therapist.page, "praxis-streng");
  const [link = ""] = await startsGroup(therapist.page, ["U-1", "U-2"]);
  await entersRoom(therapist.page, "U-1");
  await joinsGroup(client.page, link, "Uli");
  await expectPerson(client.page, 0, THERAPIST);
  await expectPerson(therapist.page, 1, CLIENT);
  await expectHeard(client.page, THERAPIST);
  await expect(client.page.getByTestId("line")).toHaveAttribute("data-way", "socket");
});

for (const seconds of [8, 20]) {
  test(`group: a line that is away for ${seconds} s comes back to the same seat, nobody is asked`, async ({
    lan,
    therapist,
    another,
  }) => {
    test.slow();
    const network = lan("anywhere");
    const a = await another({ sign: CLIENT, executable: network.browser });
    const b = await another({ sign: THIRD });
    for (const { page } of [therapist, a, b]) await listensIn(page);
    await registers(therapist.page, "praxis-kabel");
    const links = await startsGroup(therapist.page, ["L-1", "L-2"]);
    await entersRoom(therapist.page, "L-1");
    await joinsGroup(a.page, links[0] ?? "", "Ada");
    await joinsGroup(b.page, links[1] ?? "", "Bo");
    await expectPerson(b.page, 1, CLIENT);
    await expectPerson(a.page, 2, THIRD);
    await a.page.evaluate(() => {
      document.title = "same page";
    });
    network.unplug();
    await a.page.waitForTimeout(seconds * 1_000);
    // the others go on meanwhile
    await expectPerson(b.page, 0, THERAPIST);
    network.plugAgain();
    await expectPerson(a.page, 2, THIRD);
    await expectPerson(b.page, 1, CLIENT);
    await expectHeard(b.page, CLIENT);
    await expectHeard(a.page, THERAPIST);
    await expect(therapist.page.getByText("klopft")).toHaveCount(0);
    expect(await a.page.title()).toBe("same page");
  });
}
