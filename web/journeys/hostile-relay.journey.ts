/** A relay of bad faith between real browsers (TP1 §3.3): whatever it invents, repeats, relabels or says of people, nothing of it is seen
 * or heard, all of it is counted, and what is real goes on. */
import { encode } from "@msgpack/msgpack";
import type { Page } from "@playwright/test";
import { HOST_SLOT } from "../../wasm/roster.ts";
import { FRAME_MAX_BYTES, readHeader, STREAM, writeHeader } from "../../wire/frame.ts";
import { isControl } from "../../wire/relay.ts";
import { received } from "./counted.ts";
import { expectHeard, expectPerson, tileOf } from "./group.ts";
import { ADA, groupWithInsider, INSIDER } from "./middle/group.ts";
import { type Carried, type Middle, test } from "./middle/middle.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect } from "./stage.ts";

/** In no roster. */
const GHOST = 7;
const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));

function changed(item: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  const copy = Uint8Array.from(item);
  copy[at] = change(copy[at] ?? 0) & 255;
  return copy;
}

/** What a relay could make of a sealed frame without a key. */
const forgeriesOf = (item: Uint8Array): Uint8Array[] => [
  item,
  changed(item, 1, (place) => (GHOST << 4) | (place & 15)),
  changed(item, 1, (place) => (INSIDER << 4) | (place & 15)),
  changed(item, 1, (place) => (place & 0xf0) | ((place + 1) & 3)),
  changed(item, 0, (first) => first ^ 0x08),
  changed(item, 0, (first) => first | 0x04),
  changed(item, 2, (rv) => rv - 1),
  changed(item, 7, (ctr) => ctr + 1),
  changed(item, item.length - 1, (tag) => tag ^ 1),
];

/** Hands every frame for Ada on with all its forgeries, and of two sounds the later one first. */
function lieTo(slot: number): (carried: Carried) => readonly Uint8Array[] {
  let held: Uint8Array[] = [];
  return ({ slot: to, way, towards, item }) => {
    const header = isControl(item) ? null : readHeader(item);
    if (to !== slot || way !== "down" || towards !== "page" || header === null) return [item];
    const told = [item, ...forgeriesOf(item)];
    if (header.stream !== STREAM.microphone) return told;
    const before = held;
    held = header.ctr % 2 === 0 ? told : [];
    return header.ctr % 2 === 0 ? before : [...told, ...before];
  };
}

/** Ada's page shows who is in by the sealed roster, and shows and plays nobody but the therapist. */
async function expectOnlyTherapist(page: Page): Promise<void> {
  await expect(page.locator("[data-testid=tile]")).toHaveCount(3);
  await expect(page.locator(tileOf(INSIDER))).toHaveCount(0);
  const { pictures, sound } = await received(page);
  expect([...pictures, ...sound].map(({ slot }) => slot)).toEqual([HOST_SLOT, HOST_SLOT]);
}

async function expectStillPainted(page: Page): Promise<void> {
  const painted = async () => (await received(page)).pictures[0]?.painted ?? 0;
  const before = await painted();
  await expect.poll(painted).toBeGreaterThan(before + 20);
  await expectPerson(page, HOST_SLOT, THERAPIST);
  await expectHeard(page, THERAPIST);
}

test("hostile-relay: ghosts, repeats, relabelled and reordered frames, a frame of 10 MB and 20,000 bad ones: nothing seen, nothing heard, all counted", async ({
  middle,
  product,
  therapist,
  client,
}) => {
  // half a minute on an idle machine
  test.slow();
  const insider = await groupWithInsider([therapist, client], {
    user: "praxis-boese-weiche",
    origin: product.origin,
  });
  await expectHeard(client.page, THERAPIST);
  middle.lieInMedia = lieTo(ADA);
  const refused = async () => (await received(client.page)).refused;
  const all = ["epoch", "header", "replay", "seal", "slot"] as const;
  const leastOf = (counts: Readonly<Record<string, number>>) =>
    Math.min(...all.map((why) => counts[why] ?? 0));
  await expect.poll(async () => leastOf(await refused())).toBeGreaterThan(200);
  await expectStillPainted(client.page);
  await expectOnlyTherapist(client.page);
  middle.lieInMedia = null;

  // what was still on its way is counted first
  let before = await refused();
  await expect
    .poll(async () => {
      const last = before;
      before = await refused();
      return all.every((why) => before[why] === last[why]);
    })
    .toBe(true);
  const huge = new Uint8Array(10 * 1024 * 1024);
  const large = new Uint8Array(FRAME_MAX_BYTES);
  const header = { slot: HOST_SLOT, stream: STREAM.camera0, rv: insider.epochs.at(-1)?.rv ?? 0 };
  const flags = { key: true, discardable: false, temporal: 0, spatial: 0 };
  for (const frame of [huge, large])
    frame.set(writeHeader({ ...header, rv: header.rv & 255, kind: "video", ...flags, ctr: 1_000_000 }));
  middle.sayMedia(ADA, huge, "b");
  middle.sayMedia(ADA, large, "b");
  burst(middle, header.rv & 255);
  // one open each, and the window has moved for none: what is real still plays
  await expect.poll(async () => ((await refused()).seal ?? 0) - (before.seal ?? 0)).toBeGreaterThan(20_000);
  expect((await refused()).header).toBe((before.header ?? 0) + 1);
  await expectStillPainted(client.page);
  await expectOnlyTherapist(client.page);
  await expectPerson(therapist.page, ADA, CLIENT);
  insider.close();
});

/** Bad frames that say to be the therapist's sound, far ahead of it. */
function burst(middle: Middle, rv: number): void {
  const place = { kind: "audio", slot: HOST_SLOT, stream: STREAM.microphone, rv } as const;
  const flags = { key: false, discardable: false, temporal: 0, spatial: 0 };
  for (let i = 0; i < 20_000; i++) {
    const frame = random(120);
    frame.set(writeHeader({ ...place, ...flags, ctr: 2_000_000 + i }));
    middle.sayMedia(ADA, frame);
  }
}

test("hostile-relay: said in the clear, people are not renamed, not muted, and have not left", async ({
  middle,
  product,
  therapist,
  client,
}) => {
  const insider = await groupWithInsider([therapist, client], {
    user: "praxis-boese-worte",
    origin: product.origin,
  });
  const known = insider.epochs.length;
  const [host, ada] = [middle.peerOf(HOST_SLOT), middle.peerOf(ADA)];
  expect([host, ada].map((peer) => typeof peer)).toEqual([typeof host, typeof host]);
  const shows = { mic: false, cam: false, screen: false, hand: true };
  const table = [HOST_SLOT, ADA, INSIDER, GHOST].map((slot) => ({ slot, ctr: null, shows }));
  const roster = table.map(({ slot }) => ({ slot, pid: random(16), name: "Fremdling" }));
  const epoch = { csid: random(16), rv: 1_000, secret: random(32), roster };
  let n = 9_000;
  const relay = (from: unknown, said: object) => ({
    t: "relay",
    from,
    n: n++,
    ack: 0,
    data: Uint8Array.from([2, ...encode(said)]),
  });
  const toAda = [
    { t: "epoch", ...epoch },
    { t: "hb", echo: 1, rv: 1_000, table },
    { t: "mute" },
    { t: "bye", reason: "ended" },
  ];
  const toHost = [
    { t: "hb", n: 9_000, rv: 1, ctr: null, shows },
    { t: "join", known: null, label: "Fremdling", hide: false },
    { t: "leave" },
  ];
  for (const said of toAda) middle.saySignal(ADA, relay(host, said));
  for (const said of toHost) middle.saySignal(HOST_SLOT, relay(ada, said));
  for (const state of ["away", "gone"]) {
    middle.saySignal(ADA, { t: "peer", peer: host, state });
    middle.saySignal(HOST_SLOT, { t: "peer", peer: ada, state });
  }
  // longer than the therapist's page gives whoever is said to have left
  const from = middle.sent(ADA).filter(({ item }) => ((item[1] ?? 0) & 15) === STREAM.microphone).length;
  await expect
    .poll(() => middle.sent(ADA).filter(({ item }) => ((item[1] ?? 0) & 15) === STREAM.microphone).length)
    .toBeGreaterThan(from + 400);
  for (const { page } of [therapist, client]) {
    await expect(page.locator("[data-testid=tile]")).toHaveCount(3);
    await expect(page.getByText("Fremdling")).toHaveCount(0);
    await expect(page.getByText("Hand gehoben")).toHaveCount(0);
  }
  await expect(client.page.locator(`[data-slot='${HOST_SLOT}']`)).not.toContainText("Mikrofon aus");
  await expect(therapist.page.locator(`[data-slot='${ADA}']`)).toContainText("M-1");
  await expect(therapist.page.locator(`[data-slot='${ADA}']`)).not.toContainText("Mikrofon aus");
  await expect(client.page.getByRole("button", { name: "Mikrofon ausschalten" })).toBeVisible();
  await expectPerson(client.page, HOST_SLOT, THERAPIST);
  await expectPerson(therapist.page, ADA, CLIENT);
  await expectHeard(client.page, THERAPIST);
  // the same handshakes, the same epoch
  expect(insider.epochs.length).toBe(known);
  insider.close();
});
