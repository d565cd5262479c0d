/** Entering by user name and code (journey 5, TP1 §2.3, A4): into the same room as by the link, and what a wrong one does. */
import type { Page } from "@playwright/test";
import { entersRoom, joinsByCode, registers, startsCall } from "./people.ts";
import { expectMovingPicture, expectTone } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const quiet = (page: Page) => page.getByTestId("quiet");

test("client-joins-by-code: one tap on a new device, then picture and sound; the link handed over lets in again", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis.code");
  const link = await startsCall(therapist.page, "K-1042");
  await entersRoom(therapist.page, "K-1042");
  await client.page.goto("/");
  await client.page.getByRole("link", { name: "Ich habe einen Zugangs-Code" }).click();
  await expect(client.page.getByTestId("connect")).toBeVisible();
  // other capitals, spaces, and O for 0: the same codes
  await joinsByCode(client.page, " Praxis.Code ", "k 1O42");
  await expect(quiet(client.page)).toHaveAttribute("data-code", "waiting");
  await expect(therapist.page.getByText("Mit dem Zugangs-Code, von einem neuen Gerät.")).toBeVisible();
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expectTone(client.page, "remote", THERAPIST);

  await therapist.page.getByRole("button", { name: "Link übergeben" }).click();
  await expect(client.page.getByTestId("own-link")).toHaveText(link);
  await client.page.getByRole("button", { name: "Auflegen" }).click();
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expect(therapist.page.getByTestId("device")).toHaveText("gleiches Gerät wie zuletzt");
});

test("a client who came by code is in again by itself after the therapist's reload", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-neu-laden");
  await startsCall(therapist.page, "K-5");
  await entersRoom(therapist.page, "K-5");
  await joinsByCode(client.page, "praxis-neu-laden", "K-5");
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await therapist.page.reload();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect(therapist.page.getByTestId("device")).toHaveText("gleiches Gerät wie zuletzt");
});

test("an early client waits on the page and is let in when the room is opened, with one handshake", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-frueh");
  await startsCall(therapist.page, "K-7");
  await therapist.page
    .getByTestId("open-room")
    .getByRole("button", { name: /beenden$/ })
    .click();
  await expect(therapist.page.getByTestId("open-room")).toBeHidden();
  await joinsByCode(client.page, "praxis-frueh", "K-7");
  await expect(quiet(client.page)).toHaveAttribute("data-code", "door");
  await startsCall(therapist.page, "K-7");
  await expect(quiet(client.page)).toHaveAttribute("data-code", "waiting");
  await expect(therapist.page.getByTestId("open-room")).toContainText("wartet");
});

test("an unknown name is said at once, a code without form before anybody is asked", async ({ client }) => {
  await client.page.goto("/connect");
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(client.page.getByText("Bitte geben Sie den TherapeutInnen-Code ein.")).toBeVisible();
  await expect(client.page.getByText("Bitte geben Sie den Zugangs-Code ein.")).toBeVisible();
  await joinsByCode(client.page, "praxis-niemand", "K-1");
  await expect(
    client.page.getByText("Diesen TherapeutInnen-Code gibt es nicht.", { exact: false }),
  ).toBeVisible();
  for (const label of ["TherapeutInnen-Code", "Zugangs-Code"]) {
    const field = client.page.getByLabel(label);
    await expect(field).toHaveAttribute("autocapitalize", "none");
    await expect(field).toHaveAttribute("autocorrect", "off");
    await expect(field).toHaveAttribute("spellcheck", "false");
    await expect(field).toHaveAttribute("autocomplete", "off");
  }
});

test("after three wrong codes there is a pause, over a reload", async ({ therapist, client }) => {
  await registers(therapist.page, "praxis-falsch");
  await startsCall(therapist.page, "K-1");
  const said = client.page.getByRole("alert");
  await joinsByCode(client.page, "praxis-falsch", "K-2");
  await expect(said).toContainText(
    "stimmt nicht, oder Ihr Raum ist noch nicht offen. Sie haben noch 2 Versuche.",
  );
  await joinsByCode(client.page, "praxis-falsch", "K-4");
  await expect(said).toContainText("Sie haben noch einen Versuch.");
  await joinsByCode(client.page, "praxis-falsch", "K-3");
  await expect(said).toContainText("Der nächste Versuch geht um");
  await client.page.reload();
  await joinsByCode(client.page, "praxis-falsch", "K-1");
  await expect(said).toContainText("Der nächste Versuch geht um");
  await expect(therapist.page.getByTestId("open-room")).toContainText("wartet nicht");
});

test("[A4] early while another room is open: the client waits, the dashboard says who, one tap opens the room", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-eilig");
  await startsCall(therapist.page, "K-9");
  await therapist.page
    .getByTestId("open-room")
    .getByRole("button", { name: /beenden$/ })
    .click();
  await expect(therapist.page.getByTestId("open-room")).toBeHidden();
  await startsCall(therapist.page, "K-1");
  await joinsByCode(client.page, "praxis-eilig", "k-9");
  await expect(quiet(client.page)).toHaveAttribute("data-code", "waiting");
  const early = therapist.page.getByTestId("early");
  await expect(early).toContainText("K-9 ist da, aber der Raum ist noch nicht offen.");
  await early.getByRole("button", { name: "Raum für K-9 öffnen" }).click();
  await expect(early).toBeHidden();
  const room = therapist.page.getByRole("article", { name: "K-9" });
  await expect(room).toContainText("wartet");
  await room.getByRole("link", { name: "Beitreten" }).click();
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
});

test("a generated code replaces the ID; only guesses at chosen codes make them pause", async ({
  therapist,
  another,
}) => {
  await registers(therapist.page, "praxis-neu");
  await startsCall(therapist.page, "K-1");
  const codes = therapist.page.getByTestId("codes");
  await expect(codes).toContainText("kurz");
  await therapist.page.getByRole("button", { name: "Code erzeugen für K-1" }).click();
  await therapist.page.getByRole("alertdialog").getByRole("button", { name: "Code erzeugen" }).click();
  await expect(codes.getByTestId("access-code")).toHaveText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
  await expect(codes).not.toContainText("kurz");
  const code = (await codes.getByTestId("access-code").textContent()) ?? "";
  await therapist.page.reload();
  await expect(codes.getByTestId("access-code")).toHaveText(code);

  const old = await another({ sign: CLIENT });
  await joinsByCode(old.page, "praxis-neu", "K-1");
  await expect(old.page.getByRole("alert")).toContainText("stimmt nicht");
  await joinsByCode(old.page, "praxis-neu", code.toLowerCase());
  await expect(quiet(old.page)).toHaveAttribute("data-code", "waiting");
});

test("five failures pause chosen codes; the dashboard says so, over a reload, and switches them on again", async ({
  therapist,
  another,
}) => {
  await registers(therapist.page, "praxis-pause");
  await startsCall(therapist.page, "K-1");
  const strangers = [await another({ sign: CLIENT }), await another({ sign: CLIENT })];
  for (const [i, guesses] of [3, 2].entries()) {
    const page = strangers[i]?.page;
    for (let guess = 0; page && guess < guesses; guess++) {
      await joinsByCode(page, "praxis-pause", `K-${i}${guess}`);
      await expect(page.getByRole("alert")).toContainText("stimmt nicht");
    }
  }
  const paused = therapist.page.getByText("Code-Eingabe pausiert bis", { exact: false });
  await expect(paused).toBeVisible();
  await therapist.page.reload();
  await expect(paused).toBeVisible();
  await therapist.page.getByRole("button", { name: "Wieder einschalten" }).click();
  await expect(paused).toBeHidden();
});
