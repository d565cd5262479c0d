/** The live recorder (TP1 §3.5): all that a server can keep of a group call between real browsers. With E and the roster, which the
 * therapist's page hands to everybody who is in, an independent reader on another crypto library opens it; with anything less, nobody. */
import { type Epoch, HOST_SLOT } from "../../wasm/roster.ts";
import { FrameReader, type ReadFrame } from "../../wasm/testing/reader.ts";
import { kindOf, STREAM } from "../../wire/frame.ts";
import { isControl } from "../../wire/relay.ts";
import { expectPerson } from "./group.ts";
import { ADA, groupWithInsider, takesInsiderOut } from "./middle/group.ts";
import { type Carried, type Middle, test } from "./middle/middle.ts";
import { CLIENT, THERAPIST } from "./signs.ts";
import { expect } from "./stage.ts";

const CHAT = "Marillenknödel gibt es am Mittwoch";
const NAME = "Zwetschkenröster";

const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
const fresh = (epoch: Epoch) => ({
  ...epoch,
  roster: epoch.roster.map((one) => ({ ...one, pid: random(16) })),
});

/** What of the recording these epochs open. */
function readable(middle: Middle, epochs: readonly Epoch[], from = 0): ReadFrame[] {
  const reader = new FrameReader(epochs);
  return middle.sent().flatMap(({ n, item }) => (n < from ? [] : (reader.read(item) ?? [])));
}

/** Who sent which kind of frames, each once. */
const kindsOf = (frames: readonly ReadFrame[]) =>
  [...new Set(frames.map(({ slot, stream }) => `${slot} ${kindOf(stream)}`))].sort();

/** How many were carried from there on. */
const count = (frames: readonly Carried[], from: number) => frames.filter(({ n }) => n >= from).length;

/** The frames of each stream of each sender, in their order. */
function byStream(frames: readonly Carried[]): Carried[][] {
  const places = [...new Set(frames.map(({ item }) => item[1]))];
  return places.map((place) => frames.filter(({ item }) => item[1] === place));
}

/** The chunk behind `u8 metaLen ‖ meta`. */
const chunkOf = ({ plain }: ReadFrame) => Buffer.from(plain.subarray(1 + (plain[0] ?? 0)));

test("live-recorder: what the server keeps of a group opens with E and the roster, and with nothing else; who was sent out opens nothing more", async ({
  middle,
  product,
  therapist,
  client,
}) => {
  // a quarter of a minute on an idle machine
  test.slow();
  const insider = await groupWithInsider([therapist, client], {
    user: "praxis-mitschnitt",
    origin: product.origin,
    name: NAME,
  });
  for (const { page } of [client, therapist]) {
    await page.getByRole("button", { name: /^Chat/ }).click();
    await page.getByLabel("Nachricht", { exact: true }).fill(CHAT);
    await page.keyboard.press("Enter");
  }
  const { epochs } = insider;
  const everything = [HOST_SLOT, ADA].flatMap((slot) => [`${slot} audio`, `${slot} data`, `${slot} video`]);
  await expect.poll(() => kindsOf(readable(middle, epochs))).toEqual(everything);
  await expect.poll(() => readable(middle, epochs).length).toBeGreaterThan(300);

  // a key frame of VP8 says so itself
  const isKey = (one: ReadFrame) =>
    chunkOf(one)
      .subarray(3, 6)
      .equals(Buffer.from([0x9d, 0x01, 0x2a]));
  const seen = () => readable(middle, epochs).filter(({ stream }) => kindOf(stream) === "video");
  await expect.poll(() => seen().some(isKey)).toBe(true);

  // every frame sealed under one of its epochs opens, and says what was said; what was sealed before it came in does not
  const opened = readable(middle, epochs);
  const bytes = new Set(epochs.map(({ rv }) => rv & 255));
  const sent = middle.sent();
  expect(opened.length).toBe(sent.filter(({ item }) => bytes.has(item[2] ?? -1)).length);
  expect(sent.filter(({ item }) => !bytes.has(item[2] ?? -1)).length).toBeGreaterThan(50);
  const said = opened.filter(({ stream }) => stream === STREAM.data);
  expect(said.filter(({ plain }) => Buffer.from(plain).includes(CHAT)).map(({ slot }) => slot)).toEqual(
    expect.arrayContaining([HOST_SLOT, ADA]),
  );
  const pictures = opened.filter(({ stream }) => kindOf(stream) === "video");
  const sounds = opened.filter(({ stream }) => stream === STREAM.microphone);
  expect(sounds.every(({ plain }) => plain[0] === 12 && [93, 53, 103].includes(plain.length))).toBe(true);

  // without E, with another one, with the people of another call: nothing
  const zeros = epochs.map((epoch) => ({ ...epoch, secret: new Uint8Array(32) }));
  const others = epochs.map((epoch) => ({ ...epoch, secret: random(32) }));
  expect([zeros, others, epochs.map(fresh)].map((wrong) => readable(middle, wrong).length)).toEqual([
    0, 0, 0,
  ]);

  // the server hands on what it got, and no other frame
  const up = new Set(sent.map(({ item }) => item.toString("latin1")));
  const down = middle.carried.filter(({ towards, item }) => towards === "page" && !isControl(item));
  expect(down.length).toBeGreaterThan(100);
  expect(down.every(({ item }) => up.has(item.toString("latin1")))).toBe(true);

  // nothing of the plain lies in what it kept
  const kept = Buffer.concat([...middle.carried.map(({ item }) => item), ...middle.signalled]);
  const chunks = [...pictures, ...sounds].slice(-400).map(chunkOf);
  const looks = [CHAT, NAME, "M-1"].map((word) => Buffer.from(word));
  looks.push(...chunks.filter(({ length }) => length >= 40).map((chunk) => chunk.subarray(12, 36)));
  expect(looks.length).toBeGreaterThan(100);
  expect(looks.filter((look) => kept.includes(look))).toEqual([]);
  expect(kept.includes(middle.sent()[0]?.item.subarray(20, 44) ?? "")).toBe(true);

  // sent out, it keeps all E it has, and the server gives it every byte
  await therapist.page.keyboard.press("Escape");
  await therapist.page.keyboard.press("Escape");
  await takesInsiderOut(therapist.page);
  await expect.poll(() => insider.bye).toBe("removed");
  const newest = epochs.at(-1)?.rv ?? -1;
  const next = (slot: number) => middle.sent(slot).find(({ item }) => item[2] === ((newest + 1) & 255))?.n;
  for (const slot of [HOST_SLOT, ADA]) await expect.poll(() => next(slot)).toBeGreaterThan(0);
  await expectPerson(client.page, HOST_SLOT, THERAPIST);
  await expectPerson(therapist.page, ADA, CLIENT);
  const reader = new FrameReader(epochs);
  const seenAt = middle.carried.length;
  await expect
    .poll(() => Math.min(...[HOST_SLOT, ADA].map((slot) => count(middle.sent(slot), seenAt))))
    .toBeGreaterThan(50);
  for (const frames of byStream(middle.sent())) {
    if (count(frames, seenAt) === 0) continue;
    // sound and pictures have a lane each, so only within a stream is the order that of sealing
    const switchedAt = frames.findIndex(({ item }) => item[2] === ((newest + 1) & 255));
    expect(switchedAt).toBeGreaterThanOrEqual(0);
    expect(frames.slice(switchedAt).filter(({ item }) => reader.read(item) !== null)).toEqual([]);
  }
  expect(epochs.at(-1)?.rv).toBe(newest);
  insider.close();
});
