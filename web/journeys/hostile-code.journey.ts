/** What a lying server gains at somebody who comes by code (TP1 §2.3, §3.3, A4): guesses, but few and only with a person's press; with the
 * code itself all of it, but not unseen where the four words are compared. */
import { decode, encode } from "@msgpack/msgpack";
import type { Page } from "@playwright/test";
import { CodeAnswer } from "../../wasm/code-answer.ts";
import { Identity } from "../../wasm/identity.ts";
import { ready } from "../../wasm/sodium.ts";
import type { NormalId, UserName } from "../../wire/names.ts";
import { Liar } from "./liar.ts";
import { entersRoom, joinsByCode, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

async function wordsOf(page: Page): Promise<string[]> {
  await page.getByRole("button", { name: "Vier Wörter" }).click();
  const words = page.getByTestId("words").getByRole("listitem");
  await expect(words).toHaveCount(4);
  return words.allTextContents();
}

test("hostile-code: a server that knows the code hears and sees all, and the four words differ on the two screens", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-mitte");
  await startsCall(therapist.page, "K-4711");
  await entersRoom(therapist.page, "K-4711");
  const liar = await Liar.at(client.page, "praxis-mitte", "K4711");
  await joinsByCode(client.page, "praxis-mitte", "K-4711");
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  // it really sat between: it read what was sealed, both ways
  expect(liar.read).toContain("join");
  expect(liar.read).toContain("admit");
  expect(liar.read.filter((t) => t === "sdp")).toHaveLength(2);
  const here = await wordsOf(therapist.page);
  expect(await wordsOf(client.page)).not.toEqual(here);
  for (const { page } of [therapist, client])
    await expect(page.getByTestId("trust")).toHaveText("neues Gerät: bitte vergleichen");
  await client.page.getByRole("button", { name: "Stimmt nicht" }).click();
  for (const { page } of [therapist, client])
    await expect(page.getByRole("alert").filter({ hasText: "Wörter stimmen nicht überein" })).toBeVisible();
});

test("hostile-code: a device that came honestly before is “new” where somebody sits between, and is asked for", async ({
  therapist,
  client,
}) => {
  await registers(therapist.page, "praxis-mitte-2");
  await startsCall(therapist.page, "K-4711");
  await entersRoom(therapist.page, "K-4711");
  await joinsByCode(client.page, "praxis-mitte-2", "K-4711");
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  await client.page.getByRole("button", { name: "Auflegen" }).click();
  await Liar.at(client.page, "praxis-mitte-2", "K4711");
  await client.page.goto("/connect");
  await joinsByCode(client.page, "praxis-mitte-2", "K-4711");
  await expect(client.page.getByTestId("quiet")).toHaveAttribute("data-code", "waiting");
  await expect(therapist.page.getByText("Mit dem Zugangs-Code, von einem neuen Gerät.")).toBeVisible();
});

test("hostile-code: posing as the therapist it gets one proof for each press, three in all, whatever it tells the page", async ({
  therapist,
  client,
}) => {
  await ready();
  const identity = new Identity(crypto.getRandomValues(new Uint8Array(32)));
  const user = "praxis-raten" as UserName;
  /** Sixteen guesses, none of which is right. */
  const codes = Array.from({ length: 16 }, (_, i) => ({ code: `K${1_000 + i}` as NormalId, ref: i }));
  let proofs = 0;
  // the answers come from the liar: it knows each M1, and opens the door anew as often as it likes
  await client.page.routeWebSocket(/\/signal$/, (socket) => {
    const server = socket.connectToServer();
    let host = "0".repeat(32);
    const tell = (message: object) => socket.send(Buffer.from(encode(message)));
    server.onMessage((bytes) => {
      const message = decode(Buffer.from(bytes as Buffer)) as { t: string; host?: string | null };
      if (message.t === "door" && message.host) host = message.host;
      if (message.t !== "relay") socket.send(bytes);
    });
    let n = 0;
    socket.onMessage((bytes) => {
      const message = decode(Buffer.from(bytes as Buffer)) as { t: string; data?: Uint8Array };
      if (message.t !== "relay" || !message.data) return void server.send(bytes);
      if (message.data[0] === 0) {
        const answer = new CodeAnswer({ identity, user, codes });
        const m2 = answer.onM1(Uint8Array.from(message.data.subarray(1)));
        n += 1;
        tell({ t: "relay", from: host, n, ack: 0, data: Uint8Array.from([1, ...m2]) });
        return;
      }
      proofs += 1;
      // once it has a proof it tries to get another: a new host, the door shut and open, "please knock again"
      for (const said of [
        { state: "closed", host: null },
        { state: "open", host: "f".repeat(32) },
        { state: "open", host },
      ])
        tell({ t: "door", ...said, planned: null });
      n += 1;
      tell({ t: "relay", from: host, n, ack: 0, data: Uint8Array.from([3]) });
    });
  });
  await registers(therapist.page, user);
  await startsCall(therapist.page, "K-4711");
  const said = client.page.getByRole("alert");
  for (const [press, sentence] of [
    "noch 2 Versuche",
    "noch einen Versuch",
    "Der nächste Versuch geht um",
  ].entries()) {
    await joinsByCode(client.page, user, "K-4711");
    await expect(said).toContainText(sentence);
    expect(proofs).toBe(press + 1);
    await client.page.reload();
  }
  await joinsByCode(client.page, user, "K-4711");
  await expect(said).toContainText("Der nächste Versuch geht um");
  expect(proofs).toBe(3);
});
