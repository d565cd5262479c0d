/** [R21] axe finds nothing on any page, in both themes, and a call can be started, joined and left by keyboard alone. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { beginsChange, codeOf, givesSpare, logsOut, typesPassword } from "./factors.ts";
import { agrees, choosesFile, files, filesGroup, manyClients, opensKartei, table } from "./kartei.ts";
import { hasPast } from "./past.ts";
import { entersRoom, joinsByLink, registers, startsCall } from "./people.ts";
import { bomb, choosesLogo, inkOnNothing } from "./pictures.ts";
import { daysAhead, fillsPlan, plannedCard, plansCall, presses, typedIn } from "./planning.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";
import { choosesFor, invites, joinsTeam, savesShared } from "./team.ts";

async function expectClean(page: Page, what: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // colours go over to the other theme within a few frames, one level of the page after the other
    await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== "running"));
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      `${what}, ${colorScheme}`,
    ).toEqual([]);
  }
}

test("pages-are-accessible: planning with faults, a series in the list, and its dialogs", async ({
  therapist: { page },
}) => {
  await registers(page, "praxis-axe-4");
  await fillsPlan(page, ["K-2", "K-3"], typedIn(0, "UTC"));
  await page.getByText("Jede Woche").click();
  await presses(page);
  await page.getByRole("alert").first().waitFor();
  await expectClean(page, "planning with faults");
  await fillsPlan(page, ["K-2"], typedIn(daysAhead(2), "UTC"));
  await presses(page);
  const card = plannedCard(page, "K-2").first();
  await card.waitFor();
  await expectClean(page, "dashboard with planned calls");
  for (const name of [/^Zeit ändern/, /^Kalender:/, /^Löschen/]) {
    await card.getByRole("button", { name }).click();
    await page.locator("[role=dialog], [role=alertdialog]").waitFor();
    await expectClean(page, `planned: ${name}`);
    await page.keyboard.press("Escape");
  }
});

test("pages-are-accessible: a client that is early for a planned call", async ({ therapist, client }) => {
  const { page } = therapist;
  await registers(page, "praxis-axe-3");
  const { link } = await plansCall(page, "K-1", daysAhead(2), "UTC");
  await client.page.goto(link);
  await client.page.getByText("Ihr Termin").waitFor();
  await expectClean(client.page, "early door");
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await client.page.getByTestId("quiet").waitFor();
  await expectClean(client.page, "early wait");
});

test("pages-are-accessible: a client's link that its therapist opens, and the calendar", async ({
  therapist: { page },
}) => {
  await registers(page, "praxis-axe-5");
  const { link } = await plansCall(page, "K-1", daysAhead(2), "UTC");
  await page.goto(link);
  await page.getByTestId("quiet").waitFor();
  await expectClean(page, "own link");
  await page.goto(`/planned/${"0".repeat(32)}/go`);
  await page.getByRole("heading", { name: "nicht gestartet" }).waitFor();
  await expectClean(page, "not started");
  await page.goto("/profile");
  await page.getByRole("button", { name: "Kalenderadresse erzeugen" }).click();
  await page.getByTestId("feed-address").waitFor();
  await expectClean(page, "profile with a calendar address");
});

test("pages-are-accessible: [R13] public pages, the legal ones in German without login, and the account", async ({
  therapist: { page },
  product,
}) => {
  for (const path of [
    "/",
    "/register",
    "/login",
    "/recover",
    "/plans",
    "/imprint",
    "/privacy",
    "/terms",
    "/nowhere",
  ]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    // what is still loading would be read while it comes
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await expectClean(page, path);
  }
  await registers(page, "praxis-axe");
  await startsCall(page, "K-1");
  await expectClean(page, "dashboard");
  await page.goto("/profile");
  await page.getByRole("heading", { name: "Profil" }).waitFor();
  await page.getByTestId("credits").waitFor();
  await expectClean(page, "profile");
  const codes = hasPast(product.data, "praxis-axe");
  await page.reload();
  await page.getByTestId("sums").waitFor();
  await expectClean(page, "profile with calls");
  await page.getByLabel("Gutschein einlösen").fill(codes.used);
  await page.getByRole("button", { name: "Einlösen" }).click();
  await page.getByText("schon eingelöst").waitFor();
  await expectClean(page, "profile with a voucher that was used");
});

test("pages-are-accessible: the client's page, waiting, the room on both sides, its menu, the end", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-axe-2");
  const link = await startsCall(therapist.page, "K-1");
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).waitFor();
  await expectClean(client.page, "door");
  await joinsByLink(client.page, link);
  await client.page.getByTestId("quiet").waitFor();
  await expectClean(client.page, "waiting");
  await entersRoom(therapist.page, "K-1");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectClean(therapist.page, "room of the therapist");
  await expectClean(client.page, "room of the client");
  await client.page.getByRole("button", { name: "Kamera, Mikrofon, Bildschirm" }).click();
  await expectClean(client.page, "menu");
  await client.page.keyboard.press("Escape");
  await client.page.getByRole("button", { name: "Auflegen" }).click();
  await client.page.getByTestId("quiet").waitFor();
  await expectClean(client.page, "end");
  await client.page.goto("/connect");
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectClean(client.page, "code form with faults");
  await client.page.getByLabel("TherapeutInnen-Code").fill("praxis-axe-2");
  await client.page.getByLabel("Zugangs-Code").fill("K-2");
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await client.page.getByRole("alert").waitFor();
  await expectClean(client.page, "wrong code");
});

test("pages-are-accessible: the Kartei, its entries, groups and files", async ({ therapist: { page } }) => {
  test.slow();
  await registers(page, "praxis-axe-3");
  await opensKartei(page);
  await expectClean(page, "empty Kartei");
  await page.getByRole("button", { name: "Neue Klient:in" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Anlegen" }).click();
  await page.getByRole("alert").first().waitFor();
  await expectClean(page, "new client with a fault");
  await page.keyboard.press("Escape");
  for (const id of ["K-1", "K-2"]) {
    await files(page, id, `Name ${id}`);
    await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  }
  await filesGroup(page, "Mittwoch", ["Name K-1", "Name K-2"]);
  await expectClean(page, "group");
  await page.getByRole("link", { name: "Name K-1" }).click();
  await page.getByRole("heading", { level: 1, name: "Name K-1" }).waitFor();
  await expectClean(page, "client");
  await page.getByRole("button", { name: "Neuer Link" }).click();
  await page.getByRole("alertdialog").waitFor();
  await expectClean(page, "new link");
  await page.keyboard.press("Escape");
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await page.getByRole("button", { name: "Einlesen und sichern" }).click();
  await expectClean(page, "menu of files");
  await page.getByRole("menuitem", { name: "Als Datei sichern" }).click();
  await page.getByText("Tabelle (CSV)").click();
  await expectClean(page, "export");
  await page.keyboard.press("Escape");
  await choosesFile(page, table(`${manyClients(60)}\n;ohne ID;`));
  await page.getByTestId("import-fresh").waitFor();
  await expectClean(page, "import");
  await agrees(page);
  await expectClean(page, "Kartei of sixty");
});

test("pages-are-accessible: access for practice software, and its start links", async ({
  therapist: { page },
}) => {
  await page.goto("/developers");
  await page.getByTestId("route").first().waitFor();
  await expectClean(page, "/developers");
  await registers(page, "praxis-axe-6");
  await page.goto("/profile");
  await page.getByRole("button", { name: "Zugang anlegen" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Anlegen" }).click();
  await dialog.getByRole("alert").waitFor();
  await expectClean(page, "access with faults");
  await dialog.getByLabel("Name des Programms").fill("Praxisprogramm");
  await dialog.getByRole("button", { name: "Anlegen" }).click();
  await page.getByTestId("access-token").waitFor();
  await expectClean(page, "access data");
  await dialog.getByRole("button", { name: "Fertig" }).click();
  await page.getByTestId("accesses").waitFor();
  await expectClean(page, "profile with an access");
  await page.getByRole("button", { name: /^Widerrufen/ }).click();
  await expectClean(page, "revoking an access");
  for (const link of ["/start#g6F2AaJpZJGjSy0xoXDEEAAAAAAAAAAAAAAAAAAAAAA", "/start#nothing"]) {
    await page.goto("about:blank");
    await page.goto(link);
    await page.getByTestId("quiet").and(page.locator("[data-code=ask], [data-code=bad]")).waitFor();
    await expectClean(page, link);
  }
});

test("pages-are-accessible: practice staff, their invitation, what is shared, and their end", async ({
  therapist,
  client,
}) => {
  test.setTimeout(300_000);
  const { page } = therapist;
  await registers(page, "praxis-axe-team");
  await opensKartei(page);
  await files(page, "K-1", "Anna Müßig");
  const invitation = await invites(page, "Frau Sommer");
  await client.page.goto(invitation);
  await client.page.getByRole("button", { name: "Konto anlegen" }).waitFor();
  await expectClean(client.page, "an invitation");
  await joinsTeam(client.page, invitation, "sommer-axe");
  await expectClean(client.page, "staff, nothing shared");
  await choosesFor(page, "Frau Sommer");
  await page.getByRole("checkbox", { name: "Anna Müßig" }).check({ force: true });
  await expectClean(page, "choosing what is shared");
  await savesShared(page);
  await page.getByTestId("team-one").waitFor();
  await expectClean(page, "profile with staff");
  await client.page.reload();
  await client.page.getByRole("button", { name: "Link senden: Anna Müßig" }).click();
  await expectClean(client.page, "staff with a link");
  await client.page.getByRole("button", { name: "Termin planen: Anna Müßig" }).click();
  await client.page.getByRole("dialog").getByLabel("Uhrzeit").fill("23:59");
  await expectClean(client.page, "staff plan a call");
  await client.page.getByRole("dialog").getByRole("button", { name: "Anruf planen" }).click();
  await client.page.getByTestId("work-planned").waitFor();
  await expectClean(client.page, "staff with a planned call");
  await client.page.goto("/connect");
  await client.page.getByTestId("quiet").waitFor();
  await expectClean(client.page, "staff at the code form");
  await client.page.goto("/profile");
  await client.page.getByText("Praxispersonal", { exact: true }).waitFor();
  await expectClean(client.page, "profile of staff");
});

test("pages-are-accessible: the second factor in the profile, its dialog, and the log-in's second step", async ({
  therapist: { page },
}) => {
  test.setTimeout(120_000);
  const { passphrase } = await registers(page, "praxis-axe-faktor");
  await beginsChange(page, "App einrichten", passphrase);
  await page.getByTestId("totp-secret").waitFor();
  await expectClean(page, "setting an app up");
  await page.getByRole("button", { name: "Einschalten" }).click();
  await page.getByRole("alert").first().waitFor();
  await expectClean(page, "setting an app up without a code");
  const secret = ((await page.getByTestId("totp-secret").textContent()) ?? "").replace(/\s/g, "");
  await page.getByLabel("Sechsstelliger Code, den die App jetzt zeigt").fill(codeOf(secret));
  await page.getByRole("button", { name: "Einschalten" }).click();
  await page.getByRole("heading", { name: "Ihre Ersatz-Codes" }).waitFor();
  await expectClean(page, "spare codes");
  await page.getByRole("button", { name: "Ich habe sie gesichert" }).click();
  await page.getByTestId("factors").waitFor();
  await expectClean(page, "profile with a second factor");
  await logsOut(page);
  await typesPassword(page, "praxis-axe-faktor", passphrase);
  await expectClean(page, "second step of the log-in");
  await givesSpare(page, "AAAA-BBBB-CCCC");
  await page.getByRole("alert").first().waitFor();
  await expectClean(page, "a wrong spare code");
});

/** Presses Tab until the focus is on what has this name, then Enter. */
async function tabsTo(page: Page, name: string | RegExp): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
    });
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    const at = await focused();
    if (typeof name === "string" ? at === name : name.test(at)) return;
  }
  throw new Error(`no way by keyboard to ${name}`);
}

test("by-keyboard-alone: start, join, mute, hang up", async ({ therapist, client }) => {
  const { page } = therapist;
  await registers(page, "praxis-taste");
  const field = page.getByLabel("Klient:innen-ID");
  await field.focus();
  await page.keyboard.type("K-1");
  await page.keyboard.press("Enter");
  const link = (await page.getByTestId("link").textContent())?.trim() ?? "";
  await tabsTo(page, /^Dem Anruf mit K-1 beitreten/);
  await page.keyboard.press("Enter");
  await client.page.goto(link);
  await tabsTo(client.page, "Beitreten");
  await client.page.keyboard.press("Enter");
  await expectMovingPicture(page, "remote", CLIENT);
  await tabsTo(client.page, "Mikrofon ausschalten");
  await client.page.keyboard.press("Enter");
  await expect(page.getByText("K-1: Mikrofon aus")).toBeVisible();
  await tabsTo(page, "Auflegen");
  await page.keyboard.press("Enter");
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "ended");
});

test("pages-are-accessible: the practice's logo, uploaded, at the door, in the call whole and small", async ({
  therapist,
  client,
}) => {
  const { page } = therapist;
  await registers(page, "praxis-axe-logo");
  const link = await startsCall(page, "K-1");
  await choosesLogo(page, bomb());
  await page.getByRole("alert").waitFor();
  await expectClean(page, "logo refused");
  await choosesLogo(page, inkOnNothing(300, 100));
  await page.getByTestId("logo-preview").waitFor();
  await expectClean(page, "logo chosen");
  await page.getByRole("dialog").getByRole("button", { name: "Hochladen" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.reload();
  await page.getByTestId("own-logo").getByRole("img").waitFor();
  await page.getByTestId("credits").waitFor();
  await expectClean(page, "logo uploaded");
  await page.getByRole("button", { name: "Praxislogo entfernen" }).click();
  await expectClean(page, "logo to be removed");
  await page.goto("/");
  await client.page.goto(link);
  await client.page.getByTestId("practice-logo").waitFor();
  await expectClean(client.page, "door with logo");
  await entersRoom(page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  const hide = client.page.getByRole("button", { name: "Praxislogo verkleinern" });
  await hide.focus();
  await expectClean(client.page, "room with logo");
  await client.page.keyboard.press("Enter");
  await expect(client.page.getByRole("button", { name: "Praxislogo anzeigen" })).toBeFocused();
  await expectClean(client.page, "room with a small logo");
});
