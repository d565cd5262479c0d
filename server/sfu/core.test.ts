/** Who may open a session, whose frames go where, and what ends whom. */
import { expect, test } from "bun:test";
import { STREAM } from "../../wire/frame.ts";
import { CALL, frame, OTHER_CALL, World } from "./testing/world.ts";

test("[S1] sound goes to everybody else of the call, unchanged, and to nobody of another", () => {
  const world = new World();
  const [a, b, c] = [world.person(0), world.person(1), world.person(2)];
  const stranger = world.person(1, "quic", OTHER_CALL);
  const item = frame({ slot: 0, ctr: 7 });
  a.up.item(item);
  expect(b.down.came.map((one) => one.item)).toEqual([item]);
  expect(c.down.came).toHaveLength(1);
  expect(a.down.came).toHaveLength(0);
  expect(stranger.down.came).toHaveLength(0);
});

test("[S2] nobody without a place has a session, and it ends with the place", () => {
  const world = new World();
  expect(world.open(3, "up").closed).toBe("expired");
  const a = world.person(0);
  world.event({ t: "unseated", call: CALL, slot: 0 });
  expect([a.up.closed, a.down.closed]).toEqual(["done", "done"]);
  const [b, c] = [world.person(1), world.person(2)];
  world.event({ t: "ended", call: CALL });
  expect([b.up.closed, c.down.closed]).toEqual(["done", "done"]);
  expect(world.core.exchange.calls.size).toBe(0);
  expect(world.core.exchange.links.size).toBe(0);
});

test("[S2] a newer session of the same place and way replaces the older; the other way stays", () => {
  const world = new World();
  const [a, b] = [world.person(0), world.person(1)];
  const again = world.open(1, "down");
  expect(b.down.closed).toBe("replaced");
  expect(b.up.closed).toBeNull();
  a.up.send({ ctr: 0 });
  expect(again.ctrs(0, STREAM.microphone)).toEqual([0]);
  world.event({ t: "item", link: b.down.link, item: frame({ slot: 1 }) });
  expect(a.down.came).toHaveLength(0);
});

test("[S3] another slot, a stream that is none or of another kind, garbage: dropped and counted", () => {
  const world = new World();
  const [a, b] = [world.person(0), world.person(1)];
  a.up.item(frame({ slot: 1, ctr: 0 }));
  a.up.send({ stream: 9, ctr: 0 });
  a.up.send({ stream: STREAM.microphone, kind: "video", ctr: 0 });
  a.up.item(new Uint8Array([1, 2, 3]));
  a.up.item(new Uint8Array([0x80, 0xc1]));
  a.down.send({ ctr: 0 });
  expect(world.counts).toEqual({ slot: 1, stream: 2, garbage: 3 });
  expect(b.down.came).toHaveLength(0);
  a.up.send({ ctr: 0 });
  expect(b.down.came).toHaveLength(1);
});

test("[S3] what goes on with garbage is closed, the room goes on", () => {
  const world = new World();
  const [a, b, c] = [world.person(0), world.person(1), world.person(2)];
  for (let i = 0; i < 40 && !a.up.closed; i++) a.up.item(new Uint8Array([i]));
  expect(a.up.closed).toBe("garbage");
  b.up.send({ ctr: 0 });
  expect(c.down.came).toHaveLength(1);
});

test("[S4] more frames than a session may send are dropped and counted; if it goes on, closed", () => {
  const world = new World();
  const [a, b] = [world.person(0), world.person(1)];
  for (let ctr = 0; ctr < 900; ctr++) a.up.send({ ctr, bytes: 24 });
  expect(world.counts.flood).toBeUndefined();
  a.up.send({ ctr: 900 });
  expect(world.counts.flood).toBe(1);
  expect(b.down.ctrs(0, 0)).not.toContain(900);
  for (let ctr = 901; ctr < 1_400 && !a.up.closed; ctr++) a.up.send({ ctr });
  expect(a.up.closed).toBe("flood");
  b.up.send({ ctr: 0 });
  expect(a.down.came).toHaveLength(1);
});

test("[S5] a session of which nothing is heard for 15 s is closed", () => {
  const world = new World();
  const a = world.person(0);
  world.pass(14_900, () => world.now % 1_000 < 10 && a.up.say({ t: "beat" }));
  expect(a.down.closed).toBeNull();
  world.pass(300);
  expect(a.down.closed).toBe("lost");
  expect(a.up.closed).toBeNull();
  expect(a.up.all("beat").length).toBeGreaterThan(10);
});

test("[S6] nothing is kept: whoever comes later gets what is sent from then on", () => {
  const world = new World();
  const a = world.person(0);
  for (const stream of [STREAM.microphone, STREAM.data]) a.up.send({ stream, ctr: 0 });
  const b = world.person(1);
  world.pass(500);
  for (const stream of [STREAM.microphone, STREAM.data]) a.up.send({ stream, ctr: 1 });
  expect(b.down.came.map(({ stream, ctr }) => [stream, ctr])).toEqual([
    [STREAM.microphone, 1],
    [STREAM.data, 1],
  ]);
});
