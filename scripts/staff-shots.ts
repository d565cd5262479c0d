/** The pictures of practice staff: the invitation, what is shared, their own pages, and the end of their access. */
import type { Page } from "@playwright/test";
import { choosesFor, invites, joinsTeam, savesShared } from "../web/journeys/team.ts";

/** `page` is the therapist's, with clients in the Kartei; `other` a browser of nobody yet. */
export async function staff(
  page: Page,
  other: Page,
  shoot: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const invitation = await invites(page, "Frau Sommer");
  await page.getByRole("button", { name: "Person einladen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Einladung erstellen" }).click();
  await page.getByTestId("invitation").waitFor();
  await shoot(page, "staff-invitation-made");
  await page.keyboard.press("Escape");
  await other.goto(`${new URL(invitation).origin}/invite`);
  await other.getByRole("heading", { level: 1 }).waitFor();
  await shoot(other, "staff-invitation-missing");
  await other.goto("about:blank");
  await other.goto(invitation);
  await other.getByRole("button", { name: "Konto anlegen" }).waitFor();
  await shoot(other, "staff-invitation");
  await joinsTeam(other, invitation, "sommer");
  await shoot(other, "staff-nothing");
  await choosesFor(page, "Frau Sommer");
  await page.getByRole("button", { name: "Alle auswählen" }).click();
  await shoot(page, "staff-choose");
  await savesShared(page);
  await page.getByTestId("team-one").first().waitFor();
  await shoot(page, "profile-with-staff");
  await atWork(other, shoot);
  await page.getByRole("button", { name: "Zugang beenden: Frau Sommer" }).click();
  await shoot(page, "staff-end");
  await page.getByRole("alertdialog").getByRole("button", { name: "Zugang beenden" }).click();
  await page.getByText("Der Zugang ist beendet.").waitFor();
  await other.goto("/");
  await other.getByRole("heading", { level: 1, name: "Ihr Zugang ist beendet" }).waitFor();
  await shoot(other, "staff-over");
}

async function atWork(page: Page, shoot: (page: Page, name: string) => Promise<void>): Promise<void> {
  await page.reload();
  await page
    .getByRole("button", { name: /^Link senden: / })
    .first()
    .click();
  await page
    .getByRole("button", { name: /^Termin planen: / })
    .first()
    .click();
  await page.getByRole("dialog").getByLabel("Uhrzeit").fill("23:59");
  await shoot(page, "staff-plan");
  await page.getByRole("dialog").getByRole("button", { name: "Anruf planen" }).click();
  await page.getByTestId("work-planned").first().waitFor();
  await shoot(page, "staff-work");
  await page.goto("/profile");
  await page.getByText("dieses Gerät").waitFor();
  await shoot(page, "staff-profile");
  await page.goto("/connect");
  await page.getByTestId("quiet").waitFor();
  await shoot(page, "staff-at-the-door");
}
