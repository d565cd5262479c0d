/** Practice staff (R15, e2ee.md §2.11) with real browsers: invited by a link, they see exactly what is shared, send it and plan calls, and come
 * into no call; the server never holds a name, a link or the key in clear. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { agrees, choosesFile, files, manyClients, opensKartei, readsLink, table } from "./kartei.ts";
import { registers } from "./people.ts";
import { CLIENT } from "./signs.ts";
import { expect, test } from "./stage.ts";
import { choosesFor, invites, joinsTeam, savesShared } from "./team.ts";

/** What an upgrade of `/signal` gets in this browser: the page cannot see the status, but it sees that nothing opens. */
async function opensSignal(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((done) => {
        const socket = new WebSocket(`${location.origin.replace("http", "ws")}/signal`);
        socket.onopen = () => done(true);
        socket.onerror = () => done(false);
      }),
  );
}

const shared = (page: Page) => page.getByTestId("shared-entry");

test("staff: invited, registered, sees exactly what is shared, plans for it; then the access is taken away", async ({
  therapist,
  client: staff,
  product,
  another,
}) => {
  test.setTimeout(240_000);
  const { page } = therapist;
  await registers(page, "praxis-team");
  await opensKartei(page);
  await files(page, "K-1042", "Anna Müßig");
  const link = await readsLink(page);
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await files(page, "K-7", "Bertram Heim");
  const invitation = await invites(page, "Frau Sommer");
  const passphrase = await joinsTeam(staff.page, invitation, "sommer");
  await expect(staff.page.getByRole("heading", { level: 1 })).toHaveText("Für praxis-team");
  await expect(staff.page.getByText("Noch ist nichts freigegeben")).toBeVisible();
  await expect(staff.page.getByRole("link", { name: "Anrufe" })).toHaveCount(0);

  await choosesFor(page, "Frau Sommer");
  await page.getByRole("checkbox", { name: "Anna Müßig" }).check({ force: true });
  await savesShared(page);
  await expect(page.getByTestId("team-one")).toContainText("1 Klient:in freigegeben");
  await staff.page.reload();
  await expect(shared(staff.page)).toHaveCount(1);
  await expect(shared(staff.page)).toContainText("Anna Müßig");
  await expect(staff.page.getByText("Bertram")).toHaveCount(0);
  await staff.page.getByRole("button", { name: "Link senden: Anna Müßig" }).click();
  await expect(staff.page.getByTestId("link")).toHaveText(link);
  const mail = await staff.page.getByRole("link", { name: "E-Mail" }).getAttribute("href");
  expect(decodeURIComponent(mail ?? "")).not.toMatch(/therap|praxis-team|Anna|krank|psych/i);

  await staff.page.getByRole("button", { name: "Termin planen: Anna Müßig" }).click();
  const dialog = staff.page.getByRole("dialog");
  await dialog.getByLabel("Uhrzeit").fill("23:59");
  await dialog.getByRole("button", { name: "Anruf planen" }).click();
  await expect(staff.page.getByTestId("work-planned")).toContainText("23:59 Uhr");
  await page.goto("/");
  await expect(page.getByTestId("planned")).toContainText("Anna Müßig");
  await expect(page.getByTestId("planned")).toContainText("23:59 Uhr");

  // a log-in elsewhere brings the key along
  const second = await another({ sign: CLIENT });
  await second.page.goto("/login");
  await second.page.getByLabel("Benutzername").fill("sommer");
  await second.page.getByLabel("Passwort", { exact: true }).fill(passphrase);
  await second.page.getByRole("button", { name: "Anmelden" }).click();
  await expect(shared(second.page)).toContainText("Anna Müßig");

  await page.goto("/profile");
  await page.getByRole("button", { name: "Zugang beenden: Frau Sommer" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("Was schon gesendet");
  await page.getByRole("alertdialog").getByRole("button", { name: "Zugang beenden" }).click();
  await expect(page.getByText("Der Zugang ist beendet.")).toBeVisible();
  await staff.page.getByRole("button", { name: "Termin planen: Anna Müßig" }).click();
  await staff.page.getByRole("dialog").getByRole("button", { name: "Anruf planen" }).click();
  await expect(staff.page.getByText("Ihr Zugang ist beendet").first()).toBeVisible();
  await expect(shared(staff.page)).toHaveCount(0);
  await staff.page.reload();
  await expect(staff.page.getByText("Ihr Zugang ist beendet").first()).toBeVisible();

  const [, fragment = ""] = invitation.split("#1");
  const bytes = Buffer.from(fragment, "base64url");
  await product.kill("SIGTERM");
  const secret = Buffer.from(link.split("#1")[1] ?? "", "base64url").subarray(0, 16);
  const kept = readdirSync(product.data).map((name) => readFileSync(join(product.data, name)));
  const words = [
    "Anna",
    "Bertram",
    "Sommer",
    link,
    fragment,
    ...[bytes.subarray(0, 32), bytes.subarray(32), secret],
  ];
  for (const word of words)
    for (const file of kept) expect(file.includes(word), `${word.length}`).toBe(false);
  // the search finds what is there
  expect(kept.some((file) => file.includes("praxis-team"))).toBe(true);
  expect(product.log()).not.toContain(fragment.slice(0, 20));
});

test("staff-reach-no-call: [R15] no socket opens; a client's link and the code form say what to do", async ({
  therapist,
  client: staff,
}) => {
  test.setTimeout(180_000);
  const { page } = therapist;
  await registers(page, "praxis-tuer");
  await opensKartei(page);
  await files(page, "K-1");
  const link = await readsLink(page);
  await joinsTeam(staff.page, await invites(page, "Herr Winter"), "winter");
  const sockets: string[] = [];
  staff.page.on("websocket", (socket) => sockets.push(socket.url()));
  await staff.page.reload();
  await expect(staff.page.getByRole("heading", { level: 1, name: /^Für / })).toBeVisible();
  expect(sockets).toEqual([]);
  expect(await opensSignal(page)).toBe(true);
  expect(await opensSignal(staff.page)).toBe(false);
  await staff.page.goto(link);
  await expect(staff.page.getByTestId("quiet")).toHaveAttribute("data-code", "staff");
  await expect(staff.page.getByTestId("quiet")).toContainText("privaten Fenster");
  await staff.page.goto("/connect");
  await expect(staff.page.getByTestId("quiet")).toHaveAttribute("data-code", "staff");
  for (const path of ["/clients", "/call/0123456789abcdef0123456789abcdef", "/profile/staff/0"]) {
    await staff.page.goto(path);
    await expect(staff.page.getByRole("heading", { level: 1, name: /^Für / })).toBeVisible();
    expect(new URL(staff.page.url()).pathname).toBe("/");
  }
  await staff.page.goto("/profile");
  await expect(staff.page.getByText("Praxispersonal", { exact: true })).toBeVisible();
  await staff.page.getByRole("button", { name: "Abmelden" }).click();
  await expect(staff.page.getByRole("link", { name: "Anmelden" })).toBeVisible();
  await staff.page.goto(link);
  await expect(staff.page.getByRole("button", { name: "Beitreten" })).toBeVisible();
});

test("invitations: used, taken back, cut and foreign ones say so; an account with nothing yet accepts, one with clients does not", async ({
  therapist,
  client: staff,
  another,
}) => {
  test.setTimeout(240_000);
  const { page } = therapist;
  await registers(page, "praxis-ladet");
  const first = await invites(page, "Eins");
  await staff.page.goto(first.slice(0, -9));
  await expect(staff.page.getByRole("heading", { level: 1 })).toHaveText("Der Link ist unvollständig");
  await staff.page.goto(first.replace("#", "%23"));
  await expect(staff.page.getByTestId("join-fault")).toContainText("für den Server lesbar");
  await staff.page.goto("about:blank");
  await staff.page.goto("/invite");
  await expect(staff.page.getByRole("heading", { level: 1 })).toHaveText("Hier fehlt die Einladung");
  await registers(staff.page, "noch-frei");
  await staff.page.goto(first);
  await expect(staff.page.getByText("Sie sind als noch-frei angemeldet.")).toBeVisible();
  await staff.page.getByRole("button", { name: "Als noch-frei annehmen" }).click();
  await expect(staff.page.getByRole("heading", { level: 1 })).toHaveText("Für praxis-ladet");
  await expect(staff.page.getByText("Noch ist nichts freigegeben")).toBeVisible();

  const other = await another({ sign: CLIENT });
  await other.page.goto(first);
  await expect(other.page.getByText("Diese Einladung wurde schon angenommen.")).toBeVisible();
  const second = await invites(page, "Zwei");
  await page.getByRole("button", { name: "Zurücknehmen: Einladung für Zwei" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Zurücknehmen" }).click();
  await expect(page.getByTestId("team-one").filter({ hasText: "Zwei" })).toHaveCount(0);
  await other.page.goto("about:blank");
  await other.page.goto(second);
  await expect(other.page.getByText("Diese Einladung gilt nicht.", { exact: false })).toBeVisible();

  await registers(other.page, "hat-schon");
  await opensKartei(other.page);
  await files(other.page, "K-1");
  const third = await invites(page, "Drei");
  await other.page.goto(third);
  await expect(other.page.getByText("in diesem Konto gibt es schon Klient:innen")).toBeVisible();
  await expect(other.page.getByRole("button", { name: /annehmen/ })).toHaveCount(0);
});

test("a clinic: five hundred clients are found, ticked and shared at once; one is taken back by a search", async ({
  therapist,
  client: staff,
}) => {
  test.setTimeout(300_000);
  const { page } = therapist;
  await registers(page, "praxis-gross");
  await opensKartei(page);
  await choosesFile(page, table(manyClients(500)));
  await agrees(page);
  const invitation = await invites(page, "Büro");
  await choosesFor(page, "Büro");
  await page.getByRole("button", { name: "Alle auswählen" }).click();
  await expect(page.getByText("500 Klient:innen · 500 ausgewählt")).toBeVisible();
  await page.getByLabel("Nach Name oder ID suchen").fill("mueller 499");
  await page.getByRole("checkbox", { name: "Müller 499, Änne" }).uncheck({ force: true });
  await expect(page.getByText("1 Klient:in · 499 ausgewählt")).toBeVisible();
  await savesShared(page);
  await joinsTeam(staff.page, invitation, "buero");
  const found = staff.page.getByText("499 Klient:innen", { exact: true });
  await expect(async () => {
    // the therapist's page looks once a minute who has accepted; opening its profile looks at once
    await page.goto("/profile");
    await page.getByTestId("team-one").waitFor();
    await staff.page.reload();
    await expect(found).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
  await staff.page.getByLabel("Suchen").fill("müller 499");
  await expect(staff.page.getByText("Niemand gefunden")).toBeVisible();
  await staff.page.getByLabel("Suchen").fill("muller 497");
  await expect(shared(staff.page)).toHaveCount(1);
});
