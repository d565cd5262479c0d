/** [R11, TP1 2.9] Chat and a file in a direct call: both ways, byte for byte, unseen by the server, gone with the call. */
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectNoFinding } from "./axe.ts";
import { entersRoom, joinsByLink, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

const WORDS = { host: "Zwetschkenknödel am Dienstag", client: "Topfenstrudel\nam Mittwoch" };
const NAME = "Befund-Marille.pdf";

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

/** Everything the page still holds: what is shown, and what is stored. */
const remains = (page: Page) =>
  page.evaluate(async () => {
    const stored: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const open = indexedDB.open(name ?? "");
      const base = await new Promise<IDBDatabase>((done) => {
        open.onsuccess = () => done(open.result);
      });
      for (const store of base.objectStoreNames) {
        const all = base.transaction(store).objectStore(store).getAll();
        stored.push(
          await new Promise((done) => {
            all.onsuccess = () => done(all.result);
          }),
        );
      }
      base.close();
    }
    const { localStorage, sessionStorage } = window;
    return `${document.documentElement.outerHTML}${JSON.stringify([localStorage, sessionStorage, stored])}`;
  });

test("chat-and-file: [AT2][R7] both ways, whole, unseen by the server, gone with the call", async ({
  product,
  therapist,
  client,
}) => {
  const [host, guest] = [therapist.page, client.page];
  const wires = [tap(host), tap(guest)];
  await registers(host, "praxis-chat");
  const link = await startsCall(host, "K-1");
  await entersRoom(host, "K-1");
  await joinsByLink(guest, link);
  await expectMovingPicture(host, "remote", CLIENT);
  await expectMovingPicture(guest, "remote", THERAPIST);

  // by keyboard: Enter sends; unread on the other side
  await host.getByRole("button", { name: "Chat", exact: true }).click();
  await host.getByLabel("Nachricht", { exact: true }).fill(WORDS.host);
  await host.keyboard.press("Enter");
  await expect(guest.getByTestId("unread")).toHaveText("1");
  await guest.getByRole("button", { name: "Chat: 1 neue Nachricht" }).click();
  await expect(guest.getByRole("log")).toContainText(WORDS.host);
  await expect(guest.getByTestId("unread")).toBeHidden();
  const [first = "", second = ""] = WORDS.client.split("\n");
  await expect(guest.getByLabel("Nachricht", { exact: true })).toBeFocused();
  await guest.keyboard.type(first);
  await guest.keyboard.press("Shift+Enter");
  await guest.keyboard.type(second);
  await guest.keyboard.press("Enter");
  await expect(host.locator(".chat-text").last()).toHaveText(WORDS.client, { useInnerText: true });

  const bytes = randomBytes(3 * 1024 * 1024 + 7);
  await host.getByTestId("file").setInputFiles({ name: NAME, mimeType: "application/pdf", buffer: bytes });
  const save = guest.getByRole("link", { name: `${NAME} speichern` });
  await expect(save).toBeVisible();
  await expect(host.getByText("Angekommen").last()).toBeVisible();
  const coming = guest.waitForEvent("download");
  await save.click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe(NAME);
  const hashOf = (data: Buffer) => createHash("sha256").update(data).digest("hex");
  expect(hashOf(readFileSync(await download.path()))).toBe(hashOf(bytes));

  for (const [name, page] of [["host", host] as const, ["client", guest] as const]) {
    for (const [size, width, height] of [["desktop", 1280, 800] as const, ["phone", 390, 844] as const]) {
      await page.setViewportSize({ width, height });
      await expectNoFinding(page, `chat ${name} ${size}`);
      await page.screenshot({ path: join(test.info().outputDir, `chat-${name}-${size}.png`) });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await guest.keyboard.press("Escape");
  await expect(guest.getByRole("log")).toBeHidden();
  await expect(guest.getByRole("button", { name: "Chat", exact: true })).toBeFocused();

  const looks = [WORDS.host, first, second, NAME, bytes.subarray(1_000, 1_032)].map((each) =>
    Buffer.from(each),
  );
  const places = {
    database: readdirSync(product.data).map((file) => readFileSync(join(product.data, file))),
    log: [Buffer.from(product.log())],
    "the therapist's wire": wires[0] ?? [],
    "the client's wire": wires[1] ?? [],
  };
  for (const [where, all] of Object.entries(places))
    expect(
      all.some((each) => looks.some((look) => each.includes(look))),
      where,
    ).toBe(false);
  expect(wires[1]?.length).toBeGreaterThan(4);

  expect(await remains(host)).toContain(WORDS.host);
  await host.getByRole("button", { name: "Auflegen" }).click();
  await expect(guest.getByTestId("quiet")).toHaveAttribute("data-code", "ended");
  for (const page of [host, guest]) {
    const left = await remains(page);
    for (const word of [WORDS.host, first, second, NAME]) expect(left).not.toContain(word);
  }
});
