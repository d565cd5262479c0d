/** Firefox among the browsers of a call, directly and over the server: it reads and paints pictures another way than Chromium (B1), and
 * its WebTransport is another one. */
import { FIREFOX_TONE, firefox, firefoxMissing } from "./firefox.ts";
import {
  expectHeard,
  expectPerson,
  expectShifting,
  joinsGroup,
  keepHeard,
  listensIn,
  startsGroup,
  tileOf,
} from "./group.ts";
import { entersRoom, registers, startsCall } from "./people.ts";
import { expectAttribute, expectSays, type Puppet, presses, types } from "./puppet.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { test as base, expect } from "./stage.ts";

const test = base.extend<{ prefs: Record<string, boolean>; fox: Puppet }>({
  prefs: [{}, { option: true }],
  fox: async ({ product, prefs }, use) => {
    const fox = await firefox(product.origin, prefs);
    await use(fox);
    await fox.close();
    expect(fox.foreign, "[R12] requests that left our origin").toEqual([]);
  },
});
test.skip(firefoxMissing() !== null, firefoxMissing() ?? "");

test("firefox-direct: picture, sound and chat both ways between Firefox and Chromium", async ({
  therapist,
  fox,
}) => {
  test.slow();
  await registers(therapist.page, "praxis-fuchs");
  const link = await startsCall(therapist.page, "F-1");
  await entersRoom(therapist.page, "F-1");
  await fox.page.goto(link);
  await presses(fox, "Beitreten");
  await expectMovingPicture(fox.eyes, "remote", THERAPIST);
  await expectShifting(therapist.page, "[data-testid=remote]");
  await expectTone(fox.eyes, "remote", THERAPIST);
  await expectTone(therapist.page, "remote", FIREFOX_TONE);
  await expectAttribute(fox, "line", "data-line", "open");

  await presses(fox, "Chat");
  await types(fox, "Nachricht", "Aus dem Fuchsbau");
  await fox.page.keyboard.press("Enter");
  await therapist.page.getByRole("button", { name: "Chat: 1 neue Nachricht" }).click();
  await expect(therapist.page.getByRole("log")).toContainText("Aus dem Fuchsbau");
  await therapist.page.getByLabel("Nachricht", { exact: true }).fill("Guten Tag");
  await therapist.page.keyboard.press("Enter");
  await expectSays(fox, "Guten Tag");
});

test("firefox-group: three over the server, Firefox is seen and heard, and sees and hears both others", async ({
  product,
  therapist,
  client,
  fox,
}) => {
  test.slow();
  for (const { page } of [therapist, client]) await listensIn(page);
  await fox.page.evaluateOnNewDocument(keepHeard);
  await registers(therapist.page, "praxis-fuchs-2");
  const links = await startsGroup(therapist.page, ["F-1", "F-2"]);
  await entersRoom(therapist.page, "F-1");
  await joinsGroup(client.page, links[0] ?? "", "Bo");
  await joins(fox, links[1] ?? "");

  await expectPerson(fox.eyes, 0, THERAPIST);
  await expectPerson(fox.eyes, 1, CLIENT);
  for (const { page } of [therapist, client]) await expectShifting(page, tileOf(2));
  await expectHeard(fox.eyes, THERAPIST);
  await expectHeard(fox.eyes, CLIENT);
  for (const { page } of [therapist, client]) await expectHeard(page, FIREFOX_TONE);
  // by QUIC wherever this server has it
  await expectAttribute(fox, "line", "data-way", /"quic":\d/.test(product.log()) ? "quic" : "socket");

  await presses(fox, "Chat");
  await types(fox, "Nachricht", "Hallo alle");
  await fox.page.keyboard.press("Enter");
  await therapist.page.getByRole("button", { name: "Chat: 1 neue Nachricht" }).click();
  await expect(therapist.page.getByRole("log")).toContainText("Hallo alle");
  await client.page.getByRole("button", { name: "Chat: 1 neue Nachricht" }).click();
  await client.page.getByLabel("Nachricht", { exact: true }).fill("Guten Tag");
  await client.page.keyboard.press("Enter");
  await expectSays(fox, "Guten Tag");
});

test.describe("where Firefox has no WebTransport", () => {
  test.use({ prefs: { "network.webtransport.enabled": false } });

  test("firefox-socket: the same by WebSocket", async ({ therapist, fox }) => {
    test.slow();
    await listensIn(therapist.page);
    await fox.page.evaluateOnNewDocument(keepHeard);
    await registers(therapist.page, "praxis-fuchs-3");
    const [link = ""] = await startsGroup(therapist.page, ["F-1", "F-2"]);
    await entersRoom(therapist.page, "F-1");
    await joins(fox, link);
    await expectPerson(fox.eyes, 0, THERAPIST);
    await expectShifting(therapist.page, tileOf(1));
    await expectHeard(fox.eyes, THERAPIST);
    await expectHeard(therapist.page, FIREFOX_TONE);
    await expectAttribute(fox, "line", "data-way", "socket");
  });
});

/** As `joinsGroup`, in Firefox. */
async function joins(fox: Puppet, link: string): Promise<void> {
  await fox.page.goto(link);
  await types(fox, "Ihr Name", "Fuchs");
  await presses(fox, "Beitreten");
  await expectAttribute(fox, "quiet", "data-code", "group");
  await presses(fox, "Beitreten");
}
