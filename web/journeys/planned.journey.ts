/** Planned calls (journey 10): planned, seen early in the client's own zone, started, entered by the link, moved, repeated, deleted. */
import type { Page } from "@playwright/test";
import { entersRoom, type Person, registers } from "./people.ts";
import {
  BERLIN,
  daysAhead,
  fillsPlan,
  MINUTE,
  minutesAhead,
  NEW_YORK,
  plannedCard,
  plansCall,
  presses,
  readIn,
  typedIn,
} from "./planning.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { test as base, expect } from "./stage.ts";

/** The therapist lives in Berlin, the client in New York. */
const test = base.extend<{ therapist: Person; client: Person }>({
  therapist: async ({ another }, use) => use(await another({ sign: THERAPIST, zone: BERLIN })),
  client: async ({ another }, use) => use(await another({ sign: CLIENT, zone: NEW_YORK })),
});

const quiet = (page: Page) => page.getByTestId("quiet");

test("plan → the client sees it early in its own zone → 'Starten' → the client is in by itself", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-plan");
  const at = daysAhead(3);
  const { card, link } = await plansCall(therapist.page, "K-1042", at);
  await expect(card).toContainText(`${typedIn(at, BERLIN).time} Uhr`);
  await expect(therapist.page.getByTestId("open-room")).toHaveCount(0);

  await client.page.goto(link);
  const told = client.page.getByTestId("planned-at");
  await expect(told).toHaveText(`Ihr Termin: ${readIn(at, NEW_YORK)} (Ihre Ortszeit)`);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(quiet(client.page)).toHaveAttribute("data-code", "door");
  await expect(told).toContainText(readIn(at, NEW_YORK));

  await card.getByRole("button", { name: /^Starten: K-1042/ }).click();
  await expect(card).toBeHidden();
  await expect(therapist.page.getByTestId("open-room")).toContainText("K-1042");
  await expect(quiet(client.page)).toHaveAttribute("data-code", "waiting");
  await expect(told).toBeEmpty();
  await entersRoom(therapist.page, "K-1042");
  await expectMovingPicture(client.page, "remote", THERAPIST);
});

test("the therapist opens the planned link logged in: the call starts, and both are in it", async ({
  therapist,
  client,
  product,
}) => {
  await registers(therapist.page, "praxis-gleich");
  const { link } = await plansCall(therapist.page, "K-1", minutesAhead(25));
  await client.page.goto(link);
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expect(quiet(client.page)).toHaveAttribute("data-code", "door");
  await therapist.page.goto("about:blank");
  await therapist.page.goto(link);
  await therapist.page.waitForURL(/\/call\/[0-9a-f]{32}$/);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await expectMovingPicture(client.page, "remote", THERAPIST);
  expect(product.log()).not.toContain(link.slice(link.indexOf("#") + 1));
  await therapist.page.goto("/");
  await expect(therapist.page.getByTestId("planned")).toHaveCount(0);
});

test("outside its time the therapist chooses: start now, or what the client sees", async ({ therapist }) => {
  const { page } = therapist;
  await registers(page, "praxis-wahl");
  const { link } = await plansCall(page, "K-1", minutesAhead(40));
  await page.goto("about:blank");
  await page.goto(link);
  await expect(quiet(page)).toHaveAttribute("data-code", "own");
  await page.getByRole("button", { name: "So sieht es Ihre Klient:in" }).click();
  await expect(page.getByRole("button", { name: "Beitreten" })).toBeVisible();
  await expect(page.getByTestId("planned-at")).toContainText("Ihr Termin:");
  await expect(page.getByRole("button", { name: "Ich bin die Therapeut:in" })).toHaveCount(0);
  await page.reload();
  await page.getByRole("button", { name: "Jetzt starten" }).click();
  await page.waitForURL(/\/call\/[0-9a-f]{32}$/);
  await expect(page.getByRole("heading", { name: "K-1 ist noch nicht da" })).toBeVisible();
  // the address alone, from whomever it came, opens nothing
  await page.getByRole("button", { name: "Auflegen" }).click();
  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  const card = page.getByTestId("open-room");
  await card.getByRole("button", { name: /beenden$/ }).click();
  await expect(card).toBeHidden();
  const [plan] = await planned(page);
  await page.goto(`/start/${plan?.clients[0]?.[0]}`);
  await expect(quiet(page)).toHaveAttribute("data-code", "ask-start");
});

test("not logged in: 'Ich bin die Therapeut:in' → log in → the same link → in the call", async ({
  therapist,
  another,
  product,
}) => {
  const { passphrase } = await registers(therapist.page, "praxis-anmelden");
  const { link } = await plansCall(therapist.page, "K-1", minutesAhead(5));
  const { page, context } = await another({ sign: THERAPIST, zone: BERLIN });
  const secret = link.slice(link.indexOf("#") + 1);
  const asked: string[] = [];
  context.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.goto(link);
  await page.getByRole("button", { name: "Ich bin die Therapeut:in" }).click();
  await page.waitForURL(/\/login$/);
  await page.getByLabel("Benutzername").fill("praxis-anmelden");
  await page.getByLabel("Passwort", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.waitForURL(/\/call\/[0-9a-f]{32}$/);
  await expect(page.getByRole("heading", { name: "K-1 ist noch nicht da" })).toBeVisible();
  const sent = asked.map((one) => one.replace(/^\S*#\S*/, ""));
  expect(sent.join("\n")).not.toContain(secret);
  expect(product.log()).not.toContain(secret);
});

test("another practice that opens the link is anybody to it", async ({ therapist, another }) => {
  await registers(therapist.page, "praxis-eine");
  const { link } = await plansCall(therapist.page, "K-1", minutesAhead(5));
  const other = await another({ sign: THERAPIST });
  await registers(other.page, "praxis-andere");
  await other.page.goto(link);
  await expect(other.page.getByRole("button", { name: "Beitreten" })).toBeVisible();
  await expect(other.page).toHaveURL(link);
});

type Plan = { plan: string; startsAt: number; clients: string[][] };
const planned = (page: Page): Promise<Plan[]> =>
  page.evaluate(async () => (await (await fetch("/api/planned")).json()).planned);

test("a series of three; one date deleted, then all later ones", async ({ therapist: { page } }) => {
  await registers(page, "praxis-reihe");
  const at = daysAhead(10);
  await fillsPlan(page, ["K-1", "K-2"], typedIn(at, BERLIN));
  await page.getByText("Jede Woche").click();
  await page.getByLabel("Anzahl der Termine").fill("3");
  await expect(page.getByTestId("plan-panel")).toContainText("3 Termine, immer am");
  await presses(page);
  const cards = plannedCard(page, "K-1, K-2");
  await expect(cards).toHaveCount(3);
  const times = new Set((await planned(page)).map(({ startsAt }) => typedIn(startsAt, BERLIN).time));
  expect([...times]).toEqual([typedIn(at, BERLIN).time]);
  await expect(cards.first().getByTestId("link")).toHaveCount(2);
  await cards
    .first()
    .getByRole("button", { name: /^Löschen/ })
    .click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Löschen" }).click();
  await expect(cards).toHaveCount(2);
  await cards
    .first()
    .getByRole("button", { name: /^Löschen/ })
    .click();
  await page.getByText("Dieser und alle späteren (2)").click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Löschen" }).click();
  await expect(cards).toHaveCount(0);
  await expect(page.getByText("Noch nichts geplant")).toBeVisible();
  expect(await planned(page)).toEqual([]);
});

/** The last Sunday of March next year: the clocks jump from two to three. */
function jumpDay(): string {
  const day = new Date(Date.UTC(new Date().getFullYear() + 1, 2, 31));
  day.setUTCDate(31 - day.getUTCDay());
  return day.toISOString().slice(0, 10);
}

test("past, a time that the clocks jump over, double IDs and double times: refused in words, nothing lost", async ({
  therapist: { page },
}) => {
  await registers(page, "praxis-fehler");
  const alerts = page.getByRole("alert");
  const good = typedIn(daysAhead(1), BERLIN);
  await fillsPlan(page, ["K-1"], typedIn(Date.now() - 5 * MINUTE, BERLIN));
  await presses(page);
  await expect(alerts.filter({ hasText: "schon vorbei" })).toBeVisible();
  await fillsPlan(page, ["K-1"], { date: jumpDay(), time: "02:30" });
  await presses(page);
  await expect(alerts.filter({ hasText: "gibt es 02:30 Uhr nicht" })).toBeVisible();
  await fillsPlan(page, ["K-1", "k 1"], good);
  await presses(page);
  await expect(alerts.filter({ hasText: "steht schon oben" })).toBeVisible();
  await expect(page.getByLabel("Klient:innen-ID", { exact: true })).toHaveValue("K-1");
  await expect(page.getByTestId("plan-panel").getByLabel("Uhrzeit")).toHaveValue(good.time);
  expect(await planned(page)).toEqual([]);
  await page.getByRole("button", { name: "Person 2 entfernen" }).click();
  await presses(page);
  await expect(plannedCard(page, "K-1")).toHaveCount(1);
  await fillsPlan(page, ["K-1"], good);
  await presses(page);
  await expect(alerts.filter({ hasText: "schon ein Anruf geplant" })).toBeVisible();
  await page.getByRole("button", { name: "Doch nicht" }).click();
  await expect(page.getByLabel("Klient:innen-ID")).toHaveValue("K-1");
  await expect(plannedCard(page, "K-1")).toHaveCount(1);
});

test("another time reaches a client that looks at the old one; a deleted one too", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-anders");
  const { card, link } = await plansCall(therapist.page, "K-1", daysAhead(2));
  await client.page.goto(link);
  const told = client.page.getByTestId("planned-at");
  await expect(told).toContainText(readIn(daysAhead(2), NEW_YORK).slice(0, 12));
  const later = daysAhead(4);
  await card.getByRole("button", { name: /^Zeit ändern/ }).click();
  const dialog = therapist.page.getByRole("dialog");
  await dialog.getByLabel("Datum").fill("2020-01-01");
  // coming back to the tab looks at the list again, and takes nothing out of one's hands
  const looked = therapist.page.waitForResponse(/\/api\/planned$/);
  await therapist.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await looked;
  await expect(dialog.getByLabel("Datum")).toHaveValue("2020-01-01");
  await dialog.getByRole("button", { name: "Zeit speichern" }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: "schon vorbei" })).toBeVisible();
  await dialog.getByLabel("Datum").fill(typedIn(later, BERLIN).date);
  await dialog.getByLabel("Uhrzeit").fill(typedIn(later, BERLIN).time);
  await dialog.getByRole("button", { name: "Zeit speichern" }).click();
  await expect(dialog).toBeHidden();
  await expect(told).toContainText(readIn(later, NEW_YORK));
  await plannedCard(therapist.page, "K-1")
    .getByRole("button", { name: /^Löschen/ })
    .click();
  await therapist.page.getByRole("alertdialog").getByRole("button", { name: "Löschen" }).click();
  await expect(told).toBeEmpty();
  await expect(client.page.getByText("Der Raum ist noch nicht geöffnet")).toBeVisible();
});

test("five hundred planned calls: a page at a time, the earliest first", async ({ therapist: { page } }) => {
  await registers(page, "praxis-voll");
  const { card } = await plansCall(page, "K-1", daysAhead(1));
  const [first] = await planned(page);
  const answers = await page.evaluate(
    async ([clients, from]) => {
      const ask = async (n: number, many: number) => {
        const starts = Array.from({ length: many }, (_, at) => from + (n * 50 + at + 1) * 3_600_000);
        const headers = { "content-type": "application/json" };
        return (
          await fetch("/api/planned", { method: "POST", headers, body: JSON.stringify({ starts, clients }) })
        ).status;
      };
      const all: number[] = [];
      for (let n = 0; n < 10; n++) all.push(await ask(n, n === 9 ? 49 : 50));
      all.push(await ask(20, 1));
      return all;
    },
    [first?.clients ?? [], first?.startsAt ?? 0] as const,
  );
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 201), 409]);
  await page.reload();
  await expect(page.getByTestId("planned")).toHaveCount(10);
  await page.getByRole("button", { name: "Weitere anzeigen (490)" }).click();
  await expect(page.getByTestId("planned")).toHaveCount(20);
  await expect(page.getByTestId("planned").nth(10)).toBeFocused();
  await expect(card).toBeVisible();
});

test("the calendar: a guessed address is 404, the real one carries no names, IDs or links", async ({
  therapist: { page, context },
  product,
}) => {
  await registers(page, "praxis-kalender");
  const at = daysAhead(3);
  const { link } = await plansCall(page, "K-1042", at);
  const [plan] = await planned(page);
  await page.goto("/profile");
  await page.getByRole("button", { name: "Kalenderadresse erzeugen" }).click();
  const address = (await page.getByTestId("feed-address").textContent())?.trim() ?? "";
  expect(address).toMatch(new RegExp(`^${product.origin}/api/feed/[\\w-]{43}\\.ics$`));
  const read = async (url: string) => {
    const answer = await fetch(url);
    return { status: answer.status, text: await answer.text() };
  };
  const { status, text } = await read(address);
  expect(status).toBe(200);
  expect(text).toContain(`DTSTART:${new Date(at).toISOString().replace(/[-:]|\.\d+/g, "")}`);
  for (const secret of [
    "K-1042",
    link,
    "/j",
    plan?.plan ?? "-",
    plan?.clients[0]?.[0] ?? "-",
    "praxis-kalender",
  ])
    expect(text).not.toContain(secret);
  expect((await read(address.replace(/.{5}\.ics$/, "AAAAA.ics"))).status).toBe(404);
  await page.getByRole("button", { name: "Neue Adresse" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Neue Adresse" }).click();
  await expect(page.getByTestId("feed-address")).not.toHaveText(address);
  expect((await read(address)).status).toBe(404);
  await page.getByRole("button", { name: "Adresse entfernen" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Adresse entfernen" }).click();
  await expect(page.getByTestId("feed-address")).toBeHidden();
  await expect(page.getByRole("button", { name: "Kalenderadresse erzeugen" })).toBeVisible();
  await context.close();
});

test("a calendar file for oneself has no link, the one for the client has", async ({
  therapist: { page },
}) => {
  await registers(page, "praxis-datei");
  const { card, link } = await plansCall(page, "K-1042", daysAhead(3));
  await card.getByRole("button", { name: /^Kalender:/ }).click();
  const saved = async (name: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("dialog").getByRole("button", { name }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("termin.ics");
    const text = await Bun.file(await file.path()).text();
    return text.replaceAll("\r\n ", "");
  };
  const own = await saved("Für meinen Kalender");
  expect(own).toContain("SUMMARY:Termin");
  expect(own).not.toContain("/j#");
  expect(own).not.toContain("K-1042");
  const theirs = await saved("Zum Senden an K-1042");
  expect(theirs).toContain(link);
  expect(theirs).not.toContain("K-1042");
});

test("a reminder five minutes before, where it was asked for, and without a name", async ({ another }) => {
  const permissions = ["camera", "microphone", "notifications"];
  const { page } = await another({ sign: THERAPIST, permissions });
  await page.addInitScript(() => {
    const shown: string[] = [];
    class Noted {
      static permission = "granted";
      static requestPermission = async () => "granted";
      constructor(title: string, { body }: { body: string }) {
        shown.push(`${title}: ${body}`);
      }
    }
    Object.assign(window, { Notification: Noted, shown });
  });
  await registers(page, "praxis-glocke");
  await plansCall(page, "K-1", daysAhead(1), "UTC");
  await page.goto("/profile");
  await page.getByText("5 Minuten vor geplanten Anrufen").click();
  const [plan] = await planned(page);
  await page.evaluate(
    async ([id, startsAt]) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ startsAt });
      await fetch(`/api/planned/${id}`, { method: "PATCH", headers, body });
    },
    [plan?.plan, Date.now() + 5 * MINUTE + 6000] as const,
  );
  await page.reload();
  const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  await page.getByRole("heading", { name: "Profil" }).waitFor();
  expect(await shown()).toEqual([]);
  await expect.poll(shown).toEqual(["TheraPsy Connect: In 5 Minuten ist ein Anruf geplant."]);
});
