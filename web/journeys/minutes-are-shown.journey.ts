/** After a call its minutes stand on the profile by themselves, to the last unit and as files; a voucher is answered in words. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { hasPast } from "./past.ts";
import { entersRoom, joinsByLink, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** The server says the minutes about every 20 s. */
const NEXT_WORD_MS = 30_000;

/** Presses a link that downloads; returns the file's name and what is in it. */
async function downloads(page: Page, name: RegExp): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

async function redeems(page: Page, code: string): Promise<void> {
  await page.getByLabel("Gutschein einlösen").fill(code);
  await page.getByRole("button", { name: "Einlösen" }).click();
}

const sum = (page: Page, name: string) =>
  page.getByTestId("sums").locator("div").filter({ hasText: name }).locator("dd");

test("minutes-are-shown: a call of two is counted while it runs, to the therapist alone, and stands on the profile after it", async ({
  therapist,
  client,
}) => {
  test.setTimeout(120_000);
  const { page } = therapist;
  await registers(page, "praxis-minuten");
  const link = await startsCall(page, "K-1");
  await entersRoom(page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(page, "remote", CLIENT);
  await expect(page.getByTestId("metered")).toHaveText("1 min gezählt", { timeout: NEXT_WORD_MS });
  await expect(client.page.getByTestId("metered")).toHaveCount(0);
  await page.getByRole("button", { name: "Auflegen" }).click();
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "ended");

  await page.goto("/profile");
  const row = page.getByTestId("calls").getByRole("listitem");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("1:1 1 min · statt 0,40 Punkte, bis auf Weiteres kostenlos");
  await expect(row).toContainText("0 Punkte");
  await expect(sum(page, "Minuten zu zweit")).toHaveText("1 min");
  await expect(sum(page, "Berechnet")).toHaveText("0 Punkte");
  await expect(sum(page, "Erlassen")).toHaveText("0,40 Punkte");
  await expect(sum(page, "Punkte jetzt")).toHaveText("0 Punkte");

  const csv = await downloads(page, /als Tabelle/);
  expect(csv.name).toMatch(/^therapsy-20\d\d-\d\d\.csv$/);
  expect(csv.bytes.toString()).toContain("0,4");
  const pdf = await downloads(page, /als PDF/);
  expect(pdf.name).toMatch(/\.pdf$/);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
});

test("minutes-are-shown: every voucher is answered in words, and what it credits is there at once", async ({
  therapist: { page },
  product,
}) => {
  await registers(page, "praxis-gutschein");
  const codes = hasPast(product.data, "praxis-gutschein");
  await page.goto("/plans");
  await page.getByRole("link", { name: "Gutschein einlösen für Connect Flex" }).click();
  const field = page.getByLabel("Gutschein einlösen");
  await expect(field).toBeFocused();
  for (const [code, answer] of [
    ["", "Bitte geben Sie den Code ein"],
    ["ABCD", "Diesen Gutschein gibt es nicht"],
    [codes.used, "schon eingelöst"],
    [codes.over, "abgelaufen"],
  ] as const) {
    await redeems(page, code);
    await expect(page.getByRole("alert").filter({ hasText: answer })).toBeVisible();
  }
  const points = page.locator(".credit-figure").filter({ hasText: "Punkte" }).locator("dd").first();
  const before = Number((await points.textContent())?.replace(".", ""));
  await redeems(page, codes.points.toLowerCase().replaceAll("-", " "));
  await expect(page.getByText("Gutgeschrieben: 120 Punkte.")).toBeVisible();
  await expect(points).toHaveText(String(before + 120));
  await expect(field).toHaveValue("");
  await redeems(page, codes.package);
  await expect(page.getByText("Gutgeschrieben: 9.000 min, gültig bis")).toBeVisible();
});

test("minutes-are-shown: the sums of a month are those of its calls", async ({
  therapist: { page },
  product,
}) => {
  await registers(page, "praxis-summen");
  hasPast(product.data, "praxis-summen");
  await page.goto("/profile");
  await page.getByRole("button", { name: "Voriger Monat" }).click();
  await page.getByRole("button", { name: /^Alle \d+ Gespräche/ }).click();
  const rows = await page.getByTestId("calls").getByRole("listitem").allTextContents();
  const minutes = (kind: string) =>
    rows.reduce((all, row) => all + Number(new RegExp(`${kind}\\s(\\d+)\\s?min`).exec(row)?.[1] ?? 0), 0);
  const paid = await page.getByTestId("calls").locator(".ledger-amount").allTextContents();
  expect(minutes("1:1")).toBeGreaterThan(0);
  await expect(sum(page, "Minuten zu zweit")).toHaveText(`${minutes("1:1")} min`);
  await expect(sum(page, "Minuten in Gruppen")).toHaveText(`${minutes("Gruppe")} min`);
  const all = paid.reduce((sofar, text) => sofar + Number.parseInt(text, 10), 0);
  await expect(sum(page, "Berechnet")).toHaveText(`${all} Punkte`);
});
