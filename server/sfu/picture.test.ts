/** Pictures: groups, layers that change on key frames only, what is dropped first, key frames asked. */
import { expect, test } from "bun:test";
import { STREAM } from "../../wire/frame.ts";
import { type Person, World } from "./testing/world.ts";

const L0 = STREAM.camera0;
const L1 = STREAM.camera1;

/** Acks of everybody, every 50 ms of passing time. */
function live(world: World, milliseconds: number, people: readonly Person[], each?: () => void): void {
  world.pass(milliseconds, () => {
    each?.();
    if (world.now % 50 === 0) for (const { down } of people) if (!down.closed) down.ack();
  });
}

function two(kind: "quic" | "socket" = "quic") {
  const world = new World();
  const [a, b] = [world.person(0, kind), world.person(1, kind)];
  return { world, a, b };
}

test("[S11] nothing is encoded for nobody; a view switches it on at once, and off two seconds after", () => {
  const { world, a, b } = two();
  expect(a.up.all("want")).toEqual([]);
  b.down.view([0], 180);
  expect(a.up.all("want").at(-1)?.streams).toEqual([{ stream: L0, kbps: 130 }]);
  b.down.view([]);
  live(world, 1_900, [a, b], () => a.up.say({ t: "beat" }));
  expect(a.up.all("want")).toHaveLength(1);
  live(world, 300, [a, b]);
  expect(a.up.all("want").at(-1)?.streams).toEqual([]);
});

test("[S12] a group begins with a key frame and is numbered anew with each", () => {
  const { world, a, b } = two();
  b.down.view([0], 180);
  a.up.send({ stream: L0, ctr: 0, bytes: 500 });
  expect(b.down.came).toEqual([]);
  expect(world.counts.unwanted).toBe(1);
  a.up.send({ stream: L0, ctr: 1, key: true, bytes: 500 }).send({ stream: L0, ctr: 2, bytes: 500 });
  a.up.send({ stream: L0, ctr: 3, key: true, bytes: 500 });
  expect(b.down.came.map(({ ctr, group }) => [ctr, group])).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
  ]);
  expect(b.down.ends).toEqual([{ group: 1, cut: false }]);
});

test("[S12] what comes of an older group after the newer one's key frame is dropped", () => {
  const { world, a, b } = two();
  b.down.view([0], 180);
  a.up.send({ stream: L0, ctr: 0, key: true }).send({ stream: L0, ctr: 5, key: true });
  a.up.send({ stream: L0, ctr: 4 });
  expect(b.down.ctrs(0, L0)).toEqual([0, 5]);
  expect(world.counts.unwanted).toBe(1);
});

test("[S13] the layer changes only on a key frame of the new one; the old one goes on until then", () => {
  const { world, a, b } = two();
  b.down.view([0], 180);
  a.up.send({ stream: L0, ctr: 0, key: true });
  b.down.view([0], 360);
  expect(
    a.up
      .all("want")
      .at(-1)
      ?.streams.map(({ stream }) => stream),
  ).toEqual([L0, L1]);
  a.up.send({ stream: L1, ctr: 0 }).send({ stream: L0, ctr: 1 });
  a.up.send({ stream: L1, ctr: 1, key: true }).send({ stream: L0, ctr: 2 }).send({ stream: L1, ctr: 2 });
  expect(b.down.came.map(({ stream, ctr }) => [stream, ctr])).toEqual([
    [L0, 0],
    [L0, 1],
    [L1, 1],
    [L1, 2],
  ]);
  expect(b.down.ends).toEqual([{ group: 1, cut: false }]);
  live(world, 2_200, [a, b], () => a.up.send({ stream: L1, ctr: world.now }));
  expect(
    a.up
      .all("want")
      .at(-1)
      ?.streams.map(({ stream }) => stream),
  ).toEqual([L1]);
});

test("[A7] a view that asks for less is followed at once", () => {
  const { a, b } = two();
  b.down.view([0], 360);
  a.up.send({ stream: L1, ctr: 0, key: true });
  b.down.view([0], 180);
  expect(
    a.up
      .all("want")
      .at(-1)
      ?.streams.map(({ stream }) => stream),
  ).toEqual([L0, L1]);
  a.up.send({ stream: L0, ctr: 0, key: true }).send({ stream: L1, ctr: 1 });
  expect(b.down.came.map(({ stream }) => stream)).toEqual([L1, L0]);
});

test("[S14] a reader that is too slow loses frames no other needs first, then its group until a key frame", () => {
  const { world, a, b } = two();
  const c = world.person(2);
  for (const one of [b, c]) one.down.view([0], 180);
  const big = { stream: L0, bytes: 9_000 };
  a.up.send({ ...big, ctr: 0, key: true });
  for (let ctr = 1; ctr < 6; ctr++) a.up.send({ ...big, ctr, discardable: ctr % 2 === 1 });
  expect(b.down.ctrs(0, L0)).toEqual([0, 1]);
  live(world, 130, [c]);
  expect(c.down.ctrs(0, L0)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(world.counts.late).toBe(2);
  live(world, 400, [c]);
  expect(world.counts.late).toBe(4);
  expect(b.down.ends).toEqual([{ group: 1, cut: true }]);
  a.up.send({ ...big, ctr: 6 });
  b.down.ack();
  a.up.send({ ...big, ctr: 7 });
  expect(b.down.ctrs(0, L0)).toEqual([0, 1]);
  a.up.send({ ...big, ctr: 8, key: true });
  expect(b.down.ctrs(0, L0)).toEqual([0, 1, 8]);
  live(world, 50, [c]);
  expect(c.down.ctrs(0, L0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test("[S15] key frames are asked for all together, twice a second at most; of a reader every two seconds", () => {
  const { world, a, b } = two();
  const c = world.person(2);
  b.down.view([0], 180);
  a.up.send({ stream: L0, ctr: 0, key: true });
  c.down.view([0], 180);
  expect(a.up.all("key")).toEqual([{ t: "key", stream: L0 }]);
  b.down.say({ t: "key", slot: 0, stream: L0 });
  expect(a.up.all("key")).toHaveLength(1);
  let ctr = 1;
  const frames = () => a.up.send({ stream: L0, ctr: ctr++ });
  live(world, 500, [a, b, c], frames);
  expect(a.up.all("key")).toHaveLength(2);
  live(world, 500, [a, b, c], frames);
  a.up.send({ stream: L0, ctr: ctr++, key: true });
  live(world, 600, [a, b, c], frames);
  const asked = a.up.all("key").length;
  b.down.say({ t: "key", slot: 0, stream: L0 });
  expect(a.up.all("key")).toHaveLength(asked);
  live(world, 500, [a, b, c], frames);
  b.down.say({ t: "key", slot: 0, stream: L0 });
  expect(a.up.all("key")).toHaveLength(asked + 1);
  b.down.say({ t: "key", slot: 0, stream: L1 });
  expect(a.up.all("key")).toHaveLength(asked + 1);
});

test("[S16] whoever leaves takes its groups along, and comes back with counters from 0", () => {
  const { world, a, b } = two();
  b.down.view([0], 180);
  a.up.send({ stream: L0, ctr: 900, key: true });
  const again = world.open(0, "up");
  expect(b.down.ends).toEqual([{ group: 1, cut: true }]);
  expect(
    again
      .all("want")
      .at(-1)
      ?.streams.map(({ stream }) => stream),
  ).toEqual([L0]);
  again.send({ stream: L0, ctr: 0, key: true });
  expect(b.down.ctrs(0, L0)).toEqual([900, 0]);
  expect(b.down.came.at(-1)?.group).toBe(2);
});

test("[S12] with a key frame, what still waits of the group before is of no use and dropped", () => {
  const { world, a, b } = two();
  b.down.view([0], 180);
  a.up.send({ stream: L0, ctr: 0, key: true, bytes: 30_000 });
  a.up.send({ stream: L0, ctr: 1, bytes: 500 }).send({ stream: L0, ctr: 2, bytes: 500 });
  a.up.send({ stream: L0, ctr: 3, key: true, bytes: 500 });
  expect(world.counts.late).toBe(2);
  live(world, 50, [b]);
  expect(b.down.came.map(({ ctr, group }) => [ctr, group])).toEqual([
    [0, 1],
    [3, 2],
  ]);
  expect(b.down.ends).toEqual([{ group: 1, cut: false }]);
});

test("[S11] while nothing is shown the lowest layer is wanted too and taken; once the chosen one is there it is not", () => {
  const { world, a, b } = two();
  b.down.view([0], 360);
  expect(streams(a)).toEqual([L0, L1]);
  a.up.send({ stream: L0, ctr: 0, key: true }).send({ stream: L1, ctr: 0, key: true });
  a.up.send({ stream: L0, ctr: 1, key: true }).send({ stream: L1, ctr: 1 });
  expect(b.down.came.map(({ stream }) => stream)).toEqual([L0, L1, L1]);
  live(world, 2_300, [a, b], () => a.up.send({ stream: L1, ctr: world.now }));
  expect(streams(a)).toEqual([L1]);
});

test("[S13] a layer that stands still is none: the lowest is wanted again and taken", () => {
  const { world, a, b } = two();
  b.down.view([0], 360);
  a.up.send({ stream: L1, ctr: 0, key: true });
  live(world, 3_000, [a, b], () => a.up.send({ stream: L1, ctr: world.now }));
  expect(streams(a)).toEqual([L1]);
  live(world, 750, [a, b]);
  expect(streams(a)).toEqual([L0, L1]);
  a.up.send({ stream: L0, ctr: 0, key: true });
  expect(b.down.came.at(-1)?.stream).toBe(L0);
});

test("[S13] what is shown stays wanted until the smaller one that was asked for has come", () => {
  const { world, a, b } = two();
  b.down.view([0], 360);
  a.up.send({ stream: L1, ctr: 0, key: true });
  b.down.view([0], 180);
  live(world, 4_000, [a, b], () => a.up.send({ stream: L1, ctr: world.now }));
  expect(streams(a)).toEqual([L0, L1]);
  expect(b.down.ctrs(0, L1).at(-1)).toBe(world.now);
});

test("[S14] what waits goes out smallest layer first, whatever its rank", () => {
  const world = new World();
  const [a, b, c] = [world.person(0), world.person(1), world.person(2)];
  const wants = [
    { slot: 0, screen: 0, height: 360, rank: 0 },
    { slot: 1, screen: 0, height: 180, rank: 1 },
  ];
  c.down.say({ t: "view", wants });
  a.up.send({ stream: L0, ctr: 0, key: true, bytes: 100 });
  b.up.send({ stream: L0, ctr: 0, key: true, bytes: 100 });
  live(world, 2_000, [a, b, c], () => b.up.send({ stream: L0, ctr: world.now, bytes: 100 }));
  a.up.send({ stream: L1, ctr: 0, key: true, bytes: 400_000 });
  a.up.send({ stream: L1, ctr: 1, bytes: 100 });
  b.up.send({ stream: L0, ctr: world.now + 1, bytes: 100 });
  const before = c.down.came.length;
  live(world, 100, [c]);
  expect(c.down.came.slice(before).map(({ slot }) => slot)).toEqual([1, 0]);
});

test("[S14] a larger layer that waits for 250 ms is given up for the lowest", () => {
  const { world, a, b } = two();
  b.down.view([0], 360);
  a.up.send({ stream: L1, ctr: 0, key: true, bytes: 100_000 }).send({ stream: L1, ctr: 1, bytes: 9_000 });
  world.pass(240);
  expect(b.down.ends).toEqual([]);
  world.pass(20);
  expect(b.down.ends).toEqual([{ group: 1, cut: true }]);
  a.up.send({ stream: L1, ctr: 2, key: true });
  expect(b.down.ctrs(0, L1)).toEqual([0]);
  a.up.send({ stream: L0, ctr: 0, key: true });
  b.down.ack();
  expect(b.down.ctrs(0, L0)).toEqual([0]);
});

test("[S25] what was under way from somebody who left holds nobody else up", () => {
  const world = new World();
  const [a, b, c] = [world.person(0), world.person(1), world.person(2, "socket")];
  c.down.view([0, 1], 180);
  a.up.send({ stream: L0, ctr: 0, key: true, bytes: 100_000 });
  b.up.send({ stream: L0, ctr: 0, key: true, bytes: 500 });
  expect(c.down.ctrs(1, L0)).toEqual([]);
  world.event({ t: "unseated", call: a.up.call, slot: 0 });
  world.pass(10);
  expect(c.down.ctrs(1, L0)).toEqual([0]);
});

/** What a sender is to encode. */
function streams({ up }: Person): number[] | undefined {
  return up
    .all("want")
    .at(-1)
    ?.streams.map(({ stream }) => stream);
}
