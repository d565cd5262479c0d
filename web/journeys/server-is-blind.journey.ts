/** [R7, R9, R12] What the server and the network got to see of a whole call: no secret, no name, no foreign host. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { files, filesGroup, opensEntry, opensKartei, readsLink } from "./kartei.ts";
import { entersRoom, joinsByCode, joinsByLink, meets, registers, startsCall } from "./people.ts";
import { expectMovingPicture } from "./senses.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect, test } from "./stage.ts";

/** Every byte that this page sends or gets by HTTP or WebSocket. */
function tap(page: Page): Buffer[] {
  const seen: Buffer[] = [];
  page.on("request", (request) => {
    seen.push(
      Buffer.from(request.url()),
      request.postDataBuffer() ?? Buffer.alloc(0),
      Buffer.from(JSON.stringify(request.headers())),
    );
  });
  page.on("websocket", (socket) => {
    const keep = ({ payload }: { payload: string | Buffer }) => void seen.push(Buffer.from(payload));
    socket.on("framesent", keep);
    socket.on("framereceived", keep);
  });
  return seen;
}

/** The ways a secret could be written. */
function forms(secret: Uint8Array | string): Buffer[] {
  const bytes = Buffer.from(secret as Uint8Array);
  return [
    bytes,
    ...(["hex", "base64", "base64url"] as const).map((way) =>
      Buffer.from(bytes.toString(way).replace(/=+$/, "")),
    ),
  ];
}

test("server-never-sees-the-secret: [R7][R9] not in the database, not in the log, not on the wire", async ({
  product,
  therapist,
  client,
}) => {
  const wires = [tap(therapist.page), tap(client.page)];
  const { passphrase, recoveryKey } = await registers(therapist.page, "praxis-blind");
  const link = await startsCall(therapist.page, "Marille-4711");
  await entersRoom(therapist.page, "Marille-4711");
  await client.page.goto(link);
  await client.page.getByLabel("Ihr Name").fill("Zwetschkenröster");
  await client.page.getByRole("button", { name: "Beitreten" }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await expect(therapist.page.getByText("Zwetschkenröster", { exact: false })).toBeVisible();

  const fragment = link.slice(link.indexOf("#") + 2);
  const secret = Buffer.from(fragment, "base64url").subarray(0, 16);
  const secrets = {
    "link secret": forms(secret),
    "link fragment": [Buffer.from(fragment)],
    "client ID": forms("Marille-4711"),
    name: forms("Zwetschkenröster"),
    passphrase: forms(passphrase),
    "recovery key": [...forms(recoveryKey), Buffer.from(recoveryKey.replaceAll(/[\s-]/g, ""))],
    "SDP and candidates": [Buffer.from("a=fingerprint"), Buffer.from("candidate:")],
  };
  const places = {
    database: readdirSync(product.data).map((name) => readFileSync(join(product.data, name))),
    log: [Buffer.from(product.log())],
    "the therapist's wire": wires[0] ?? [],
    "the client's wire": wires[1] ?? [],
  };
  for (const [what, looks] of Object.entries(secrets)) {
    for (const [where, all] of Object.entries(places)) {
      expect(
        all.some((bytes) => looks.some((look) => bytes.includes(look))),
        `${what} in ${where}`,
      ).toBe(false);
    }
  }
  // the tap and the search do find what is there
  expect(
    places["the client's wire"].some((bytes) => bytes.includes("/signal") || bytes.includes("hello")),
  ).toBe(true);
  expect(places.database.some((bytes) => bytes.includes("praxis-blind"))).toBe(true);
});

test("server-never-sees-the-Kartei: no name, no note, no group, no last call", async ({
  product,
  therapist,
  client,
}) => {
  const wires = [tap(therapist.page), tap(client.page)];
  const { page } = therapist;
  await registers(page, "praxis-blind-3");
  await opensKartei(page);
  await files(page, "Birne-4711", "Quittengelee");
  const link = await readsLink(page);
  await page.getByLabel("Notiz").fill("Nussschnecke am Dienstag");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByText("Gespeichert", { exact: true })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await files(page, "Apfel-4711");
  await page.getByRole("navigation").getByRole("link", { name: "Kartei" }).click();
  await filesGroup(page, "Strudelrunde", ["Quittengelee", "Apfel-4711"]);
  await page.getByRole("link", { name: "Quittengelee" }).click();
  await page.getByRole("button", { name: "Anruf mit Quittengelee starten" }).click();
  await page.waitForURL(/\/call\//);
  await joinsByLink(client.page, link);
  await expectMovingPicture(page, "remote", CLIENT);
  await page.getByRole("button", { name: "Auflegen" }).click();
  await page.getByRole("link", { name: "Zur Übersicht" }).click();
  await opensKartei(page);
  await opensEntry(page, "Quittengelee");
  await expect(page.getByTestId("last-calls").getByRole("listitem")).toHaveCount(1);
  const looks = [
    ...["Birne-4711", "B1RNE4711", "Quittengelee", "Nussschnecke", "Strudelrunde", "Apfel-4711"].flatMap(
      forms,
    ),
    Buffer.from(link.slice(link.indexOf("#") + 2)),
  ];
  const kept = readdirSync(product.data).map((name) => readFileSync(join(product.data, name)));
  const seen = [...kept, Buffer.from(product.log()), ...wires.flat()];
  expect(seen.filter((bytes) => looks.some((look) => bytes.includes(look)))).toEqual([]);
});

test("server-never-sees-the-code, nor the link that is handed over", async ({
  product,
  therapist,
  client,
}) => {
  const wires = [tap(therapist.page), tap(client.page)];
  await registers(therapist.page, "praxis-blind-2");
  const link = await startsCall(therapist.page, "Quitte-4711");
  await entersRoom(therapist.page, "Quitte-4711");
  await joinsByCode(client.page, "praxis-blind-2", "quitte 4711");
  await therapist.page.getByRole("button", { name: "Einlassen", exact: true }).click();
  await expectMovingPicture(client.page, "remote", THERAPIST);
  await therapist.page.getByRole("button", { name: "Link übergeben" }).click();
  await expect(client.page.getByTestId("own-link")).toHaveText(link);
  const looks = [
    ...["Quitte-4711", "quitte 4711", "QU1TTE4711"].flatMap(forms),
    Buffer.from(link.slice(link.indexOf("#") + 2)),
  ];
  const files = readdirSync(product.data).map((name) => readFileSync(join(product.data, name)));
  const seen = [...files, Buffer.from(product.log()), ...wires.flat()];
  expect(seen.filter((bytes) => looks.some((look) => bytes.includes(look)))).toEqual([]);
  // whose practice it is, the server does learn
  expect(wires[1]?.some((bytes) => bytes.includes("helloCode") && bytes.includes("praxis-blind-2"))).toBe(
    true,
  );
});

test("no-foreign-request: [R12] pages, sockets and ICE know no host but ours", async ({
  product,
  therapist,
  client,
}) => {
  for (const { page } of [therapist, client]) {
    await page.addInitScript(() => {
      const Real = RTCPeerConnection;
      const asked: string[] = [];
      Object.assign(window, { askedIce: asked });
      const note = (configuration?: RTCConfiguration) => {
        for (const { urls } of configuration?.iceServers ?? []) asked.push(...[urls].flat());
      };
      window.RTCPeerConnection = class extends Real {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          note(configuration);
        }
        override setConfiguration(configuration?: RTCConfiguration) {
          super.setConfiguration(configuration);
          note(configuration);
        }
      };
    });
  }
  const sockets: string[] = [];
  for (const { page } of [therapist, client])
    page.on("websocket", (socket) => sockets.push(new URL(socket.url()).host));
  await meets(therapist.page, client.page, "praxis-allein");
  await expectMovingPicture(therapist.page, "remote", CLIENT);
  const { host, hostname } = new URL(product.origin);
  expect(new Set(sockets)).toEqual(new Set([host]));
  for (const { page } of [therapist, client]) {
    const asked = await page.evaluate(() => (window as unknown as { askedIce: string[] }).askedIce);
    expect(asked.length).toBeGreaterThan(0);
    for (const url of asked) expect(url).toMatch(new RegExp(`^(stun|turns?):${hostname}(:|$)`));
  }
  for (const path of ["/", "/register", "/login", "/imprint", "/privacy", "/terms"]) {
    const answer = await therapist.page.goto(path);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    // the relay's ports at our own host, and nobody else's
    const own = new RegExp(`https://${hostname}:\\d+`, "g");
    expect(policy.replaceAll(own, "")).not.toMatch(/https?:|wss?:|\*/);
  }
});
