/** [A2, R7, TP1 2.9] The therapist's tools that vanish, in a group: a scale that only the therapist reads, one breath on all screens, a
 * whiteboard that all draw on. Nothing of it is seen by the server, nothing stays. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { expectPerson, joinsGroup, startsGroup } from "./group.ts";
import { entersRoom, registers } from "./people.ts";
import { CLIENT, THERAPIST, THIRD } from "./signs.ts";
import { expect, test } from "./stage.ts";

const QUESTION = "Wie laut ist die Marillenangst?";

/** Every byte of this page's WebSockets. */
function tap(page: Page): Buffer[] {
  const seen: Buffer[] = [];
  page.on("websocket", (socket) => {
    const keep = ({ payload }: { payload: string | Buffer }) => void seen.push(Buffer.from(payload));
    socket.on("framesent", keep);
    socket.on("framereceived", keep);
  });
  return seen;
}

async function opens(host: Page, tool: string): Promise<void> {
  await host.mouse.move(200, 200);
  await host.getByRole("button", { name: "Werkzeuge" }).click();
  await host.getByRole("menuitem", { name: tool }).click();
}

async function look(page: Page, name: string, isClean = false): Promise<void> {
  for (const [size, width, height] of [
    ["desktop", 1440, 900],
    ["phone", 390, 844],
    ["landscape", 844, 390],
  ] as const) {
    await page.setViewportSize({ width, height });
    if (isClean && size === "phone") await expectNoFinding(page, name);
    await page.screenshot({ path: join(test.info().outputDir, `${name}-${size}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 720 });
}

/** Draws with the mouse from corner to corner of this part of the sheet. */
async function draws(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  const box = await page.getByTestId("board").boundingBox();
  if (!box) throw new Error("no sheet");
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 12 });
  await page.mouse.up();
}

/** How much is painted on this part of the sheet: 0 nothing, 1 all of it. */
const inkAt = (page: Page, x: number, y: number) =>
  page.getByTestId("board").evaluate(
    (canvas: HTMLCanvasElement, [u, v]) => {
      const side = Math.round(canvas.width / 20);
      const [left, top] = [Math.round(u * canvas.width - side / 2), Math.round(v * canvas.height - side / 2)];
      const { data } = canvas.getContext("2d")?.getImageData(left, top, side, side) ?? { data: [] };
      return Array.from(data).filter((value, at) => at % 4 === 3 && value > 128).length / (side * side);
    },
    [x, y] as [number, number],
  );

// four people, three tools, each looked at by axe
test.setTimeout(120_000);
test("together: [AT2][R7] scale, breath and whiteboard", async ({ product, therapist, another }) => {
  const host = therapist.page;
  const wires = [tap(host)];
  await registers(host, "praxis-werkzeug");
  const links = await startsGroup(host, ["G-1", "G-2"]);
  await entersRoom(host, "G-1");
  const a = (await another({ sign: CLIENT })).page;
  wires.push(tap(a));
  await joinsGroup(a, links[0] ?? "", "Ada");
  await expectPerson(a, 0, THERAPIST);
  await a.getByRole("button", { name: "Verstanden" }).click();
  await expect(a.getByRole("button", { name: "Werkzeuge" })).toHaveCount(0);

  // drawn before the second client is there
  await opens(host, "Zeichenfläche");
  await expect(a.getByTestId("board")).toBeVisible();
  await draws(host, [0.1, 0.2], [0.4, 0.2]);
  await expect
    .poll(() => inkAt(a, 0.25, 0.2), { message: "the therapist's line is seen" })
    .toBeGreaterThan(0.1);
  await a.getByRole("button", { name: "Roter Stift" }).click();
  await a.getByRole("button", { name: "Dick" }).click();
  await draws(a, [0.6, 0.8], [0.9, 0.8]);
  await expect
    .poll(() => inkAt(host, 0.75, 0.8), { message: "the client's line is seen" })
    .toBeGreaterThan(0.2);

  const b = (await another({ sign: THIRD })).page;
  wires.push(tap(b));
  await joinsGroup(b, links[1] ?? "", "Bo");
  await b.getByRole("button", { name: "Verstanden" }).click();
  await expect.poll(() => inkAt(b, 0.75, 0.8), { message: "who comes late sees it" }).toBeGreaterThan(0.2);
  await expect(b.getByRole("img", { name: "Zeichenfläche, 2 Striche" })).toBeVisible();
  await look(b, "board", true);
  await look(host, "board-host");
  // by keyboard: back with one's own line only
  await b.getByRole("button", { name: "Letzten eigenen Strich zurücknehmen" }).press("Enter");
  await a.getByRole("button", { name: "Letzten eigenen Strich zurücknehmen" }).press("Enter");
  await expect(b.getByRole("img", { name: "Zeichenfläche, 1 Strich" })).toBeVisible();
  await expect.poll(() => inkAt(host, 0.75, 0.8)).toBe(0);
  await a.getByRole("button", { name: "Ausblenden", exact: true }).click();
  await expect(a.getByTestId("board")).toBeHidden();
  await a.getByRole("button", { name: "Zeichenfläche einblenden" }).click();
  await expect(a.getByTestId("board")).toBeVisible();
  await host.getByTestId("tool-board").getByRole("button", { name: "Schließen" }).click();
  await expect(a.getByTestId("board")).toHaveCount(0);

  await opens(host, "Skala 0 bis 10");
  await host.getByLabel("Frage").fill(QUESTION);
  await host.getByRole("button", { name: "Skala zeigen" }).click();
  for (const page of [a, b]) await expect(page.getByTestId("tool-scale")).toContainText(QUESTION);
  await a.getByRole("button", { name: "8 von 10" }).click();
  await b.getByRole("button", { name: "3 von 10", exact: true }).click();
  await expect(host.getByTestId("answers")).toContainText("G-1: 8");
  await expect(host.getByTestId("answers")).toContainText("G-2: 3");
  await expect(b.getByTestId("tool-scale")).toContainText("Ihre Antwort: 3");
  await expect(b.getByTestId("scale-shared")).toHaveCount(0);
  await look(b, "scale", true);
  await look(host, "scale-host", true);
  await host.getByRole("button", { name: "Allen zeigen, ohne Namen" }).click();
  await expect(a.getByTestId("scale-shared")).toHaveText("Antworten: 3, 8");
  // one that changes would say whose it is: it waits for the next press
  await b.getByRole("button", { name: "4 von 10" }).click();
  await expect(host.getByTestId("shown")).toContainText("1 neue Antwort ist noch nicht gezeigt");
  await expect(a.getByTestId("scale-shared")).toHaveText("Antworten: 3, 8");
  await host.getByRole("button", { name: "Neu zeigen" }).click();
  await expect(a.getByTestId("scale-shared")).toHaveText("Antworten: 4, 8");
  await host.getByTestId("tool-scale").getByRole("button", { name: "Schließen" }).click();
  await expect(a.getByTestId("tool-scale")).toHaveCount(0);

  await opens(host, "Atmen");
  await host.getByRole("button", { name: "Beginnen" }).click();
  const at = (page: Page) =>
    page
      .getByTestId("breath-at")
      .evaluate((each: HTMLElement) => `${each.dataset.part} ${each.dataset.count}`);
  await expect(a.getByTestId("breath-at")).toBeVisible();
  await expect(b.getByTestId("breath-at")).toBeVisible();
  // the same second on all screens; looks that fall on a change are taken again
  await expect
    .poll(async () => new Set(await Promise.all([host, a, b].map(at))).size, { intervals: [150, 250] })
    .toBe(1);
  await look(b, "breath");
  await b.emulateMedia({ reducedMotion: "reduce" });
  await expectNoFinding(b, "breath");
  await expect(b.locator(".breath-circle")).toBeHidden();
  await expect(b.getByTestId("breath-at")).toContainText(/Einatmen|Halten|Ausatmen/);
  await host.getByRole("button", { name: "Beenden" }).click();
  await expect(a.getByTestId("tools")).toHaveCount(0);

  // too long a text is said to be so, and stays where it was typed
  await a.getByRole("button", { name: "Chat", exact: true }).click();
  const field = a.getByLabel("Nachricht", { exact: true });
  await field.fill("x".repeat(10_000));
  await field.press("Enter");
  await expect(a.getByText("Das sind 10.000 Zeichen")).toBeVisible();
  expect(await field.inputValue()).toHaveLength(10_000);

  const places = {
    database: readdirSync(product.data).map((file) => readFileSync(join(product.data, file))),
    log: [Buffer.from(product.log())],
    wires: wires.flat(),
  };
  for (const [where, all] of Object.entries(places))
    expect(
      all.some((each) => each.includes(Buffer.from("Marillenangst"))),
      where,
    ).toBe(false);
  expect(wires.flat().length).toBeGreaterThan(10);
});
