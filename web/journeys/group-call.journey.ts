/** Group calls through the own relay: several people see and hear each other, sealed frame by frame (product.md journey 8). */
import { join } from "node:path";
import { expectNoFinding } from "./axe.ts";
import {
  expectHeard,
  expectPerson,
  expectPicture,
  joinsGroup,
  listensIn,
  startsGroup,
  tileOf,
} from "./group.ts";
import { entersRoom, type Person, registers } from "./people.ts";
import { CLIENT, FOURTH, THERAPIST, THIRD } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** A therapist and two clients in a call, everybody's tile painted. */
async function groupOfThree(
  therapist: Person,
  another: (options: { sign: typeof CLIENT }) => Promise<Person>,
  user: string,
): Promise<{ a: Person; b: Person; links: string[] }> {
  await listensIn(therapist.page);
  await registers(therapist.page, user);
  const links = await startsGroup(therapist.page, ["G-1", "G-2"]);
  await entersRoom(therapist.page, "G-1");
  const [a, b] = [await another({ sign: CLIENT }), await another({ sign: THIRD })];
  for (const { page } of [a, b]) await listensIn(page);
  await joinsGroup(a.page, links[0] ?? "", "Ada");
  await joinsGroup(b.page, links[1] ?? "", "Bo");
  return { a, b, links };
}

test("group-of-three: everybody sees and hears everybody, names from the sealed roster, the same seats on every screen", async ({
  therapist,
  another,
}) => {
  test.slow();
  const { a, b } = await groupOfThree(therapist, another, "praxis-gruppe");
  for (const { page } of [therapist, a, b]) {
    await expectPerson(page, 0, THERAPIST);
    await expectPerson(page, 1, CLIENT);
    await expectPerson(page, 2, THIRD);
    await expect(page.locator("[data-testid=tile]")).toHaveCount(3);
    expect(
      await page
        .locator("[data-testid=tile]")
        .evaluateAll((all) => all.map((each) => each.getAttribute("data-slot"))),
    ).toEqual(["0", "1", "2"]);
  }
  await expectHeard(therapist.page, CLIENT);
  await expectHeard(therapist.page, THIRD);
  await expectHeard(a.page, THERAPIST);
  await expectHeard(a.page, THIRD);
  await expectHeard(b.page, CLIENT);
  // the therapist sees the names of the client file, clients what each typed
  await expect(therapist.page.locator("[data-slot='1']")).toContainText("G-1");
  await expect(b.page.locator("[data-slot='1']")).toContainText("Ada");
  await expect(b.page.locator("[data-slot='0']")).toContainText("Ihre Therapeut:in");
  await expect(a.page.getByTestId("line")).toHaveText("Über den eigenen Server verbunden");

  for (const [name, page] of [["host", therapist.page] as const, ["client", a.page] as const]) {
    for (const [size, width, height] of [["desktop", 1280, 800] as const, ["phone", 390, 844] as const]) {
      await page.setViewportSize({ width, height });
      await expectNoFinding(page, `group ${name} ${size}`);
      await page.screenshot({ path: join(test.info().outputDir, `group-${name}-${size}.png`) });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});

test("group: hands, mute, chat, a shared screen, and who is taken out", async ({ therapist, another }) => {
  test.slow();
  const { a, b, links } = await groupOfThree(therapist, another, "praxis-gruppe-2");
  await expectPerson(therapist.page, 1, CLIENT);
  await a.page.getByRole("button", { name: "Hand heben" }).click();
  for (const { page } of [therapist, b])
    await expect(page.locator("[data-slot='1']")).toContainText("Hand gehoben");

  await therapist.page.locator("[data-slot='1']").hover();
  await therapist.page.getByRole("button", { name: "Mehr zu G-1" }).click();
  await therapist.page.getByRole("menuitem", { name: "Mikrofon ausschalten" }).click();
  for (const { page } of [therapist, b])
    await expect(page.locator("[data-slot='1']")).toContainText("Mikrofon aus");
  await expect(a.page.getByRole("button", { name: "Mikrofon einschalten" })).toBeVisible();

  await b.page.getByRole("button", { name: "Chat", exact: true }).click();
  await b.page.getByLabel("Nachricht", { exact: true }).fill("Hallo alle");
  await b.page.keyboard.press("Enter");
  await expect(b.page.getByTestId("receipt")).toHaveAttribute("data-state", "arrived");
  await a.page.getByRole("button", { name: "Chat: 1 neue Nachricht" }).click();
  await expect(a.page.getByRole("log")).toContainText("Bo");
  await expect(a.page.getByRole("log")).toContainText("Hallo alle");
  await a.page.keyboard.press("Escape");
  await b.page.keyboard.press("Escape");

  await b.page.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = () => navigator.mediaDevices.getUserMedia({ video: true });
  });
  await b.page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
  await b.page.getByRole("menuitem", { name: "Bildschirm teilen" }).click();
  await expectPicture(a.page, "[data-testid=screen]", THIRD);
  await b.page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
  await b.page.getByRole("menuitem", { name: "Bildschirm nicht mehr teilen" }).click();
  await expect(a.page.getByTestId("screen")).toBeHidden();

  await therapist.page.locator("[data-slot='1']").hover();
  await therapist.page.getByRole("button", { name: "Mehr zu G-1" }).click();
  await therapist.page.getByRole("menuitem", { name: "Aus dem Gespräch nehmen" }).click();
  await therapist.page
    .getByRole("alertdialog")
    .getByRole("button", { name: "Aus dem Gespräch nehmen" })
    .click();
  await expect(a.page.getByTestId("quiet")).toHaveAttribute("data-code", "removed");
  await expect(b.page.locator("[data-testid=tile]")).toHaveCount(2);
  await expectPerson(b.page, 0, THERAPIST);
  await joinsGroupAgain(a, links[0] ?? "");
  await expect(therapist.page.getByText("G-1 klopft")).toBeVisible();
});

async function joinsGroupAgain({ page }: Person, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Beitreten" }).click();
  await page.getByRole("button", { name: "Beitreten" }).click();
}

test("group: a member reloads and has the same seat, the others keep seeing each other", async ({
  therapist,
  another,
}) => {
  const { a, b } = await groupOfThree(therapist, another, "praxis-gruppe-3");
  await expectPerson(b.page, 1, CLIENT);
  await a.page.reload();
  await a.page.getByRole("button", { name: "Beitreten" }).click();
  await a.page.getByRole("button", { name: "Beitreten" }).click();
  await expectPerson(a.page, 2, THIRD);
  await expectPerson(b.page, 1, CLIENT);
  await expectPerson(b.page, 0, THERAPIST);
  await expect(b.page.locator("[data-testid=tile]")).toHaveCount(3);
});

test("group: the server is killed and started again, everybody hears and sees everybody by itself", async ({
  product,
  therapist,
  another,
}) => {
  const { a, b } = await groupOfThree(therapist, another, "praxis-gruppe-4");
  await expectPerson(b.page, 1, CLIENT);
  await product.kill("SIGKILL");
  await expect(a.page.getByTestId("line")).not.toHaveAttribute("data-line", "open");
  await product.start();
  for (const { page } of [therapist, a, b])
    await expect(page.getByTestId("line")).toHaveAttribute("data-line", "open", { timeout: 30_000 });
  await expectPerson(b.page, 1, CLIENT);
  await expectPerson(a.page, 0, THERAPIST);
  await expectHeard(a.page, THIRD);
  await expectHeard(therapist.page, CLIENT);
});

const SMALL = { width: 640, height: 400 };

test("therapist-reloads-in-a-group-of-five: sound and picture are back, nobody is asked again", async ({
  therapist,
  another,
}) => {
  test.slow();
  await listensIn(therapist.page);
  // five browsers on two processors without a graphics card: what is proven is who comes back, so windows are small and two have cameras
  await therapist.page.setViewportSize(SMALL);
  await registers(therapist.page, "praxis-gruppe-5");
  const ids = ["H-1", "H-2", "H-3", "H-4"];
  const links = await startsGroup(therapist.page, ids);
  await entersRoom(therapist.page, "H-1");
  const signs = [CLIENT, THIRD, FOURTH, CLIENT];
  const people: Person[] = [];
  for (const [at, sign] of signs.entries()) {
    const person = await another({ sign });
    people.push(person);
    await person.page.setViewportSize(SMALL);
    await listensIn(person.page);
    await joinsGroup(person.page, links[at] ?? "", `P${at}`);
    if (sign !== FOURTH) await person.page.getByRole("button", { name: "Kamera ausschalten" }).click();
  }
  const [first] = people;
  if (!first) throw new Error("nobody came");
  await expect(first.page.locator("[data-testid=tile]")).toHaveCount(5, { timeout: 30_000 });
  await therapist.page.reload();
  await expect(therapist.page.locator("[data-testid=tile]")).toHaveCount(5, { timeout: 30_000 });
  await expect(therapist.page.getByText("klopft")).toHaveCount(0);
  await expectHeard(therapist.page, FOURTH);
  await expectHeard(first.page, THERAPIST);
  await expectPerson(first.page, 0, THERAPIST);
  await expectPerson(first.page, 3, FOURTH);
});

test("hidden addresses: two people over the relay, and no connection between their browsers", async ({
  therapist,
  client,
}) => {
  for (const { page } of [therapist, client]) {
    await listensIn(page);
    await page.addInitScript(() => {
      Object.assign(window, { offers: 0 });
      const describe = RTCPeerConnection.prototype.setLocalDescription as (
        ...args: unknown[]
      ) => Promise<void>;
      RTCPeerConnection.prototype.setLocalDescription = function (
        this: RTCPeerConnection,
        ...args: unknown[]
      ) {
        (window as unknown as { offers: number }).offers += 1;
        return describe.apply(this, args);
      };
    });
  }
  await registers(therapist.page, "praxis-versteckt");
  await therapist.page.getByRole("link", { name: "Profil" }).click();
  await therapist.page.getByText("Adressen verbergen").click();
  await therapist.page.getByRole("link", { name: "Anrufe" }).click();
  const [link = ""] = await startsGroup(therapist.page, ["V-1"]);
  await entersRoom(therapist.page, "V-1");
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectPicture(client.page, tileOf(0), THERAPIST);
  await expectPicture(therapist.page, tileOf(1), CLIENT);
  await expectHeard(client.page, THERAPIST);
  for (const { page } of [therapist, client])
    expect(await page.evaluate(() => (window as unknown as { offers: number }).offers)).toBe(0);
});
