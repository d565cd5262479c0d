/** The waiting room: knock outside a call, silence inside, answers with one tap, one by one, and no address before admission. */
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { entersRoom, joinsByLink, logsIn, type Person, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** Writes down what nobody can see from outside: tones played, notifications shown, descriptions set. */
async function listens({ context }: Person): Promise<void> {
  await context.addInitScript(() => {
    const kept = { tones: 0, notices: [] as string[], described: 0 };
    Object.assign(window, { kept });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      kept.tones += 1;
      return start.call(this, when);
    };
    const connection = RTCPeerConnection.prototype;
    const describe = connection.setLocalDescription as (description?: unknown) => Promise<void>;
    connection.setLocalDescription = function (this: RTCPeerConnection, description?: unknown) {
      kept.described += 1;
      return describe.call(this, description);
    };
    class Notice {
      static permission = "default";
      static requestPermission = async () => {
        Notice.permission = "granted";
        return "granted";
      };
      constructor(title: string, options: NotificationOptions) {
        kept.notices.push(`${title}: ${options.body}`);
      }
      close(): void {
        // nothing to close
      }
    }
    Object.assign(window, { Notification: Notice });
    Document.prototype.hasFocus = () => false;
  });
}

type Kept = { readonly tones: number; readonly notices: readonly string[]; readonly described: number };
const kept = (page: Page) => page.evaluate(() => (window as unknown as { kept: Kept }).kept);

/** The profile's switch, and back to the dashboard without loading the page anew. */
async function sets(page: Page, label: string): Promise<void> {
  await page.getByRole("link", { name: "Profil" }).first().click();
  await page.getByText(label, { exact: true }).click();
  await expect(page.getByRole("switch", { name: label })).toBeChecked();
  await page.getByRole("link", { name: "Anrufe" }).first().click();
}

test("waiting-room: a knock is heard, stands in the tab's title, and is notified without a name; an answer reaches the client", async ({
  therapist,
  client,
}) => {
  await listens(therapist);
  await listens(client);
  const { page } = therapist;
  await registers(page, "praxis-klopf");
  await sets(page, "Mitteilung des Browsers, wenn jemand wartet");
  const link = await startsCall(page, "K-1");
  await joinsByLink(client.page, link);
  await expect(page).toHaveTitle(/^\(1\) Anruf starten/);
  await expect.poll(async () => (await kept(page)).tones).toBe(2);
  expect((await kept(page)).notices).toEqual(["TheraPsy Connect: Jemand wartet."]);

  const waiting = page.getByTestId("waiting");
  await waiting.getByRole("button", { name: "Komme in 2 Minuten" }).click();
  await expect(waiting).toContainText("Gesendet: „Komme in 2 Minuten“");
  await expect(client.page.getByTestId("note")).toContainText("Ich komme in 2 Minuten.");
  await expectNoFinding(page, "dashboard with somebody waiting");
  await expectNoFinding(client.page, "waiting page with a note");
  // [TP1 2.5] no address was looked for at the door
  expect((await kept(client.page)).described).toBe(0);

  await entersRoom(page, "K-1");
  await expectMovingPicture(client.page, "remote", THERAPIST);
  expect((await kept(client.page)).described).toBeGreaterThan(0);
  await expect(page).not.toHaveTitle(/^\(/);
});

test("waiting-room: [R5] inside a call only a silent badge; answered and sent away from there", async ({
  therapist,
  client,
  another,
}) => {
  await listens(therapist);
  const { page } = therapist;
  await registers(page, "praxis-still");
  const link = await startsCall(page, "K-1");
  const later = await startsCall(page, "K-2");
  await entersRoom(page, "K-1");
  await joinsByLink(client.page, link);
  await expectMovingPicture(page, "remote", CLIENT);

  const second = await another({});
  await joinsByLink(second.page, later);
  await page.getByTestId("waiting-badge").getByRole("button", { name: "1 Person wartet" }).click();
  const dialog = page.getByRole("dialog", { name: "Warteraum" });
  await expect(dialog).toContainText("K-2");
  await expect(dialog.getByRole("button", { name: "K-2 einlassen" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Wir sehen uns zum nächsten Termin" }).click();
  await expect(second.page.getByTestId("note")).toContainText("zum nächsten Termin");
  await expectNoFinding(page, "waiting room in the call");
  await dialog.getByRole("button", { name: "K-2 nicht einlassen" }).click();
  await expect(second.page.getByTestId("quiet")).toHaveAttribute("data-code", "refused");
  await expect(dialog).toContainText("Gerade wartet niemand.");
  expect((await kept(page)).tones).toBe(0);
  await expectMovingPicture(client.page, "remote", THERAPIST);
});

test("waiting-room: one by one, and the therapist goes on at another device: nobody is asked again", async ({
  therapist,
  client,
  another,
}) => {
  const { page } = therapist;
  const { passphrase } = await registers(page, "praxis-zwei");
  await sets(page, "Einzeln einlassen");
  const link = await startsCall(page, "K-1");
  const second = await another({ sign: THERAPIST });
  await logsIn(second.page, "praxis-zwei", passphrase);
  await entersRoom(page, "K-1");
  await joinsByLink(client.page, link);
  await page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(page, "remote", CLIENT);

  await entersRoom(second.page, "K-1");
  await second.page.getByRole("button", { name: "Hierher holen" }).click();
  await expectMovingPicture(second.page, "remote", CLIENT);
  await expect(second.page.getByTestId("device")).toHaveText("gleiches Gerät wie zuletzt");
});

test("waiting-room: one by one, always a tap; who reloads is in again by itself, whoever reloads", async ({
  therapist,
  client,
}) => {
  const { page } = therapist;
  await registers(page, "praxis-einzeln");
  await sets(page, "Einzeln einlassen");
  const link = await startsCall(page, "K-1");
  await entersRoom(page, "K-1");
  await joinsByLink(client.page, link);
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "waiting");
  await page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(page, "remote", CLIENT);

  await client.page.reload();
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);

  await page.reload();
  await expectMovingPicture(page, "remote", CLIENT);
  await expect(page.getByRole("button", { name: "Einlassen", exact: true })).toHaveCount(0);
  await expect(page.getByTestId("device")).toHaveText("gleiches Gerät wie zuletzt");
});
