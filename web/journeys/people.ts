/** The people of a journey, each in a real browser process of their own, and what they do, named as they would say it. */
import { type Browser, type BrowserContext, chromium, expect, type Page } from "@playwright/test";
import { type Sign, signFiles } from "./signs.ts";

export type Person = { readonly browser: Browser; readonly context: BrowserContext; readonly page: Page };

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

export type PersonOptions = {
  readonly sign: Sign;
  readonly origin: string;
  /** Another program to start as the browser, for one that lives in a network of its own. */
  readonly executable?: string;
  readonly args?: readonly string[];
  /** False: the browser has no camera and no microphone. */
  readonly devices?: boolean;
  readonly permissions?: readonly string[];
  readonly locale?: string;
  /** Where the person lives, as "Europe/Berlin"; else where the machine stands. */
  readonly zone?: string;
};

/** What a Chromium of the journeys is started with; its camera and microphone show the person's sign. */
export function chromiumArgs(options: Pick<PersonOptions, "sign" | "origin" | "devices" | "args">): string[] {
  const { video, audio } = signFiles(options.sign);
  const fake = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${video}`,
    `--use-file-for-fake-audio-capture=${audio}`,
  ];
  return [
    ...QUIET,
    ...(options.devices === false ? [] : fake),
    `--unsafely-treat-insecure-origin-as-secure=${options.origin}`,
    ...(options.args ?? []),
  ];
}

/** The program that is started as Chromium. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** A fresh browser with a fresh profile. Every page in it that asks a foreign host makes the journey fail by `foreign`. */
export async function person(options: PersonOptions): Promise<Person> {
  const browser = await chromium.launch({
    executablePath: options.executable ?? CHROMIUM,
    args: chromiumArgs(options),
  });
  const context = await browser.newContext({
    baseURL: options.origin,
    locale: options.locale ?? "de-DE",
    ...(options.zone === undefined ? {} : { timezoneId: options.zone }),
    permissions: [...(options.permissions ?? ["camera", "microphone", "clipboard-read", "clipboard-write"])],
  });
  return { browser, context, page: await context.newPage() };
}

/** Registers a new practice and confirms the recovery key; ends on the dashboard. Returns passphrase and recovery key. */
export async function registers(
  page: Page,
  user: string,
): Promise<{ passphrase: string; recoveryKey: string }> {
  await page.goto("/register");
  await page.getByLabel("Benutzername").fill(user);
  const words = await page.locator(".phrase-word").allTextContents();
  await page.getByRole("button", { name: "Weiter zum Wiederherstellungsschlüssel" }).click();
  const groups = await confirmsRecoveryKey(page, "Konto anlegen");
  await expect(page.getByRole("heading", { name: "Anruf starten" })).toBeVisible();
  return { passphrase: words.map((word) => word.trim()).join(" "), recoveryKey: groups.join("-") };
}

/** Reads the eight groups, types the two that are asked for, presses `act`. Returns the groups. */
export async function confirmsRecoveryKey(page: Page, act: string): Promise<string[]> {
  const shown = await page.locator(".sheet-group").allTextContents();
  const groups = shown.map((text) =>
    text
      .trim()
      .replace(/^\d\s*/, "")
      .slice(-4),
  );
  for (const [at, group] of groups.entries()) {
    const field = page.getByLabel(`Gruppe ${at + 1}`, { exact: true });
    if ((await field.count()) > 0) await field.fill(group);
  }
  await page.getByRole("button", { name: act }).click();
  return groups;
}

/** Logs in with name and password. */
export async function logsIn(page: Page, user: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Benutzername").fill(user);
  await page.getByLabel("Passwort", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByRole("heading", { name: "Anruf starten" })).toBeVisible();
}

/** Opens a room for a client ID and returns the client's link; `shown` is how the entry is written. */
export async function startsCall(page: Page, clientId: string, shown = clientId): Promise<string> {
  await page.getByLabel("Klient:innen-ID").fill(clientId);
  await page.getByRole("button", { name: "Starten", exact: true }).click();
  const card = page.getByTestId("open-room").filter({ hasText: shown });
  await expect(card).toBeVisible();
  return (await card.getByTestId("link").textContent())?.trim() ?? "";
}

/** The therapist goes from the dashboard into the room. */
export async function entersRoom(page: Page, clientId: string): Promise<void> {
  await page
    .getByTestId("open-room")
    .filter({ hasText: clientId })
    .getByRole("link", { name: "Beitreten" })
    .click();
  await page.waitForURL(/\/call\//);
}

/** The client opens the link and presses "Beitreten" once. */
export async function joinsByLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Beitreten" }).click();
}

/** The client types both codes and presses "Beitreten" once. */
export async function joinsByCode(page: Page, user: string, code: string): Promise<void> {
  if (new URL(page.url(), "http://none").pathname !== "/connect") await page.goto("/connect");
  await page.getByLabel("TherapeutInnen-Code").fill(user);
  await page.getByLabel("Zugangs-Code").fill(code);
  await page.getByRole("button", { name: "Beitreten" }).click();
}

/** A new practice and a client of it are in a call of two; returns the client's link. */
export async function meets(therapist: Page, client: Page, user: string, clientId = "K-1"): Promise<string> {
  await registers(therapist, user);
  const link = await startsCall(therapist, clientId);
  await entersRoom(therapist, clientId);
  await joinsByLink(client, link);
  return link;
}
