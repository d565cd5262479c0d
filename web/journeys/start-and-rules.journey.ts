/** What is settled before a call begins: the real name (R3), the safety card (A3), consent (R16), and the card at the start (R17). */
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { opensEntry, opensKartei } from "./kartei.ts";
import { entersRoom, joinsByLink, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const TEXT = "Ich willige in Videogespräche ein.";
const PLACE = "Wien, Gasse 17, 3. Stock";

async function turnsOn(page: Page, ...labels: string[]): Promise<void> {
  await page.getByRole("link", { name: "Profil" }).first().click();
  for (const label of labels) {
    await page.getByText(label, { exact: true }).click();
    await expect(page.getByRole("switch", { name: label })).toBeChecked();
  }
}

async function writesText(page: Page, text: string): Promise<void> {
  await page.getByLabel("Ihr Einwilligungstext").fill(text);
  await page.getByRole("button", { name: "Text speichern" }).click();
  await expect(page.getByText("Der Text ist gespeichert.").first()).toBeVisible();
}

async function fillsCard(page: Page): Promise<void> {
  await page.getByLabel("Wo sind Sie heute?").fill(PLACE);
  await page.getByLabel("Ihre Telefonnummer").fill("+43 660 1");
  await page.getByLabel("Wen sollen wir im Notfall anrufen?").fill("Bo, +43 660 2");
}

/** Everything this browser keeps for our origin over a reload. */
const kept = (page: Page) =>
  page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));

test("start-and-rules: [R3][AT3][R17] nobody comes in before name and card are told; the card is with the therapist, and gone at the end on both sides", async ({
  therapist,
  client,
  product,
}) => {
  test.slow();
  const [{ page }, other] = [therapist, client.page];
  const { passphrase } = await registers(page, "praxis-regeln");
  await turnsOn(page, "Namen verlangen", "Sicherheitskarte");
  await expectNoFinding(page, "profile with what is asked");
  await page.getByRole("link", { name: "Anrufe" }).first().click();
  const link = await startsCall(page, "K-1");
  await entersRoom(page, "K-1");

  await joinsByLink(other, link);
  await expect(other.getByRole("heading", { name: "Bevor es losgeht" })).toBeVisible();
  await other.getByRole("button", { name: "Weiter" }).click();
  await expect(other.getByText("Bitte füllen Sie dieses Feld aus.")).toHaveCount(4);
  await expectNoFinding(other, "what is asked");
  await expect(page.getByTestId("waiting-badge")).toBeVisible();
  await page.getByTestId("waiting-badge").getByRole("button").click();
  await expect(page.getByTestId("waiting")).toContainText("füllt noch Angaben aus");
  await page.keyboard.press("Escape");
  // what is typed stays while the line is away
  await other.getByLabel("Ihr Name").fill("Mila Mai");
  await fillsCard(other);
  await client.context.setOffline(true);
  await client.context.setOffline(false);
  await expect(other.getByLabel("Wo sind Sie heute?")).toHaveValue(PLACE);
  await other.getByRole("button", { name: "Weiter" }).click();

  await expectMovingPicture(other, "remote", THERAPIST);
  await expectMovingPicture(page, "remote", CLIENT);
  for (const side of [page, other])
    await expect(side.getByTestId("start-card")).toContainText("Wer ist im Raum? Keine Aufnahme.");
  await expectNoFinding(other, "room with the card at the start");
  await other.getByTestId("start-card").getByRole("button", { name: "Gelesen" }).click();
  await expect(other.getByTestId("start-card")).toHaveCount(0);
  await expect(page.getByText("Name: Mila Mai")).toBeVisible();
  await expect(page.getByText(PLACE)).toHaveCount(0);
  await page.getByRole("button", { name: "Sicherheitskarte: Mila Mai" }).click();
  await expect(page.getByTestId("safety-card")).toContainText(PLACE);
  await expect(page.getByRole("dialog")).toContainText("112");
  await expectNoFinding(page, "room with the safety card");
  await page.keyboard.press("Escape");

  // a reload within the call asks nobody again, and the therapist's own one neither
  await other.reload();
  await other.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(other, "remote", THERAPIST);
  await page.reload();
  await expectMovingPicture(page, "remote", CLIENT);

  await page.getByRole("button", { name: "Auflegen" }).click();
  await expect(other.getByTestId("quiet")).toHaveAttribute("data-code", "ended");
  for (const side of [page, other]) {
    expect(await kept(side)).not.toMatch(/Gasse|Mila|660/);
    expect(await side.content()).not.toContain("Gasse");
  }
  const data = readdirSync(product.data).map((name) => readFileSync(join(product.data, name)));
  for (const told of ["Gasse 17", "Mila Mai", "660 2"])
    expect(data.filter((bytes) => bytes.includes(told))).toEqual([]);
  await other.getByRole("button", { name: "Noch einmal beitreten" }).click();
  await page.getByRole("button", { name: "Noch einmal beitreten" }).click();
  await expect(other.getByLabel("Wo sind Sie heute?")).toHaveValue("");
  // nor does the vault have any of it, as everything in it is exported
  await page.goto("/profile");
  await page.getByRole("button", { name: "Alle Daten herunterladen" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Passwort", { exact: true }).fill(passphrase);
  await dialog.getByRole("button", { name: "Weiter" }).click();
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Datei speichern" }).click();
  const whole = await readFile(await (await download).path(), "utf8");
  expect(whole).toContain("K-1");
  expect(whole).not.toMatch(/Gasse|Mila|660/);
});

test("start-and-rules: [R16] no talk without consent; it is kept with version and time, taken back, asked for anew with a new text, and left out by hand", async ({
  therapist,
  client,
}) => {
  const [{ page }, other] = [therapist, client.page];
  await registers(page, "praxis-einwilligung");
  await turnsOn(page);
  await page.getByRole("button", { name: "Vorschlag einsetzen" }).click();
  await expect(page.getByLabel("Ihr Einwilligungstext")).toHaveValue(/Art\. 9/);
  await writesText(page, TEXT);
  await turnsOn(page, "Ohne Einwilligung kein Gespräch");
  await page.getByRole("link", { name: "Anrufe" }).first().click();
  const link = await startsCall(page, "K-1");
  await entersRoom(page, "K-1");

  await joinsByLink(other, link);
  await expect(other.getByRole("region", { name: "Einwilligung, Fassung 1" })).toContainText(TEXT);
  await expectNoFinding(other, "consent");
  const download = other.waitForEvent("download");
  await other.getByRole("button", { name: "Als Text sichern" }).click();
  expect(await (await download).path()).toBeTruthy();
  await other.getByRole("button", { name: "Ablehnen" }).click();
  await expect(other.getByRole("heading", { name: "Danke für Ihre Antwort" })).toBeVisible();
  await other.getByRole("button", { name: "Noch einmal beitreten" }).click();
  await other.getByRole("button", { name: "Weiter" }).click();
  await expect(other.getByText("Bitte haken Sie die Einwilligung an")).toBeVisible();
  await other.getByText("Ich habe den Text gelesen und willige ein").click();
  await other.getByRole("button", { name: "Weiter" }).click();
  await expectMovingPicture(other, "remote", THERAPIST);
  await page.getByRole("button", { name: "Auflegen" }).click();

  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  await opensKartei(page);
  await opensEntry(page, "K-1");
  const consents = page.getByTestId("consents");
  await expect(consents).toContainText(/Fassung 1 angenommen am .*20\d\d/);
  await expect(consents).toContainText("Fassung 1 abgelehnt am");
  await page.getByRole("button", { name: "Widerrufen" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Widerrufen" }).click();
  await expect(consents).toContainText("widerrufen am");
  await expectNoFinding(page, "entry with consents");
  await page.getByRole("link", { name: "Anrufe" }).first().click();
  await entersRoom(page, "K-1");
  await other.getByRole("button", { name: "Noch einmal beitreten" }).click();
  await other.getByText("Ich habe den Text gelesen und willige ein").click();
  await other.getByRole("button", { name: "Weiter" }).click();
  await expectMovingPicture(other, "remote", THERAPIST);
  await page.getByRole("button", { name: "Auflegen" }).click();

  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  await turnsOn(page);
  await writesText(page, `${TEXT} Auch im Ausland.`);
  await page.getByRole("link", { name: "Anrufe" }).first().click();
  await entersRoom(page, "K-1");
  await other.getByRole("button", { name: "Noch einmal beitreten" }).click();
  await expect(other.getByRole("region", { name: "Einwilligung, Fassung 2" })).toContainText("Ausland");
  // who cannot fill in the form comes in by the therapist's own hand, and that is to be seen
  await page.getByTestId("waiting-badge").getByRole("button").click();
  await page.getByText("Ohne Angaben einlassen").click();
  await expectNoFinding(page, "letting in without details");
  await page.getByRole("button", { name: "K-1 trotzdem einlassen" }).click();
  await expectMovingPicture(other, "remote", THERAPIST);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("ohne Angaben eingelassen")).toBeVisible();

  // what was agreed to before is still to be read, and is not the new text
  await page.getByRole("button", { name: "Auflegen" }).click();
  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  await opensKartei(page);
  await opensEntry(page, "K-1");
  await expect(consents).toContainText("ältere Fassung");
  await page
    .getByRole("button", { name: /^Text lesen: Fassung 1 angenommen/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByRole("region", { name: "Wortlaut der Fassung 1" })).toHaveText(
    TEXT,
  );
  await expectNoFinding(page, "the words of a consent");
});
