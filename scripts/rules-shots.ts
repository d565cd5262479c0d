/** The pictures of what is asked before a call, the card at its start, the safety card in the room, and both ends with receipt and report. */
import type { Page } from "@playwright/test";
import { opensEntry, opensKartei } from "../web/journeys/kartei.ts";
import { entersRoom, startsCall } from "../web/journeys/people.ts";

type Shoot = (page: Page, name: string) => Promise<void>;

/** `page` is a therapist on the dashboard, `other` a browser that has been nowhere yet. */
export async function rules(page: Page, other: Page, shoot: Shoot): Promise<void> {
  await page.goto("/profile");
  for (const label of ["Namen verlangen", "Sicherheitskarte"]) {
    await page.getByText(label, { exact: true }).click();
    await page.getByRole("switch", { name: label, checked: true }).waitFor();
  }
  await page.getByRole("button", { name: "Vorschlag einsetzen" }).click();
  await page.getByRole("button", { name: "Text speichern" }).click();
  await page.getByText("Ohne Einwilligung kein Gespräch", { exact: true }).click();
  await page.getByRole("link", { name: "Anrufe" }).first().click();
  const link = await startsCall(page, "K-2001");
  await entersRoom(page, "K-2001");
  await other.goto(link);
  await other.getByRole("button", { name: "Beitreten" }).click();
  await other.getByLabel("Ihr Name").waitFor();
  await shoot(other, "client-asked");
  await other.getByRole("button", { name: "Weiter" }).click();
  await shoot(other, "client-asked-missing");
  await other.getByLabel("Ihr Name").fill("Mila Mai");
  await other.getByLabel("Wo sind Sie heute?").fill("Wien, Gasse 17");
  await other.getByLabel("Ihre Telefonnummer").fill("+43 660 1");
  await other.getByLabel("Wen sollen wir im Notfall anrufen?").fill("Bo, +43 660 2");
  await other.getByText("Ich habe den Text gelesen").click();
  await other.getByRole("button", { name: "Weiter" }).click();
  await other.getByTestId("start-card").waitFor();
  await shoot(other, "client-start-card");
  await page.getByRole("button", { name: /^Sicherheitskarte/ }).click();
  await shoot(page, "call-safety-card");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Auflegen" }).click();
  await shoot(page, "call-hung-up");
  await other.getByRole("button", { name: "Datenschutz-Beleg zeigen" }).click();
  await other.getByText("14 Tage").waitFor();
  await shoot(other, "client-over-receipt");
  await other.getByRole("button", { name: "Problem melden" }).click();
  await other.getByText('"way"').waitFor();
  await shoot(other, "client-over-report");
  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  await opensKartei(page);
  // the list shows the first of many
  await page.getByLabel("Nach Name oder ID suchen").fill("K-2001");
  await opensEntry(page, "K-2001");
  await page.getByTestId("consents").waitFor();
  await shoot(page, "client-consents");
  await page
    .getByRole("button", { name: /^Text lesen/ })
    .first()
    .click();
  await page.getByRole("region", { name: "Wortlaut der Fassung 1" }).waitFor();
  await shoot(page, "client-consent-words");
  await page.keyboard.press("Escape");
}
