/** One client, one link: from every device the same; and what a wrong, cut, mended or closed link says. */
import { joinsByLink, logsIn, person, registers, startsCall } from "./people.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

test("same-id-same-link: on another device, in other spelling, after '×'", async ({
  product,
  therapist,
  another,
}) => {
  const { passphrase } = await registers(therapist.page, "praxis-eins");
  const first = await startsCall(therapist.page, "K-1042");
  const second = await another({ sign: THERAPIST });
  await logsIn(second.page, "Praxis-Eins", passphrase);
  const card = second.page.getByTestId("open-room");
  await expect(card.getByTestId("link")).toHaveText(first);
  await card.getByRole("button", { name: /beenden$/ }).click();
  await expect(card).toBeHidden();
  expect(await startsCall(second.page, "k 1042", "K-1042")).toBe(first);
  expect(new URL(first).origin).toBe(product.origin);
});

const bad = [
  ["without a link", "/j", "none"],
  ["cut", "/j#1AAECAwQFBgcICQ", "cut"],
  ["not ours", "/j#1AAECAwQFBgcICQoLDA0OD-rkzGpZJljkFnAnuIydP7kAAAA", "garbage"],
  ["of a later version", "/j#2AAECAwQFBgcICQoLDA0OD-rkzGpZJljkFnAnuIydP7k", "version"],
  ["nobody has", "/j#1AAECAwQFBgcICQoLDA0OD-rkzGpZJljkFnAnuIydP7k", "link"],
] as const;
for (const [what, path, code] of bad) {
  test(`a link ${what} says what to do`, async ({ client }) => {
    await client.page.goto(path);
    await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", code);
    await expect(client.page.getByTestId("quiet").getByRole("heading")).not.toBeEmpty();
  });
}

test("a link put into the address bar of an open page is read", async ({ client }) => {
  await client.page.goto("/j");
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "none");
  await client.page.goto("/j#1AAECAwQFBgcICQoLDA0OD-rkzGpZJljkFnAnuIydP7k");
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "link");
});

test("%23 link: mended in the address bar, said to be exposed, works, and no secret in the server's log", async ({
  product,
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-mail");
  const link = await startsCall(therapist.page, "K-1");
  await client.page.goto(link.replace("#", "%23"));
  await expect(
    client.page.getByText("unterwegs von einem Programm verändert", { exact: false }),
  ).toBeVisible();
  expect(client.page.url()).toBe(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "waiting");
  expect(product.log()).not.toContain(link.slice(link.indexOf("#") + 1));
});

test("a closed room: the client waits, and joins by itself when it is opened", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-zu");
  const link = await startsCall(therapist.page, "K-1");
  await therapist.page
    .getByTestId("open-room")
    .getByRole("button", { name: /beenden$/ })
    .click();
  await expect(therapist.page.getByTestId("open-room")).toBeHidden();
  await joinsByLink(client.page, link);
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "door");
  await startsCall(therapist.page, "K-1");
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "waiting");
});

test("a link scanner that runs scripts knocks at nobody's door", async ({ product, therapist }) => {
  await registers(therapist.page, "praxis-scan");
  const link = await startsCall(therapist.page, "K-1");
  const scanner = await person({ sign: CLIENT, origin: product.origin });
  const sent: number[] = [];
  scanner.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => sent.push(payload.length)),
  );
  await scanner.page.goto(link);
  await expect(scanner.page.getByRole("button", { name: "Beitreten" })).toBeVisible();
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  await expect(therapist.page.getByTestId("open-room")).toContainText("wartet nicht");
  // hello and beats are short; a knock carries a commitment and is longer
  expect(Math.max(...sent)).toBeLessThan(90);
  await scanner.browser.close();
});
