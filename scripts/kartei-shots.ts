/** The pictures of the Kartei: empty, filled, an entry, a group, its files, and what asks before something goes. */
import type { Page } from "@playwright/test";
import {
  agrees,
  choosesFile,
  files,
  filesGroup,
  manyClients,
  opensEntry,
  opensKartei,
  table,
} from "../web/journeys/kartei.ts";

const back = (page: Page) => page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();

/** `shoot` takes the pictures of the page as it stands. The practice has two open rooms already. */
export async function kartei(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  await opensKartei(page);
  await page.getByLabel("Nach Name oder ID suchen").fill("nirgends");
  await shoot("clients-none");
  await page.getByLabel("Nach Name oder ID suchen").fill("");
  await page.getByRole("button", { name: "Neue Klient:in" }).click();
  await page.getByRole("dialog").getByLabel("Klient:innen-ID").fill("k 1042");
  await page.getByRole("dialog").getByRole("button", { name: "Anlegen" }).click();
  await page.getByRole("dialog").getByRole("alert").first().waitFor();
  await shoot("clients-add-double");
  await page.keyboard.press("Escape");
  await files(page, "K-88", "Dr. Konstantin von Hohenzollern-Sigmaringen-Langenscheidt");
  await back(page);
  await filesGroup(page, "Mittwochsgruppe", ["K-1042", "Mittwoch 14 Uhr"]);
  await shoot("group");
  await back(page);
  await opensEntry(page, "K-1042");
  await page.getByLabel("Notiz").fill("Kommt mit dem Rad.\nMittwochs ab 14 Uhr.");
  await shoot("client");
  await page.getByRole("button", { name: "Neuer Link" }).click();
  await shoot("client-new-link");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.getByText("Gespeichert", { exact: true }).waitFor();
  await back(page);
  await karteiFiles(page, shoot);
}

async function karteiFiles(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  const menu = page.getByRole("button", { name: "Einlesen und sichern" });
  await menu.click();
  await page.getByRole("menuitem", { name: "Als Datei sichern" }).click();
  await page.getByRole("dialog").waitFor();
  await shoot("clients-export");
  await page.getByText("Tabelle (CSV)").click();
  await shoot("clients-export-table");
  await page.keyboard.press("Escape");
  await choosesFile(page, table(`${manyClients(40)}\nk 1042;Anna;andere Notiz\n;ohne ID;`));
  await page.getByTestId("import-fresh").waitFor();
  await shoot("clients-import");
  await agrees(page);
  await shoot("clients");
}
