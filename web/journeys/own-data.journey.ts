/** Settings that reach into the vault: a code for each new client, and the file of all own data. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { registers, startsCall } from "./people.ts";
import { expect, test } from "./stage.ts";

/** A look at a page that may still be on its way: what it waits for may also not be there yet at all. */
const comesSoon = (what: Locator) =>
  what.waitFor({ timeout: 3_000 }).then(
    () => true,
    () => false,
  );

const NAME = "Marille Zwetschkenröster";

test("new-codes: where it is switched on, a new client has a generated code, an old one keeps the ID", async ({
  therapist: { page },
}) => {
  await registers(page, "praxis-codes");
  await startsCall(page, "K-1");
  await page.goto("/profile");
  await page.getByText("Neue Klient:innen bekommen gleich").click();
  await page.goto("/");
  await startsCall(page, "K-2");
  await page.goto("/clients");
  await page.getByRole("link", { name: /K-2/ }).first().click();
  await expect(page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/).first()).toBeVisible();
  await page.goto("/clients");
  await page.getByRole("link", { name: /K-1/ }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/)).toHaveCount(0);
});

test("own-data: asks for the password, warns, and holds what was entered; the server's folder does not", async ({
  therapist: { page },
  product,
}) => {
  const { passphrase } = await registers(page, "praxis-daten");
  const link = await startsCall(page, NAME);
  await page.goto("/profile");
  await page.getByRole("button", { name: "Alle Daten herunterladen" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Passwort", { exact: true }).fill("falsch und noch falscher");
  await dialog.getByRole("button", { name: "Weiter" }).click();
  await expect(dialog.getByText("Das Passwort stimmt nicht.")).toBeVisible();
  await dialog.getByLabel("Passwort", { exact: true }).fill(passphrase);
  await dialog.getByRole("button", { name: "Weiter" }).click();
  await expect(dialog.getByText("nicht verschlüsselt")).toBeVisible();
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Datei speichern" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^therapsy-praxis-daten-\d{4}-\d\d-\d\d\.json$/);
  const whole = JSON.parse(readFileSync(await file.path(), "utf8"));
  expect(whole.account.user).toBe("praxis-daten");
  expect(whole.vault.clients).toEqual([expect.objectContaining({ id: NAME })]);
  expect(whole.vault.clients[0].links[0].link).toBe(link);
  expect(whole.sessions).toHaveLength(1);
  expect(whole.ledger.months.length).toBeGreaterThan(0);
  const stored = Buffer.concat(
    readdirSync(product.data, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => readFileSync(join(product.data, name))),
  );
  for (const hidden of [NAME, link.split("#")[1] ?? "-", passphrase])
    expect(stored.includes(hidden)).toBe(false);
});

test("practice-details: the client reads name and lines at the door and while waiting, the server's folder does not have them", async ({
  therapist: { page },
  client,
  product,
}) => {
  await registers(page, "praxis-park");
  const link = await startsCall(page, "K-1");
  await page.goto("/profile");
  await page.getByLabel("Name der Praxis").fill("Praxis am Quittenpark");
  await page.getByLabel("Anschrift").fill("Quittenweg 7\n1010 Wien");
  await page.getByLabel("Telefon").fill("01 2345678");
  const details = page.locator("form").filter({ has: page.getByLabel("Name der Praxis") });
  await details.getByRole("button", { name: "Speichern", exact: true }).click();
  await expect(page.getByText("Die Angaben sind gespeichert.")).toBeVisible();
  await expect
    .poll(async () => {
      await client.page.goto("about:blank");
      await client.page.goto(link);
      // the lines come after the button, once their box is fetched and opened
      return comesSoon(client.page.getByTestId("practice-name"));
    })
    .toBe(true);
  await expect(client.page.getByTestId("practice-name")).toHaveText("Praxis am Quittenpark");
  await expect(client.page.getByTestId("practice-lines")).toContainText("1010 Wien");
  await expectNoFinding(client.page, "door with the practice's lines");
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(client.page.getByTestId("quiet")).toBeVisible();
  await expect(client.page.getByTestId("practice-lines")).toContainText("01 2345678");
  await expectNoFinding(client.page, "waiting with the practice's lines");
  const stored = Buffer.concat(
    readdirSync(product.data, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => readFileSync(join(product.data, name))),
  );
  for (const hidden of ["Quitten", "2345678"]) expect(stored.includes(hidden)).toBe(false);
});
