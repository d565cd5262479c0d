/** The second factor in real browsers: an app's codes, spare codes, passkeys; log-in, recovery, removal. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import {
  beginsChange,
  codeOf,
  givesCode,
  givesSpare,
  logsOut,
  plugsKeyIn,
  setsAppUp,
  typesPassword,
} from "./factors.ts";
import { confirmsRecoveryKey, registers, startsCall } from "./people.ts";
import { THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const isIn = (page: Page) => expect(page.getByRole("heading", { name: "Anruf starten" })).toBeVisible();
const isRefused = (page: Page) =>
  expect(page.getByRole("alert").filter({ hasText: "Das hat nicht gestimmt" })).toBeVisible();

test("app: on, log out, log in with a code; a wrong and a used one do not", async ({
  therapist: { page },
  another,
  product,
}) => {
  const { passphrase } = await registers(page, "praxis-app");
  const link = await startsCall(page, "K-1");
  const { secret, spares } = await setsAppUp(page, passphrase);
  expect(spares.length).toBe(10);
  await logsOut(page);
  await typesPassword(page, "praxis-app", passphrase);
  await givesCode(page, codeOf(secret, 9));
  await isRefused(page);
  const used = codeOf(secret);
  await givesCode(page, used);
  await isIn(page);
  await expect(page.getByTestId("link")).toHaveText(link);
  const { page: other } = await another({ sign: THERAPIST });
  await typesPassword(other, "praxis-app", passphrase);
  await givesCode(other, used);
  await isRefused(other);
  await other.getByRole("button", { name: "Zurück" }).click();
  await expect(other.getByLabel("Benutzername")).toHaveValue("praxis-app");
  const files = readdirSync(product.data).filter((name) => name.includes(".db"));
  const stored = Buffer.concat(files.map((name) => readFileSync(join(product.data, name))));
  for (const hidden of [secret, ...spares]) expect(stored.includes(hidden)).toBe(false);
});

test("spare code: lets in once, however it is typed", async ({ therapist: { page } }) => {
  const { passphrase } = await registers(page, "praxis-ersatz");
  const { spares } = await setsAppUp(page, passphrase);
  await logsOut(page);
  await typesPassword(page, "praxis-ersatz", passphrase);
  await givesSpare(page, spares[0]?.toLowerCase() ?? "");
  await isIn(page);
  await logsOut(page);
  await typesPassword(page, "praxis-ersatz", passphrase);
  await givesSpare(page, spares[0] ?? "");
  await isRefused(page);
  await page.goto("/profile");
  await expect(page.getByRole("heading", { name: "Anmelden" })).toBeVisible();
});

test("passkey: made, named, logs in; the last factor goes by password and passkey", async ({
  therapist: { page },
}) => {
  const { passphrase } = await registers(page, "praxis-key");
  await plugsKeyIn(page);
  await beginsChange(page, "Passkey hinzufügen", passphrase);
  await page.getByLabel("Name des Passkeys").fill("Laptop in der Praxis");
  await page.getByRole("button", { name: "Passkey anlegen" }).click();
  await page.getByRole("button", { name: "Ich habe sie gesichert" }).click();
  await expect(page.getByTestId("factors")).toContainText("Laptop in der Praxis");
  await expect(page.getByTestId("factors")).toContainText("noch nicht verwendet");
  await logsOut(page);
  await typesPassword(page, "praxis-key", passphrase);
  await page.getByRole("button", { name: "Passkey verwenden" }).click();
  await isIn(page);
  await beginsChange(page, "Laptop in der Praxis entfernen", passphrase);
  await page.getByRole("dialog").getByRole("button", { name: "Passkey verwenden" }).click();
  await expect(page.getByRole("dialog")).toContainText("Ihr letzter zweiter Faktor");
  await page.getByRole("dialog").getByRole("button", { name: "Entfernen" }).click();
  await expect(page.getByTestId("factors")).toHaveCount(0);
  await logsOut(page);
  await page.goto("/login");
  await page.getByLabel("Benutzername").fill("praxis-key");
  await page.getByLabel("Passwort", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await isIn(page);
});

test("recovery: the key is not enough, a spare code is; the factor stays on", async ({
  therapist,
  another,
}) => {
  const { passphrase, recoveryKey } = await registers(therapist.page, "praxis-zurueck");
  const { spares } = await setsAppUp(therapist.page, passphrase);
  const { page } = await another({ sign: THERAPIST });
  await page.goto("/recover");
  await page.getByLabel("Benutzername").fill("praxis-zurueck");
  await page.getByLabel("Wiederherstellungsschlüssel").fill(recoveryKey);
  await page.getByRole("button", { name: "Schlüssel prüfen" }).click();
  await expect(page.getByText("Der Schlüssel stimmt")).toBeVisible();
  await givesSpare(page, spares[2] ?? "");
  await page.getByRole("button", { name: "Weiter zum neuen Schlüssel" }).click();
  await confirmsRecoveryKey(page, "Neues Passwort setzen");
  await isIn(page);
  await page.goto("/profile");
  await expect(page.getByTestId("factors")).toContainText("noch 9 übrig");
});
