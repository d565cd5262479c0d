/** What senders and receivers are told: acks, and whose line is weak. */
import { expect, test } from "bun:test";
import { STREAM } from "../../wire/frame.ts";
import { CALL, World } from "./testing/world.ts";

test("[S19] a sender hears every 50 ms how far it came, and twice more when it is silent", () => {
  const world = new World();
  const a = world.person(0);
  world.pass(1_000, () => world.now % 20 === 0 && a.up.send({ ctr: (world.now - 1_020) / 20, bytes: 100 }));
  const acks = a.up.all("ack");
  expect(acks).toHaveLength(20);
  expect(acks.at(-1)?.at).toBe(2_000);
  const last = { slot: 0, stream: STREAM.microphone, ctr: 49, age: 0, frames: 50, bytes: 5_000 };
  expect(acks.at(-1)?.heard).toEqual([last]);
  world.pass(1_000);
  const after = a.up.all("ack").slice(20);
  expect(after.map(({ heard }) => heard[0]?.age)).toEqual([100, 200]);
});

test("[S19] frames are counted once however often they came, and what was dropped is not", () => {
  const world = new World();
  const a = world.person(0);
  a.up.send({ ctr: 3 }).send({ ctr: 3 }).send({ ctr: 2 }).send({ ctr: 4, slot: 1 });
  world.pass(50);
  expect(a.up.all("ack").at(-1)?.heard).toEqual([
    { slot: 0, stream: STREAM.microphone, ctr: 3, age: 50, frames: 2, bytes: 240 },
  ]);
});

test("[S28] a sender whose sound has holes, or who says so, is named to the others; well again it is not", () => {
  const world = new World();
  const [a, b, c] = [world.person(0), world.person(1), world.person(2)];
  let ctr = 0;
  const speak = (step: number) => {
    for (const one of [b, c]) one.up.say({ t: "beat" });
    if (world.now % 20 === 0 && ++ctr % step > 0) a.up.send({ ctr });
    if (world.now % 50 === 0) for (const { down } of [a, b, c]) down.ack();
  };
  world.pass(3_000, () => speak(10_000));
  expect(b.down.all("weak")).toEqual([]);
  world.pass(3_000, () => speak(10));
  expect(b.down.all("weak")).toEqual([{ t: "weak", slots: [0], own: 0 }]);
  expect(a.down.all("weak")).toEqual([]);
  world.pass(6_000, () => speak(10_000));
  expect(b.down.all("weak").at(-1)).toEqual({ t: "weak", slots: [], own: 0 });
  a.up.say({ t: "line", weak: 1 });
  world.pass(1_200, () => speak(10_000));
  expect(c.down.all("weak").at(-1)).toEqual({ t: "weak", slots: [0], own: 0 });
});

test("[S21, S24] a server that comes to nothing for a while says so to senders, and takes it for no silence of the receivers", () => {
  const world = new World();
  const [a, b] = [world.person(0), world.person(1)];
  let ctr = 0;
  const speak = () => {
    if (world.now % 20 === 0) a.up.send({ ctr: ++ctr });
    if (world.now % 50 === 0) b.down.ack();
  };
  const target = () => {
    const link = world.core.exchange.links.get(b.down.link);
    return link?.way === "down" ? Math.round(link.estimate.target(world.now)) : 0;
  };
  world.pass(3_000, speak);
  a.up.send({ ctr: ++ctr });
  const before = target();
  expect(a.up.all("ack").at(-1)?.late).toBe(0);
  world.now += 900;
  world.event({ t: "tick" });
  expect(target()).toBe(before);
  a.up.send({ ctr: ++ctr });
  b.down.ack();
  world.pass(60, speak);
  expect(a.up.all("ack").at(-1)?.late).toBe(890);
  expect(target()).toBeGreaterThanOrEqual(before);
  expect(b.down.all("weak")).toEqual([]);
  world.pass(200, speak);
  expect(a.up.all("ack").at(-1)?.late).toBe(0);
  // nobody there: the clock stands still, and the next one is told nothing of it
  world.event({ t: "ended", call: CALL });
  world.now += 60_000;
  const c = world.person(0);
  c.up.send({ ctr: 0 });
  world.pass(60);
  expect(c.up.all("ack").at(-1)?.late).toBe(0);
});
