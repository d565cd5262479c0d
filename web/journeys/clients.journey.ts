/** The Kartei (journeys 3 and 12): entries that outlive every call, started with one press, on all devices of the practice. */
import { files, opensEntry, opensKartei, readsLink } from "./kartei.ts";
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
