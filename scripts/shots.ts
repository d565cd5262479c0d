/** Walks through every page of the product like a new therapist, takes pictures of each in both sizes and both themes
 * into `shots/`, runs axe on each, and fails on any finding, console error or refused script.
 * `bun run shots` starts its own server on a fresh folder; `bun run shots http://…` uses one that runs. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "@playwright/test";
import { bomb, inkOnNothing, mark } from "../web/journeys/pictures.ts";
import { formatStartLink } from "../wire/start-link.ts";
import { kartei } from "./kartei-shots.ts";
import { keptBun } from "./kept-bun.ts";
import { givePast } from "./past-calls.ts";
import { rooms } from "./room-shots.ts";
import { rules } from "./rules-shots.ts";
import { staff } from "./staff-shots.ts";

const OUT = "shots";
const SIZES = [
  { name: "phone", width: 390, height: 844 },
  { name: "desktop", width: 1440, height: 900 },
] as const;
const THEMES = ["light", "dark"] as const;
const START_MS = 60_000;
/** A page that needs longer is itself a finding. */
const STEP_MS = 30_000;

/** What a designer, a screen reader or the browser would complain about. */
const findings: string[] = [];

async function main(): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const given = process.argv[2];
  const server = given ? { url: given, data: null, stop: async () => {} } : await startServer();
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
  ];
  const browser = await chromium.launch({ executablePath, args });
  try {
    await visitor(browser, server.url);
    await therapist(browser, server);
  } catch (error) {
    findings.push(String(error));
  } finally {
    await browser.close();
    await server.stop();
  }
  for (const finding of findings) console.error(finding);
  console.log(`${findings.length} findings`);
  process.exit(findings.length === 0 ? 0 : 1);
}

/** `data` is null where the server is not ours. */
type Server = { url: string; data: string | null; stop: () => Promise<void> };

async function startServer(): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), "shots-"));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    TPC_PORT: String(port),
    TPC_DATA: data,
    TPC_STUN_PORT: String(port + 1),
    TPC_MEDIA_PORT: "0",
    TPC_OPERATOR_NAME: "Praxisgemeinschaft am Park",
    TPC_OPERATOR_ADDRESS: "Lindenweg 4; 10115 Berlin",
    TPC_OPERATOR_MAIL: "post@praxis.example",
  };
  const child = Bun.spawn([keptBun() ?? "bun", "--no-install", "server/main.ts"], {
    env,
    stdout: "ignore",
    stderr: "inherit",
  });
  const stop = async () => {
    child.kill();
    await child.exited;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await untilAnswers(`${url}/api/health`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, data, stop };
}

async function untilAnswers(url: string): Promise<void> {
  for (const end = Date.now() + START_MS; Date.now() < end; await Bun.sleep(100)) {
    if ((await fetch(url).catch(() => null))?.ok) return;
  }
  throw new Error("the server did not start");
}

/** Everything that needs no login. */
async function visitor(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url);
  for (const [name, path] of [
    ["start", "/"],
    ["login", "/login"],
    ["recover", "/recover"],
    ["plans", "/plans"],
    ["developers", "/developers"],
    ["imprint", "/imprint"],
    ["privacy", "/privacy"],
    ["terms", "/terms"],
    ["missing", "/nowhere"],
    ["connect", "/connect"],
    ["offline", "/offline.html"],
    ["client-without-link", "/j"],
    ["client-with-link", `/j#1${"A".repeat(43)}`],
  ] as const) {
    // From a blank page: between two addresses that differ behind the # only, a browser loads nothing.
    await page.goto("about:blank");
    await page.goto(url + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
    await shoot(page, name);
  }
  await page.goto(`${url}/?lang=en`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await shoot(page, "start-english");
  await page.goto(`${url}/login`);
  await page.getByLabel("User name").fill("nobody");
  await page.locator("input[name=password]").fill("wrong password");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("alert").waitFor();
  await shoot(page, "login-wrong");
  await page.context().close();
  await check(browser, url);
  await unfit(browser, url, "old", () =>
    Object.defineProperty(window, "RTCPeerConnection", { value: undefined }),
  );
  await unfit(browser, url, "insecure", () =>
    Object.defineProperty(window, "isSecureContext", { value: false }),
  );
}

/** The check of devices and line, by the address of one network alone: of two, a browser cannot tell which one it is asked by. */
async function check(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url.replace("localhost", "127.0.0.1"));
  await page.goto("/check");
  await page.locator("[data-testid=verdict][data-words=line]").waitFor();
  await shoot(page, "check");
  await page.getByRole("button", { name: "Kamera und Mikrofon prüfen" }).click();
  await page.locator("[data-testid=level][data-heard=true]").waitFor();
  await page.getByRole("button", { name: "Testton spielen" }).click();
  await page.locator("[data-testid=verdict][data-words=all]").waitFor();
  await shoot(page, "check-ready");
  await page.context().close();
}

/** What somebody sees whose browser or address cannot hold a call. */
async function unfit(browser: Browser, url: string, name: string, spoil: () => void): Promise<void> {
  const page = await open(browser, url);
  await page.addInitScript(spoil);
  await page.goto(`${url}/j`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await shoot(page, `unfit-${name}`);
  await page.context().close();
}

/** The way of a new therapist, from registering to locking. */
async function therapist(browser: Browser, { url, data }: Server): Promise<void> {
  const page = await open(browser, url);
  const password = await register(page, url);
  await calls(page);
  await part(() => kartei(page, (name) => shoot(page, name)));
  await part(() => rooms(page, () => open(browser, url), shoot));
  const guest = await open(browser, url);
  await part(() => rules(page, guest, shoot));
  await guest.context().close();
  await page.goto(`${url}/profile`);
  await page.getByRole("heading", { level: 1, name: "Profil" }).waitFor();
  await page.getByText("dieses Gerät").waitFor();
  await page.getByTestId("credits").waitFor();
  await shoot(page, "profile");
  if (data !== null) await ledger(page, data);
  await page.getByRole("button", { name: "Passwort ändern" }).click();
  await shoot(page, "profile-password");
  await page.keyboard.press("Escape");
  await part(() => logo(page));
  await page.goto(`${url}/profile`);
  await part(() => software(page, url));
  await page.goto(`${url}/profile`);
  const other = await open(browser, url);
  await part(() => staff(page, other, shoot));
  await other.context().close();
  await page.goto(`${url}/profile`);
  await page.getByRole("button", { name: "Konto löschen" }).click();
  await shoot(page, "profile-delete");
  await page.keyboard.press("Escape");
  await secondFactor(page, password);
  await page.goto(`${url}/profile`);
  await page.getByRole("button", { name: "Sperren", exact: true }).first().click();
  await page.getByRole("heading", { name: "Willkommen zurück" }).waitFor();
  await shoot(page, "unlock");
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Entsperren" }).click();
  await page.getByRole("heading", { level: 1, name: "Profil" }).waitFor();
  await page.context().close();
}

/** What goes wrong in one part leaves the pictures of the others. */
async function part(take: () => Promise<void>): Promise<void> {
  await take().catch((error: unknown) => findings.push(String(error)));
}

/** An access for a practice program, its data, and where a start link without its pairing leads. */
async function software(page: Page, url: string): Promise<void> {
  await page.getByRole("button", { name: "Zugang anlegen" }).click();
  await shoot(page, "software-dialog");
  await page.getByLabel("Name des Programms").fill("Praxisverwaltung");
  await page.getByRole("dialog").getByRole("button", { name: "Anlegen" }).click();
  await page.getByTestId("access-token").waitFor();
  await shoot(page, "software-access");
  await page.getByRole("button", { name: "Fertig" }).click();
  await page.getByTestId("accesses").waitFor();
  await page.goto("about:blank");
  await page.goto(formatStartLink(url, { ids: ["K-1042", "Mittwoch 14 Uhr", "K-7"], pairing: null }));
  await page.getByRole("button", { name: "Starten", exact: true }).waitFor();
  await shoot(page, "software-start");
  await page.goto(`${url}/profile`);
  await page.getByTestId("accesses").waitFor();
}

/** A logo refused, chosen, uploaded, and asked about before it goes. */
async function logo(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Praxislogo hochladen" }).click();
  await shoot(page, "logo-dialog");
  const picker = page.getByTestId("logo-file");
  await picker.setInputFiles(bomb());
  await page.getByRole("alert").waitFor();
  await shoot(page, "logo-refused");
  await picker.setInputFiles(inkOnNothing(420, 120));
  await page.getByTestId("logo-preview").waitFor();
  await shoot(page, "logo-chosen");
  await picker.setInputFiles(mark(420, 120));
  await page.getByRole("switch", { name: "Weißer Grund" }).waitFor({ state: "hidden" });
  await page.getByRole("dialog").getByRole("button", { name: "Hochladen" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.reload();
  await page.getByTestId("own-logo").getByRole("img").waitFor();
  await shoot(page, "logo-uploaded");
  await page.getByRole("button", { name: "Praxislogo entfernen" }).click();
  await shoot(page, "logo-remove");
  await page.keyboard.press("Escape");
}

/** A practice with three months behind it, and the answers to a voucher. */
async function ledger(page: Page, data: string): Promise<void> {
  const codes = await givePast(data, "anna.berg");
  await page.reload();
  await page.getByTestId("sums").waitFor();
  await page.getByText("dieses Gerät").waitFor();
  await shoot(page, "profile-with-past");
  for (const [name, code, answer] of [
    ["used", codes.used, "schon eingelöst"],
    ["good", codes.points.toLowerCase(), "Gutgeschrieben"],
  ] as const) {
    await page.getByLabel("Gutschein einlösen").fill(code);
    await page.getByRole("button", { name: "Einlösen" }).click();
    await page.getByText(answer).waitFor();
    await shoot(page, `profile-voucher-${name}`);
  }
}

/** Setting an app up, as far as a picture of it. */
async function secondFactor(page: Page, password: string): Promise<void> {
  await page.getByRole("button", { name: "App einrichten" }).click();
  await shoot(page, "second-factor-password");
  await page.getByRole("dialog").locator("input").first().fill(password);
  await page.getByRole("dialog").getByRole("button", { name: "Weiter" }).click();
  await page.getByTestId("totp-secret").waitFor();
  await shoot(page, "second-factor-app");
}

async function register(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/register`);
  await page.getByLabel("Benutzername").fill("Anna.Berg");
  await shoot(page, "register");
  await page.getByRole("button", { name: "Eigenes Passwort" }).click();
  await page.getByLabel("Eigenes Passwort").fill("passwort");
  await page.getByRole("button", { name: "Weiter" }).click();
  await page.getByText("zu kurz").waitFor();
  await shoot(page, "register-own-password");
  await page.getByRole("button", { name: "sieben Wörter" }).click();
  const password = await page.locator("input[name=password]").inputValue();
  await page.getByRole("button", { name: "Weiter" }).click();
  await page.getByRole("heading", { name: "Wiederherstellungsschlüssel" }).waitFor();
  await shoot(page, "recovery-key");
  const groups = await page.locator(".sheet-group").allInnerTexts();
  for (const field of await page.getByLabel(/^Gruppe \d$/).all()) {
    const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? "");
    await field.fill(groups[Number(label.slice(-1)) - 1]?.slice(-4) ?? "");
  }
  await page.getByRole("button", { name: "Konto anlegen" }).click();
  await page.getByRole("heading", { level: 1, name: "Anruf starten" }).waitFor();
  return password;
}

async function calls(page: Page): Promise<void> {
  await page.getByText("kein Anruf offen").waitFor();
  await shoot(page, "calls-empty");
  for (const id of ["K-1042", "Mittwoch 14 Uhr"]) {
    await page.getByLabel("Klient:innen-ID").fill(id);
    await page.getByRole("button", { name: "Starten", exact: true }).click();
    await page.getByRole("article", { name: id }).waitFor();
  }
  await shoot(page, "calls");
  await page.getByLabel("Klient:innen-ID").fill("k 1042");
  await page.getByRole("button", { name: "Starten", exact: true }).click();
  await page.getByText("schon in einem offenen Anruf").waitFor();
  await shoot(page, "calls-open-already");
  await page.getByRole("button", { name: "QR-Code" }).first().click();
  await page.getByRole("dialog").waitFor();
  await shoot(page, "calls-qr");
  await page.keyboard.press("Escape");
  await plans(page);
}

/** Planning with a fault, the list, what asks before something goes, and the link as its own therapist sees it. */
async function plans(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Anruf planen" }).click();
  await page.getByLabel("Klient:innen-ID").fill("K-7");
  await page.getByText("Jede Woche").click();
  await page.getByLabel("Datum").fill("2020-01-01");
  await page.getByRole("button", { name: "Anruf planen" }).click();
  await page.getByText("schon vorbei").waitFor();
  await shoot(page, "planning-past");
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Datum").fill(soon);
  await page.getByLabel("Uhrzeit").fill("10:00");
  await page.getByRole("button", { name: "Anruf planen" }).click();
  const card = page.getByTestId("planned").first();
  await card.waitFor();
  await shoot(page, "planned");
  for (const [name, button] of [
    ["move", /^Zeit ändern/],
    ["calendar", /^Kalender:/],
    ["delete", /^Löschen/],
  ] as const) {
    await card.getByRole("button", { name: button }).click();
    await page.locator("[role=dialog], [role=alertdialog]").waitFor();
    await shoot(page, `planned-${name}`);
    await page.keyboard.press("Escape");
  }
  const link = (await card.getByTestId("link").textContent())?.trim() ?? "";
  await page.goto(link);
  await page.getByRole("button", { name: "Jetzt starten" }).waitFor();
  await shoot(page, "planned-own-link");
  await page.getByRole("button", { name: "So sieht es Ihre Klient:in" }).click();
  await page.getByText("Ihr Termin").waitFor();
  await shoot(page, "planned-door");
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Anruf starten" }).waitFor();
}

async function open(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: "de-DE", baseURL: url });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  page.on("pageerror", (error) => findings.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // The browser reports every answer that is not 2xx; a wrong password and a first look without session are meant.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      findings.push(`${page.url()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(?:data|blob):/.test(request.url()))
      findings.push(`foreign request from ${page.url()}`);
  });
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  const room = (await page.locator("main.room").count()) > 0;
  // what floats belongs to the window, not to the page
  const floats = (await page.locator("[role=dialog], [role=alertdialog], [role=menu]").count()) > 0;
  for (const size of SIZES) {
    // the room is dark in both
    for (const theme of room ? (["dark"] as const) : THEMES) {
      await page.setViewportSize({ width: size.width, height: size.height });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      const path = join(OUT, `${name}-${size.name}-${theme}.png`);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      // what fades comes back
      if (room) for (const y of [8, 4]) await page.mouse.move(size.width / 2, y);
      await page.screenshot({ path, fullPage: !floats, animations: "disabled" });
      // Each size and each theme once: the other two pairs differ in nothing that axe reads.
      if (room || (size.name === "phone") === (theme === "light"))
        await audit(page, `${name} ${size.name} ${theme}`);
    }
  }
}

async function audit(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const { id, nodes } of violations)
    findings.push(`axe ${name}: ${id} ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wider > 0) findings.push(`${name}: ${wider} px wider than the window`);
}

await main();
