/** A therapist's account: log out and in, lock and unlock, change of password, recovery, ending other sessions, deletion. */
import { confirmsRecoveryKey, logsIn, registers, startsCall } from "./people.ts";
import { THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const OWN = "Quitte und Wolke sieben-7";

test("log-in-again: the passphrase as a phone writes it opens the same vault", async ({
  therapist: { page },
}) => {
  const { passphrase } = await registers(page, "praxis-a");
  const link = await startsCall(page, "K-1");
  await page.goto("/profile");
  await page.getByRole("button", { name: "Abmelden", exact: true }).first().click();
  await expect(page.getByRole("link", { name: "Anmelden" }).first()).toBeVisible();
  await logsIn(page, "praxis-a", passphrase.toLowerCase());
  await expect(page.getByTestId("link")).toHaveText(link);
});

test("vault-survives-tabs: a new tab is open at once; locked, the password opens it and leads on to where one wanted", async ({
  therapist,
}) => {
  const { page, context } = therapist;
  const { passphrase } = await registers(page, "praxis-b");
  await startsCall(page, "K-1");
  const tab = await context.newPage();
  await tab.goto("/");
  await expect(tab.getByTestId("open-room")).toContainText("K-1");
  await tab.getByRole("button", { name: "Sperren" }).click();
  await expect(tab.getByRole("heading", { name: "Willkommen zurück" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Willkommen zurück" })).toBeVisible();
  await tab.goto("/profile");
  await tab.getByLabel("Passwort", { exact: true }).fill("falsch und noch falscher");
  await tab.getByRole("button", { name: "Entsperren" }).click();
  await expect(tab.getByRole("alert").first()).toBeVisible();
  await tab.getByLabel("Passwort", { exact: true }).fill(passphrase);
  await tab.getByRole("button", { name: "Entsperren" }).click();
  await expect(tab.getByRole("heading", { name: "Profil" })).toBeVisible();
});

test("change-password: the new one works, the old one does not, the other device is logged out", async ({
  therapist,
  another,
}) => {
  const { page } = therapist;
  const { passphrase } = await registers(page, "praxis-c");
  const link = await startsCall(page, "K-1");
  const other = await another({ sign: THERAPIST });
  await logsIn(other.page, "praxis-c", passphrase);
  await page.goto("/profile");
  await page.getByRole("button", { name: "Passwort ändern" }).click();
  await page.getByLabel("Bisheriges Passwort").fill(passphrase);
  await page.getByRole("button", { name: "Eigenes Passwort wählen" }).click();
  await page.getByLabel("Eigenes Passwort").fill(OWN);
  await page.getByRole("dialog").getByRole("button", { name: "Passwort ändern" }).click();
  await expect(page.getByText("Das Passwort ist geändert.")).toBeVisible();
  await other.page.goto("/profile");
  await expect(other.page.getByRole("heading", { name: "Anmelden" })).toBeVisible();
  await logsIn(other.page, "praxis-c", OWN);
  await expect(other.page.getByTestId("link")).toHaveText(link);
});

test("recovery-key: password forgotten, the key sets a new one and a new key, links stay", async ({
  therapist,
  another,
}) => {
  const { recoveryKey } = await registers(therapist.page, "praxis-d");
  const link = await startsCall(therapist.page, "K-1");
  const { page } = await another({ sign: THERAPIST });
  await page.goto("/recover");
  await page.getByLabel("Benutzername").fill("praxis-d");
  await page.getByLabel("Wiederherstellungsschlüssel").fill(recoveryKey.toLowerCase());
  await page.getByRole("button", { name: "Schlüssel prüfen" }).click();
  await page.getByRole("button", { name: "Weiter zum neuen Schlüssel" }).click();
  const next = await confirmsRecoveryKey(page, "Neues Passwort setzen");
  await expect(page.getByTestId("link")).toHaveText(link);
  expect(next.join("-")).not.toBe(recoveryKey);
});

test("end-session: a device is logged out from another one", async ({ therapist, another }) => {
  const { passphrase } = await registers(therapist.page, "praxis-e");
  const lost = await another({ sign: THERAPIST });
  await logsIn(lost.page, "praxis-e", passphrase);
  await therapist.page.goto("/profile");
  await therapist.page.getByRole("button", { name: / abmelden$/ }).click();
  await expect(therapist.page.getByText("Das Gerät ist abgemeldet.")).toBeVisible();
  await lost.page.goto("/profile");
  await expect(lost.page.getByRole("heading", { name: "Anmelden" })).toBeVisible();
});

test("delete-account: gone for good, the name is not given out again, the link leads nowhere", async ({
  therapist,
  client,
}) => {
  const { page } = therapist;
  const { passphrase } = await registers(page, "praxis-f");
  const link = await startsCall(page, "K-1");
  await page.goto("/profile");
  await page.getByRole("button", { name: "Konto löschen" }).click();
  await page.getByLabel("Tippen Sie zur Bestätigung", { exact: false }).fill("praxis-f");
  await page.getByLabel("Passwort", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Konto endgültig löschen" }).click();
  await expect(page.getByText("Ihr Konto ist gelöscht.")).toBeVisible();
  await client.page.goto(link);
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "link");
  await page.goto("/register");
  await page.getByLabel("Benutzername").fill("praxis-f");
  await page.getByRole("button", { name: "Weiter zum Wiederherstellungsschlüssel" }).click();
  await confirmsRecoveryKey(page, "Konto anlegen");
  await expect(page.getByRole("alert").first()).toBeVisible();
});
