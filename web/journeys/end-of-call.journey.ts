/** The end of a call: the privacy receipt on both sides, a problem report without content, and the practice's own documentation (A4). */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { opensEntry, opensKartei } from "./kartei.ts";
import { registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const CLIENT_ID = "K-Blaumeise-77";
const LABEL = "Rosalinde Winter";

async function showsReceipt(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Datenschutz-Beleg zeigen" }).click();
  await expect(page.getByTestId("receipt")).toContainText("14 Tage");
  return (await page.getByTestId("receipt").textContent()) ?? "";
}

/** What is downloaded by a press on this button. */
async function saves(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  return readFile(await (await download).path(), "utf8");
}

test("end-of-call: a direct call's receipt names way, cipher and own computers alone; a report holds nothing of who or what; the calls are exported", async ({
  therapist,
  client,
  product,
}) => {
  const [{ page }, other] = [therapist, client.page];
  const sent: string[] = [];
  client.context.on("request", (request) => {
    if (request.url().endsWith("/api/reports")) sent.push(request.postData() ?? "");
  });
  await registers(page, "praxis-ende");
  const link = await startsCall(page, CLIENT_ID);
  await page.getByTestId("open-room").getByRole("link", { name: "Beitreten" }).click();
  await other.goto(link);
  await other.getByLabel("Ihr Name").fill(LABEL);
  await other.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(page, "remote", CLIENT);
  await expectMovingPicture(other, "remote", THERAPIST);
  await page.getByRole("button", { name: "Auflegen" }).click();

  const host = new URL(product.origin).host;
  for (const side of [page, other]) {
    const receipt = await showsReceipt(side);
    expect(receipt).toContain("Direkt von Gerät zu Gerät");
    expect(receipt).toMatch(/DTLS 1\.[23] TLS_\w+, SRTP \w+/);
    expect(receipt).toContain(host);
    expect(receipt).toContain("TP1");
    const rows = side.getByTestId("receipt").locator("dl > div");
    const computers = await rows.filter({ hasText: "Kontaktierte Rechner" }).locator("dd").allTextContents();
    expect(computers.length).toBeGreaterThan(0);
    for (const each of computers)
      expect(each.startsWith(new URL(product.origin).hostname), `[R12] ${each}`).toBe(true);
    await expectNoFinding(side, "end with receipt");
    expect(await saves(side, "Beleg sichern")).toContain("Direkt von Gerät zu Gerät");
  }

  await other.getByRole("button", { name: "Problem melden" }).click();
  const shown = (await other.getByTestId("problem").textContent()) ?? "";
  await expect(other.getByTestId("problem")).toContainText('"way": "direct"');
  await expectNoFinding(other, "problem report");
  await other.getByRole("dialog").getByLabel("Möchten Sie etwas dazu sagen?").fill("Der Ton war leise.");
  await expect(other.getByTestId("problem")).toContainText("Der Ton war leise.");
  const exactly = (await other.getByTestId("problem").textContent()) ?? "";
  await other.getByRole("dialog").getByRole("button", { name: "Senden" }).click();
  await expect(other.getByText("Danke, die Meldung ist angekommen.")).toBeVisible();
  // what was shown is what went out, and nobody is in it
  expect(sent).toHaveLength(1);
  expect(JSON.parse(sent[0] ?? "")).toEqual(JSON.parse(exactly));
  const room = page.url().split("/").at(-1) ?? "none";
  const secret = new URL(link).hash.slice(1);
  for (const text of [shown, ...sent])
    for (const personal of [CLIENT_ID, LABEL, "Rosalinde", room, secret, "praxis-ende", host])
      expect(text).not.toContain(personal);

  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  await opensKartei(page);
  await opensEntry(page, CLIENT_ID);
  const table = await saves(page, "Als Tabelle sichern");
  expect(table).toMatch(
    /Datum;Beginn;Ende;Medium;Störungen\r\n.*20\d\d;\d\d:\d\d;\d\d:\d\d;Video direkt;keine/,
  );
  expect(await saves(page, "Als Text sichern")).toContain(`Videogespräche mit ${CLIENT_ID}`);
});

test("end-of-call: a call over the own server says so on both receipts, and how each picture was sealed", async ({
  therapist,
  client,
}) => {
  const [{ page }, other] = [therapist, client.page];
  await registers(page, "praxis-umweg");
  await page.getByRole("link", { name: "Profil" }).first().click();
  await page.getByText("Adressen verbergen", { exact: true }).click();
  await page.getByRole("link", { name: "Anrufe" }).first().click();
  const link = await startsCall(page, "K-1");
  await page.getByTestId("open-room").getByRole("link", { name: "Beitreten" }).click();
  await other.goto(link);
  await other.getByRole("button", { name: "Beitreten" }).click();
  await expect(other.getByTestId("line")).toContainText("Server");
  await other.getByRole("button", { name: "Auflegen" }).click();
  const receipt = await showsReceipt(other);
  expect(receipt).toContain("Über den eigenen Server (Web");
  expect(receipt).toContain("XChaCha20-Poly1305");
  await page.getByRole("button", { name: "Auflegen" }).click();
  expect(await showsReceipt(page)).toContain("Über den eigenen Server (Web");
});
