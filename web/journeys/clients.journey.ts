/** The Kartei (journeys 3 and 12): entries that outlive every call, started with one press, on all devices of the practice. */
import { readFileSync } from "node:fs";
import { expectPerson, joinsGroup } from "./group.ts";
import {
  agrees,
  choosesFile,
  files,
  filesGroup,
  manyClients,
  opensEntry,
  opensKartei,
  readsLink,
  savesFile,
  table,
} from "./kartei.ts";
import { joinsByLink, logsIn, registers } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

test("first-client: the empty Kartei offers the first step; one press starts the call, and it is noted", async ({
  therapist,
  client,
}) => {
  const { page } = therapist;
  await registers(page, "praxis-kartei");
  await opensKartei(page);
  await expect(page.getByText("Ihre Kartei ist noch leer")).toBeVisible();
  await files(page, "K-1042", "Anna Müßig");
  const link = await readsLink(page);
  await expect(page.getByTestId("access-code")).toHaveText("K-1042");
  await page.getByRole("link", { name: "Kartei" }).first().click();
  await page.getByLabel("Nach Name oder ID suchen").fill("muessig");
  await page.getByRole("button", { name: "Anruf mit Anna Müßig starten" }).click();
  await page.waitForURL(/\/call\//);
  await joinsByLink(client.page, link);
  await expectMovingPicture(page, "remote", CLIENT);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await page.getByRole("button", { name: "Auflegen" }).click();
  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  await opensKartei(page);
  await opensEntry(page, "Anna Müßig");
  await expect(page.getByTestId("last-calls").getByRole("listitem")).toHaveCount(1);
  await expect(page.getByTestId("last-calls")).toContainText("1\u00a0min");
  await page.reload();
  await expect(page.getByTestId("last-calls").getByRole("listitem")).toHaveCount(1);
  await expect(page.getByTestId("devices").getByRole("listitem")).toHaveCount(1);
});

test("an entry: double IDs are refused in words, a changed ID keeps the link, a search finds it again", async ({
  therapist: { page },
}) => {
  await registers(page, "praxis-kartei-2");
  await opensKartei(page);
  await files(page, "K-1");
  const link = await readsLink(page);
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await page.getByRole("button", { name: "Neue Klient:in" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Klient:innen-ID").fill("k 1");
  await dialog.getByRole("button", { name: "Anlegen" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Diese ID gehört schon zu K-1.");
  await dialog.getByLabel("Klient:innen-ID").fill("K-2");
  await dialog.getByRole("button", { name: "Anlegen" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "K-2" })).toBeVisible();

  await page.getByLabel("Klient:innen-ID").fill("K-1");
  await expect(page.getByRole("alert")).toContainText("Diese ID gehört schon zu K-1.");
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await expect(page.getByText("Noch nicht gespeichert", { exact: false })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await opensEntry(page, "K-1");
  await page.getByLabel("Klient:innen-ID").fill("Mittwoch 14 Uhr");
  await page.getByLabel("Notiz").fill("kommt mit dem Rad");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByText("Gespeichert", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Mittwoch 14 Uhr" })).toBeVisible();
  await expect(page.getByLabel("Notiz")).toHaveValue("kommt mit dem Rad");
  expect(await readsLink(page)).toBe(link);
  await expect(page.getByTestId("access-code")).toHaveText("Mittwoch 14 Uhr");
});

test("what is typed and not saved is saved on the way out", async ({ therapist: { page } }) => {
  await registers(page, "praxis-kartei-3");
  await opensKartei(page);
  await files(page, "K-1");
  await page.getByLabel("Notiz").fill("fast vergessen");
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await expect(page.getByText("Ihre Änderungen an K-1 sind gespeichert.")).toBeVisible();
  await opensEntry(page, "K-1");
  await expect(page.getByLabel("Notiz")).toHaveValue("fast vergessen");
  await page.getByLabel("Notiz").fill("n".repeat(7_901));
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await expect(page.getByText("Noch nicht gespeichert", { exact: false })).toBeVisible();
  await expect(page.getByLabel("Notiz")).toHaveValue("n".repeat(7_901));
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await opensEntry(page, "K-1");
  await expect(page.getByLabel("Notiz")).toHaveValue("fast vergessen");
});

test("two-devices-edit-one-note: both texts are there, and the page says so", async ({
  therapist,
  another,
}) => {
  const { page } = therapist;
  const { passphrase } = await registers(page, "praxis-kartei-4");
  await opensKartei(page);
  await files(page, "K-1");
  const second = await another({ sign: THERAPIST });
  await logsIn(second.page, "praxis-kartei-4", passphrase);
  await opensKartei(second.page);
  await opensEntry(second.page, "K-1");
  await page.getByLabel("Notiz").fill("vom Laptop");
  await second.page.getByLabel("Notiz").fill("vom Telefon");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByText("Gespeichert", { exact: true })).toBeVisible();
  await second.page.getByRole("button", { name: "Speichern" }).click();
  await expect(second.page.getByText("Zugleich auf einem anderen Gerät geändert")).toBeVisible();
  for (const text of ["vom Laptop", "vom Telefon"])
    await expect(second.page.getByLabel("Notiz")).toHaveValue(new RegExp(text));
  await page.reload();
  for (const text of ["vom Laptop", "vom Telefon"])
    await expect(page.getByLabel("Notiz")).toHaveValue(new RegExp(text));
});

test("new-link: the old one says in words that it leads nowhere, the new one meets; a running call is named and ended", async ({
  therapist,
  client,
}) => {
  const { page } = therapist;
  await registers(page, "praxis-kartei-5");
  await opensKartei(page);
  await files(page, "K-1", "Berta");
  const old = await readsLink(page);
  await page.getByRole("button", { name: "Anruf mit Berta starten" }).click();
  await page.waitForURL(/\/call\//);
  await joinsByLink(client.page, old);
  await expectMovingPicture(page, "remote", CLIENT);
  const tab = await therapist.context.newPage();
  await tab.goto("/clients");
  await opensEntry(tab, "Berta");
  await expect(tab.getByRole("button", { name: "Eintrag löschen" })).toBeDisabled();
  await tab.getByRole("button", { name: "Neuer Link" }).click();
  await expect(tab.getByRole("alertdialog")).toContainText("Der offene Anruf (Berta) wird dabei beendet.");
  await tab.getByRole("button", { name: "Bisherigen Link ungültig machen" }).click();
  await expect(tab.getByText("Der neue Link gilt.", { exact: false })).toBeVisible();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "closed");
  const link = await readsLink(tab);
  expect(link).not.toBe(old);
  await client.page.goto("about:blank");
  await client.page.goto(old);
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "link");
  await tab.getByRole("button", { name: "Anruf mit Berta starten" }).click();
  await tab.waitForURL(/\/call\//);
  await client.page.goto("about:blank");
  await joinsByLink(client.page, link);
  await expectMovingPicture(tab, "remote", CLIENT);
});

test("new-link: who waits at the door with the old one is told at once", async ({ therapist, client }) => {
  const { page } = therapist;
  await registers(page, "praxis-kartei-12");
  await opensKartei(page);
  await files(page, "K-1");
  await joinsByLink(client.page, await readsLink(page));
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "door");
  await page.getByRole("button", { name: "Neuer Link" }).click();
  await page.getByRole("button", { name: "Bisherigen Link ungültig machen" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "link");
});

test("delete: gone from the list and from groups, its link leads nowhere", async ({ therapist, client }) => {
  const { page } = therapist;
  await registers(page, "praxis-kartei-6");
  await opensKartei(page);
  await files(page, "K-1");
  const link = await readsLink(page);
  await page.getByRole("button", { name: "Eintrag löschen" }).click();
  await page.getByRole("button", { name: "Endgültig löschen" }).click();
  await expect(page.getByText("Ihre Kartei ist noch leer")).toBeVisible();
  await client.page.goto(link);
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "link");
});

test("group: made of two clients, started with one press, both come by their own links; deleting one takes it out", async ({
  therapist,
  client,
  another,
}) => {
  test.slow();
  const { page } = therapist;
  await registers(page, "praxis-kartei-7");
  await opensKartei(page);
  const links: string[] = [];
  for (const id of ["K-1", "K-2"]) {
    await files(page, id);
    links.push(await readsLink(page));
    await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  }
  await filesGroup(page, "Mittwochsgruppe", ["K-1", "K-2"]);
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await page.getByRole("button", { name: "Anruf mit Mittwochsgruppe starten" }).click();
  await page.waitForURL(/\/call\//);
  const second = await another({ sign: CLIENT });
  await joinsGroup(client.page, links[0] ?? "", "Anna");
  await joinsGroup(second.page, links[1] ?? "", "Berta");
  await expectPerson(page, 1, CLIENT);
  await expectPerson(page, 2, CLIENT);
  await page.getByRole("button", { name: "Auflegen" }).click();
  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  await page
    .getByTestId("open-room")
    .getByRole("button", { name: /beenden$/ })
    .click();
  await expect(page.getByTestId("open-room")).toBeHidden();
  await opensKartei(page);
  await opensEntry(page, "K-1");
  await expect(page.getByTestId("last-calls")).toContainText("in der Gruppe");
  await expect(page.getByRole("link", { name: "Mittwochsgruppe" })).toBeVisible();
  await page.getByRole("button", { name: "Eintrag löschen" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("Mittwochsgruppe");
  await page.getByRole("button", { name: "Endgültig löschen" }).click();
  await opensEntry(page, "Mittwochsgruppe");
  await expect(page.getByText("Eine Gruppe hat mindestens zwei Klient:innen.")).toBeVisible();
  await expect(page.getByRole("link", { name: "K-2" })).toBeVisible();
});

test("encrypted-file: a deleted entry is back with its link, a wrong word opens nothing, another account gets new links", async ({
  therapist,
  client,
  another,
}) => {
  test.slow();
  const { page } = therapist;
  await registers(page, "praxis-kartei-8");
  await opensKartei(page);
  await files(page, "K-1", "Zwetschkenröster");
  const link = await readsLink(page);
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  const { path, words } = await savesFile(page);
  expect(readFileSync(path).includes("Zwetschkenröster")).toBe(false);
  await opensEntry(page, "Zwetschkenröster");
  await page.getByRole("button", { name: "Eintrag löschen" }).click();
  await page.getByRole("button", { name: "Endgültig löschen" }).click();
  await expect(page.getByText("Ihre Kartei ist noch leer")).toBeVisible();
  await expect(page.getByText("Zwetschkenröster ist gelöscht.")).toBeVisible();

  await choosesFile(page, path);
  const open = page.getByRole("button", { name: "Datei öffnen" });
  await page.getByLabel("Wörter oder Passwort der Datei").fill("Birne Birne Birne Birne Birne Birne Birne");
  await open.click();
  await expect(page.getByRole("alert")).toContainText("Damit öffnet sich die Datei nicht.");
  await page.getByLabel("Wörter oder Passwort der Datei").fill(words.toLowerCase());
  await open.click();
  await expect(page.getByTestId("import-fresh")).toContainText("1");
  await expect(page.getByText("1 Link aus der Datei gilt danach, wie er verschickt wurde.")).toBeVisible();
  await agrees(page);
  await opensEntry(page, "Zwetschkenröster");
  expect(await readsLink(page)).toBe(link);
  await page.getByRole("button", { name: "Anruf mit Zwetschkenröster starten" }).click();
  await page.waitForURL(/\/call\//);
  await joinsByLink(client.page, link);
  await expectMovingPicture(page, "remote", CLIENT);
  await page.getByRole("button", { name: "Auflegen" }).click();

  const other = await another({ sign: THERAPIST });
  await registers(other.page, "praxis-kartei-9");
  await opensKartei(other.page);
  await choosesFile(other.page, path);
  await other.page.getByLabel("Wörter oder Passwort der Datei").fill(words);
  await other.page.getByRole("button", { name: "Datei öffnen" }).click();
  await expect(
    other.page.getByText("Die Datei stammt aus einem anderen Konto.", { exact: false }),
  ).toBeVisible();
  await agrees(other.page);
  await opensEntry(other.page, "Zwetschkenröster");
  expect(await readsLink(other.page)).not.toBe(link);
});

test("[bad input] a table: counts before anything changes, rows that do not fit are named, foreign and huge files are told", async ({
  therapist: { page },
}) => {
  await registers(page, "praxis-kartei-10");
  await opensKartei(page);
  await files(page, "K-1");
  await page.getByLabel("Notiz").fill("von hier");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByText("Gespeichert", { exact: true })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await choosesFile(page, table("Vorname;Nachname\nAnna;Berg"));
  await expect(page.getByRole("alert")).toContainText("keine Spalte mit IDs");
  await choosesFile(page, { name: "bild.kartei", mimeType: "x/y", buffer: Buffer.alloc(17 * 1024 * 1024) });
  await expect(page.getByRole("alert")).toContainText("zu groß");
  const rows = [
    "Klient:innen-ID;Name;Notiz",
    "k 1;Anna;aus der Tabelle",
    ";Berta;",
    "K-2;=1+1;",
    "K-2;;doppelt",
  ];
  await choosesFile(page, table(rows.join("\n")));
  await expect(page.getByTestId("import-fresh")).toContainText("1");
  await expect(page.getByTestId("import-clash")).toContainText("1");
  await expect(page.getByTestId("import-more")).toContainText("1");
  await expect(page.getByRole("dialog")).toContainText("ohne ID: Zeile 3");
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 Eintrag", { exact: true })).toBeVisible();
  await choosesFile(page, table(rows.join("\n")));
  await agrees(page);
  await expect(page.getByText("2 Einträge", { exact: true })).toBeVisible();
  await opensEntry(page, "Anna");
  for (const text of ["von hier", "aus der Tabelle"])
    await expect(page.getByLabel("Notiz")).toHaveValue(new RegExp(text));

  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await page.getByRole("button", { name: "Einlesen und sichern" }).click();
  await page.getByRole("menuitem", { name: "Als Datei sichern" }).click();
  await page.getByText("Tabelle (CSV)").click();
  await expect(page.getByRole("alert")).toContainText("Diese Datei ist nicht verschlüsselt");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Datei speichern" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text).toContain("'=1+1");
  expect(text.split("\r\n")[0]).toBe("\uFEFFKlient:innen-ID;Name;Notiz;Zugangs-Code;Link;Gruppen");
});

test("five-hundred-clients: the list scrolls to its end, keys walk through it, a search finds one", async ({
  therapist: { page },
}) => {
  test.slow();
  await registers(page, "praxis-kartei-11");
  await opensKartei(page);
  await choosesFile(page, table(manyClients(500)));
  await expect(page.getByTestId("import-fresh")).toContainText("500");
  await agrees(page);
  await expect(page.getByText("500 Einträge", { exact: true })).toBeVisible();
  await page.reload();
  const list = page.getByRole("list", { name: "Klient:innen und Gruppen" });
  await expect(list.getByRole("listitem").first()).toContainText("K-0002");
  // only what is in sight is drawn, and says which of how many it is
  expect(await list.getByRole("listitem").count()).toBeLessThan(60);
  await expect(list.getByRole("listitem").first()).toHaveAttribute("aria-setsize", "500");
  await list.getByRole("link").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(list.getByRole("link", { name: "K-0004" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(list.getByRole("link", { name: "Müller 499, Änne" })).toBeFocused();
  await expect(list.getByRole("listitem").last()).toHaveAttribute("aria-posinset", "500");
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  await expect(list.getByRole("link", { name: "K-0498" })).toBeAttached();
  await page.getByLabel("Nach Name oder ID suchen").fill("mueller 333");
  await expect(page.getByText("1 Eintrag", { exact: true })).toBeVisible();
  await opensEntry(page, "Müller 333, Änne");
  await page.goBack();
  await page.getByLabel("Nach Name oder ID suchen").fill("k 0498");
  await expect(list.getByRole("link")).toHaveCount(1);
  await page.getByLabel("Nach Name oder ID suchen").fill("nirgends");
  await expect(page.getByText("Kein Eintrag passt")).toBeVisible();
});
