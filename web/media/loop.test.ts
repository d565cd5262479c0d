/** The way out and the way in joined end to end, with the real sealer and opener, codecs that fail as real ones do, and the hands of the
 * clock in the test's own (A3, A6, A7, B3, media.md 3, 9, 12). */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { Opener } from "../../wasm/opener.ts";
import { type Epoch, keysOfEpoch } from "../../wasm/roster.ts";
import { Sealer } from "../../wasm/sealer.ts";
import { randomBytes, ready } from "../../wasm/sodium.ts";
import { type Bytes, utf8 } from "../../wire/bytes.ts";
import { readHeader } from "../../wire/frame.ts";
import { decodeControl, encodeControl, type FromRelay, isControl, toRelay } from "../../wire/relay.ts";
import { HandClock } from "../call/testing/hand-clock.ts";
import type { FromRx, FromTx } from "./messages.ts";
import { Rx } from "./rx.ts";
import { codecs, FakeFrame, removeFakeCodecs, useFakeCodecs } from "./testing/fake-codecs.ts";
import { LoopLink } from "./testing/loop-link.ts";
import { AWAKE_MS, Tx } from "./tx.ts";

await ready();
beforeEach(useFakeCodecs);
afterAll(removeFakeCodecs);

/** One who sends in slot 1 and one who receives in slot 0. `slotOne` may be somebody new later. */
function pair(kind: "quic" | "socket" = "socket") {
  const clock = new HandClock(1_000);
  const csid = randomBytes(16);
  const host = randomBytes(16);
  const pid = randomBytes(16);
  let rv = 0;
  const epochOf = (guest: Bytes): Epoch => {
    rv += 1;
    const roster = [host, guest].map((one, slot) => ({ slot, pid: one, name: "" }));
    return { csid, rv, secret: randomBytes(32), roster };
  };
  const [up, down] = [new LoopLink(kind), new LoopLink(kind)];
  const line = {
    link: up as LoopLink | null,
    leaveQuic: () => said.push("leave"),
    renew: () => said.push("renew"),
  };
  const said: string[] = [];
  const fromTx: FromTx[] = [];
  const fromRx: FromRx[] = [];
  const steps: number[] = [];
  const sender = (id: Bytes, own: Epoch) => {
    const sealer = new Sealer({ pid: id, slot: 1, streams: [0, 1, 2, 3, 4] });
    const made = new Tx({
      clock,
      sealer,
      slot: 1,
      aheadMs: 0,
      line: line as never,
      tell: (message) => fromTx.push(message),
      soundStep: (step) => steps.push(step),
      soundStats: () => null,
    });
    sealer.use(keysOfEpoch(own, id));
    made.keyed();
    made.opened(up);
    return made;
  };
  const rx = new Rx({
    clock,
    opener: new Opener(),
    line: { link: down, leaveQuic: () => {}, renew: () => said.push("renew") } as never,
    tell: (m) => fromRx.push(m),
  });
  const first = epochOf(pid);
  rx.install(keysOfEpoch(first, host));
  const tx = sender(pid, first);
  up.onFrame = (frame) => rx.item(frame);
  let acked = 0;
  /** What a server does with acks: it gives them to the sender. */
  const ack = () => {
    rx.tick();
    const items = down.sent.slice(acked).flatMap((one) => one.items);
    acked = down.sent.length;
    for (const item of items) if (decodeControl(toRelay, item)?.t === "ack") tx.item(item);
  };
  const tell = (message: FromRelay) => tx.item(encodeControl(message));
  const want = (...streams: number[]) =>
    tell({ t: "want", streams: streams.map((stream) => ({ stream, kbps: 3_000 })) });
  /** The camera gives `count` frames at 30 a second. */
  const film = (count: number, by = tx) => {
    for (let n = 0; n < count; n++) {
      clock.pass(1_000 / 30);
      const frame = new FakeFrame({ timestamp: clock.now() * 1_000, displayWidth: 1280, displayHeight: 720 });
      by.frame("camera", frame as unknown as VideoFrame);
      ack();
    }
  };
  const paint = (screen = false) => {
    const painted: { w: number; h: number }[] = [];
    const writable = new WritableStream<VideoFrame>({
      write(frame) {
        painted.push({ w: frame.displayWidth, h: frame.displayHeight });
        frame.close();
      },
    });
    rx.surface(1, screen, { by: "track", writable });
    return painted;
  };
  const asked = () => {
    const controls = down.sent.flatMap(({ items }) => items).filter(isControl);
    return controls.map((item) => decodeControl(toRelay, item)).filter((message) => message?.t === "key");
  };
  const frames = () => up.sent.flatMap(({ items }) => items).filter((item) => !isControl(item));
  rx.look([{ slot: 1, screen: false, height: 360, rank: 0 }]);
  tx.allow(true);
  // sound alone, until the line is known to be good
  for (let n = 0; n < 250; n++) {
    clock.pass(20);
    tx.sound(utf8("opus"));
    ack();
  }
  up.sent.length = 0;
  down.sent.length = 0;
  acked = 0;
  return {
    clock,
    tx,
    rx,
    up,
    down,
    line,
    said,
    fromTx,
    fromRx,
    steps,
    host,
    epochOf,
    sender,
    want,
    tell,
    film,
    paint,
    asked,
    frames,
    ack,
  };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const temporalOf = (frame: Uint8Array) => readHeader(frame)?.temporal;

describe("[B3, media 3] what is encoded", () => {
  test("nothing before somebody wants it; then what is wanted, each at its size, a key frame first", () => {
    const { film, want, frames } = pair();
    film(5);
    expect([frames().length, codecs.encoders.size]).toEqual([0, 0]);
    want(1, 2);
    film(30);
    const headers = frames().map((frame) => readHeader(frame));
    const of = (stream: number) => headers.filter((header) => header?.stream === stream);
    expect(of(1).length).toBe(15);
    expect(of(2).length).toBe(30);
    expect([of(1)[0]?.key, of(2)[0]?.key, of(2)[1]?.key]).toEqual([true, true, false]);
    const sizes = [...codecs.encoders].map(({ configured }) => configured.at(-1)?.height);
    expect(sizes).toEqual([180, 360]);
  });
  test("what nobody wants any more frees its encoder", () => {
    const { film, want } = pair();
    want(1, 2);
    film(3);
    expect(codecs.encoders.size).toBe(2);
    want(1);
    expect(codecs.encoders.size).toBe(1);
  });
  test("every frame is closed, whatever becomes of it", async () => {
    const { film, want, paint, line } = pair();
    film(3);
    want(1, 2);
    film(10);
    paint();
    film(10);
    line.link = null;
    film(3);
    await settle();
    expect(codecs.openFrames).toBe(0);
  });
  test("a key frame on demand, several requests are one, and one every ten seconds by itself", () => {
    const { film, want, tell, frames } = pair();
    const keys = () => frames().filter((frame) => readHeader(frame)?.key).length;
    want(2);
    film(30);
    expect(keys()).toBe(1);
    tell({ t: "key", stream: 2 });
    tell({ t: "key", stream: 2 });
    film(30);
    expect(keys()).toBe(2);
    film(30 * 9 - 2);
    expect(keys()).toBe(2);
    film(32);
    expect(keys()).toBe(3);
  });
  test("an encoder that is behind costs frames, then the large layer", () => {
    const { film, want, tx } = pair();
    want(1, 2, 3);
    film(3);
    codecs.waiting = 3;
    film(6);
    codecs.waiting = 0;
    film(30);
    const [l0, l1, l2] = tx.stats().pictures;
    expect(l2?.skippedBusy).toBeGreaterThan(0);
    expect(l0?.encoded).toBeGreaterThan(10);
    expect(l1?.encoded).toBeGreaterThan(10);
    expect(l2?.encoded).toBe(3);
  });
  test("an encoder that dies is made anew, and begins with a key frame that decodes", () => {
    const { film, want, paint, rx } = pair();
    want(2);
    film(3);
    paint();
    for (const encoder of [...codecs.encoders]) encoder.fail();
    film(30);
    expect(rx.stats().pictures[0]).toMatchObject({ restarts: 0 });
    expect(rx.stats().pictures[0]?.decoded).toBeGreaterThan(15);
  });
});

describe("a shared screen", () => {
  /** One frame, and then nothing changes on it. */
  const share = ({ tx, clock }: ReturnType<typeof pair>) => {
    const picture = { timestamp: clock.now() * 1_000, displayWidth: 1920, displayHeight: 1080 };
    tx.frame("screen", new FakeFrame(picture) as unknown as VideoFrame);
  };
  const pass = ({ tx, clock, ack }: ReturnType<typeof pair>, ms: number) => {
    for (let at = 0; at < ms; at += 100) {
      clock.pass(100);
      tx.tick();
      ack();
    }
  };
  test("that stands still is said again each second, and at once to whoever waits for a key frame", () => {
    const given = pair();
    const screens = () => given.frames().filter((frame) => readHeader(frame)?.stream === 4);
    share(given);
    given.want(4);
    pass(given, 200);
    expect(screens().map((frame) => readHeader(frame)?.key)).toEqual([true]);
    pass(given, 2_000);
    expect(screens().length).toBe(3);
    given.tell({ t: "key", stream: 4 });
    pass(given, 200);
    expect(screens().map((frame) => readHeader(frame)?.key)).toEqual([true, false, false, true]);
  });
  test("is shown at its own place, and lets its last frame go when it ends", () => {
    const given = pair();
    given.want(4);
    share(given);
    expect(given.rx.stats().pictures[0]).toMatchObject({ screen: true, stream: 4, height: 1080 });
    expect(codecs.openFrames).toBe(2);
    given.paint(true);
    given.tx.changed("screen");
    pass(given, 3_000);
    expect(given.rx.stats().pictures[0]?.received).toBe(1);
  });
});

describe("[A3, A6] what is sealed", () => {
  test("nothing while it must not be sent; afterwards the picture begins with a key frame", () => {
    const { film, want, tx, frames } = pair();
    want(2);
    film(3);
    tx.allow(false);
    const before = frames().length;
    film(30);
    tx.sound(utf8("opus"));
    expect(frames().length).toBe(before);
    tx.allow(true);
    film(1);
    expect(readHeader(frames().at(-1) ?? new Uint8Array(0))?.key).toBe(true);
  });
  test("counters go on over epochs, and no frame is lost at the change", () => {
    const { film, want, paint, rx } = pair();
    want(2);
    film(1);
    paint();
    film(29);
    expect(rx.stats().pictures[0]).toMatchObject({ received: 30, decoded: 30, dropped: 0 });
  });
  test("somebody new in a slot begins with nothing, and the one before is not heard again", () => {
    const { film, want, rx, fromRx, epochOf, sender, host, up } = pair();
    want(2);
    film(10);
    const old = up.sent.at(-1)?.items[0] ?? new Uint8Array(0);
    const late: Bytes[] = [];
    up.onFrame = (frame) => late.push(frame);
    film(3);
    up.onFrame = (frame) => rx.item(frame);
    const pid = randomBytes(16);
    const next = epochOf(pid);
    rx.install(keysOfEpoch(next, host));
    expect(rx.stats().pictures).toEqual([]);
    expect(late.length).toBeGreaterThan(0);
    // under the key of the epoch before, which is kept for two seconds
    for (const frame of [old, ...late]) rx.item(frame.slice());
    expect(rx.stats().pictures).toEqual([]);
    expect(fromRx.filter(({ t }) => t === "need-surface").length).toBe(1);
    const tx = sender(pid, next);
    tx.allow(true);
    tx.item(encodeControl({ t: "want", streams: [{ stream: 2, kbps: 500 }] }));
    film(5, tx);
    expect(rx.stats().pictures[0]).toMatchObject({ decoded: 5 });
    expect(fromRx.filter(({ t }) => t === "need-surface").length).toBe(2);
  });
});

describe("[A6] what is missing", () => {
  test("frames that nobody needs may be dropped on the way: nothing is asked for", () => {
    const { film, want, up, rx, asked } = pair();
    want(2);
    up.isLost = (frame) => temporalOf(frame) === 1;
    film(30);
    expect(rx.stats().pictures[0]).toMatchObject({ decoded: 15, dropped: 0 });
    expect(asked()).toEqual([]);
  });
  test("one that is needed: no decoder fails, a key frame is asked for once a second, and mends it", () => {
    const { film, want, up, rx, asked, tell } = pair();
    want(2);
    film(4);
    let isHole = true;
    up.isLost = (frame) => {
      const hole = isHole && temporalOf(frame) === 0;
      if (hole) isHole = false;
      return hole;
    };
    film(20);
    expect(asked()).toEqual([{ t: "key", slot: 1, stream: 2 }]);
    film(20);
    expect(asked().length).toBe(2);
    const before = rx.stats().pictures[0]?.decoded ?? 0;
    expect(before).toBeLessThan(6);
    tell({ t: "key", stream: 2 });
    film(10);
    expect(rx.stats().pictures[0]).toMatchObject({ decoded: before + 10, restarts: 0 });
  });
  test("a decoder that falls silent is replaced within half a second, and a key frame asked for", () => {
    const { film, want, rx, asked, clock } = pair();
    want(2);
    film(5);
    codecs.isSilent = true;
    const from = clock.now();
    for (let n = 0; n < 40; n++) {
      film(1);
      rx.tick();
    }
    expect(rx.stats().pictures[0]?.restarts).toBeGreaterThan(0);
    expect(asked().length).toBeGreaterThan(0);
    expect(clock.now() - from).toBeLessThan(1_400);
  });
  test("nobody asks for a picture that is not shown", () => {
    const { film, want, up, rx, asked } = pair();
    want(2);
    film(4);
    rx.look([]);
    up.isLost = (frame) => temporalOf(frame) === 0;
    film(20);
    expect(asked()).toEqual([]);
  });
});

describe("[media 4] what is shown", () => {
  test("another layer takes over with its first decoded frame, without a hole", async () => {
    const { film, want, paint, rx } = pair();
    want(1);
    film(2);
    const painted = paint();
    film(10);
    want(1, 2);
    film(1);
    want(2);
    film(10);
    await settle();
    expect(rx.stats().pictures[0]).toMatchObject({ stream: 2, height: 360 });
    const heights = painted.map(({ h }) => h);
    expect([heights[0], heights.at(-1)]).toEqual([180, 360]);
    expect(codecs.decoders.size).toBe(1);
  });
  test("a layer whose first frame is decoded late does not take the next one's decoder away", () => {
    const { film, want, rx } = pair();
    want(1);
    codecs.delayed = [];
    film(1);
    want(1, 2);
    film(2);
    const late = codecs.delayed;
    codecs.delayed = null;
    for (const give of late) give();
    film(20);
    expect(rx.stats().pictures[0]).toMatchObject({ stream: 2, decoded: 22, keysAsked: 0 });
    expect(codecs.openFrames).toBe(1);
  });
  test("a layer whose beginning was lost is asked for again where nothing else comes", () => {
    const { film, want, up, rx, asked } = pair();
    want(1);
    film(10);
    let isHole = true;
    up.isLost = (frame) => isHole && readHeader(frame)?.stream === 2;
    want(1, 2);
    film(1);
    isHole = false;
    want(2);
    film(12);
    expect(asked()).toEqual([]);
    film(8);
    expect(asked()).toEqual([{ t: "key", slot: 1, stream: 2 }]);
    expect(rx.stats().pictures[0]?.stream).toBe(1);
  });
  test("the page is told when it is there, and when it has been gone for five seconds", async () => {
    const { film, want, paint, rx, fromRx, clock } = pair();
    const shown = () => fromRx.filter((message) => message.t === "shown").map(({ isShown }) => isShown);
    want(1);
    film(2);
    expect(fromRx.filter(({ t }) => t === "need-surface").length).toBe(1);
    expect(shown()).toEqual([]);
    paint();
    expect(shown()).toEqual([true]);
    clock.pass(5_000);
    rx.tick();
    expect(shown()).toEqual([true]);
    clock.pass(1);
    rx.tick();
    expect(shown()).toEqual([true, false]);
    film(2);
    expect(shown()).toEqual([true, false, true]);
  });
  test("[A7] what stays old is given up, and a lower height asked for within a second", () => {
    const { film, want, up, rx, down, clock } = pair();
    want(2);
    film(30);
    const held: Bytes[] = [];
    up.onFrame = (frame) => held.push(frame);
    film(60);
    for (const frame of held) {
      clock.pass(30);
      rx.item(frame);
    }
    const views = down.sent
      .flatMap(({ items }) => items)
      .map((item) => decodeControl(toRelay, item))
      .filter((message) => message?.t === "view");
    expect(views.at(-1)?.wants[0]?.height).toBeLessThan(360);
    expect(rx.stats().pictures[0]?.late).toBeGreaterThan(10);
  });
  test("[A2] a picture far ahead of its sound waits for it", async () => {
    const { film, want, paint, rx, clock } = pair();
    const sound = { push: () => {}, remove: () => {}, levels: () => [], stats: () => [] };
    rx.hear({ ...sound, playedUs: () => clock.now() * 1_000 - 200_000 });
    want(1);
    film(2);
    const painted = paint();
    await settle();
    expect(painted.length).toBe(0);
    clock.pass(120);
    await settle();
    expect(painted.length).toBe(1);
  });
});

describe("the line", () => {
  test("while it is away nothing is encoded; a new session begins with key frames once it is told what is wanted", () => {
    const { film, want, tx, up, line, frames } = pair();
    want(2);
    film(5);
    line.link = null;
    film(30);
    expect(frames().length).toBe(5);
    line.link = up;
    tx.opened(up);
    film(5);
    expect(frames().length).toBe(5);
    want(2);
    film(1);
    expect(readHeader(frames().at(-1) ?? new Uint8Array(0))?.key).toBe(true);
  });
  test("each group of pictures has a number of its own, and the one before is ended", () => {
    const { film, want, tell, up } = pair();
    want(1, 2);
    film(30);
    tell({ t: "key", stream: 2 });
    film(10);
    const groups = new Set(up.sent.filter(({ by }) => by === "picture").map(({ group }) => group));
    expect(groups.size).toBe(3);
    expect(up.ended.length).toBe(1);
  });
  test("pictures wait while too much of them is still here; sound does not", () => {
    const { film, want, tx, up, frames } = pair();
    want(2);
    film(5);
    up.held_ = 1e6;
    const before = frames().length;
    film(10);
    tx.sound(utf8("opus"));
    expect(frames().length).toBe(before + 1);
    expect(tx.stats().pictures[0]?.skippedFull).toBe(10);
  });
  test("sound goes out alone while nothing is lost", () => {
    const { tx, up } = pair("quic");
    for (const text of ["a", "b", "c"]) tx.sound(utf8(text));
    expect(up.sent.filter(({ by }) => by === "loose").map(({ items }) => items.length)).toEqual([1, 1, 1]);
  });
  test("without an ack it is weak, and the page and the server hear it", () => {
    const { tx, fromTx, clock, up } = pair();
    tx.sound(utf8("a"));
    // the worker that slept so long has only not listened
    clock.pass(2_000);
    tx.tick();
    expect(fromTx).not.toContainEqual({ t: "weak", own: true });
    for (let i = 0; i < 50; i++) {
      clock.pass(AWAKE_MS);
      tx.awake();
    }
    tx.tick();
    expect(fromTx).toContainEqual({ t: "weak", own: true });
    const told = up.sent.flatMap(({ items }) => items).map((item) => decodeControl(toRelay, item));
    expect(told).toContainEqual({ t: "line", weak: 1 });
  });
  test("a session of which nothing at all was heard for six seconds is dead, whatever the browser says", () => {
    const { tx, rx, said, clock, tell } = pair();
    tell({ t: "beat" });
    rx.item(encodeControl({ t: "beat" }));
    clock.pass(5_999);
    tx.tick();
    rx.tick();
    expect(said).toEqual([]);
    clock.pass(1);
    tx.tick();
    rx.tick();
    expect(said).toEqual(["renew", "renew"]);
  });
  test("chat and files go in order, and say how much has left", () => {
    const { tx, fromTx, up } = pair();
    const frame = new Uint8Array(100).fill(0x40);
    tx.data(frame);
    expect(up.sent.at(-1)).toMatchObject({ by: "sure", items: [frame] });
    expect(fromTx).toContainEqual({ t: "data-gone", bytes: 100 });
  });
  test("beats every two seconds, so that there is something to hear", () => {
    const { tx, rx, up, down, clock } = pair();
    const beats = (link: LoopLink) =>
      link.sent.flatMap(({ items }) => items).filter((item) => decodeControl(toRelay, item)?.t === "beat")
        .length;
    for (let n = 0; n < 100; n++) {
      clock.pass(100);
      tx.tick();
      rx.tick();
    }
    expect([beats(up), beats(down)]).toEqual([5, 5]);
  });
});

test("[F1] what is no frame, is of nobody in the call or does not open is counted by its reason, painted nowhere, and costs nobody a picture", () => {
  const { rx, film, want, frames, fromRx } = pair();
  want(1);
  film(3);
  const real = frames().filter((frame) => readHeader(frame)?.kind === "video");
  const [first] = real as [Bytes];
  const changed = (at: number, to: number) => {
    const copy = first.slice();
    copy[at] = to;
    return copy;
  };
  const { refused: before } = rx.stats();
  const huge = new Uint8Array(10 * 1024 * 1024);
  huge.set(first);
  const asked = fromRx.filter(({ t }) => t === "need-surface").length;
  for (const bad of [huge, first.slice(0, 20), changed(0, (first[0] ?? 0) | 4)]) rx.item(bad);
  rx.item(changed(1, 0x71));
  rx.item(changed(7, 0xff));
  const { refused, pictures } = rx.stats();
  const more = (why: string) => (refused[why] ?? 0) - (before[why] ?? 0);
  expect([more("header"), more("slot"), more("seal")]).toEqual([3, 1, 1]);
  expect(pictures.map(({ slot }) => slot)).toEqual([1]);
  expect(fromRx.filter(({ t }) => t === "need-surface").length).toBe(asked);
  const { frames: count } = rx.stats();
  film(3);
  expect(rx.stats().frames).toBeGreaterThan(count);
  expect(rx.stats().refused).toEqual(refused);
});
