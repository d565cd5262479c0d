/** Sound: at once, in shared datagrams where there are four, repeated where it is lost, aged out where the line stands still. */
import { expect, test } from "bun:test";
import { STREAM } from "../../wire/frame.ts";
import { SOUND_QUEUE_BYTES } from "./limits.ts";
import { type Person, World } from "./testing/world.ts";

const MIC = STREAM.microphone;

function room(people: number, kind: "quic" | "socket" = "quic") {
  const world = new World();
  return { world, people: Array.from({ length: people }, (_, slot) => world.person(slot, kind)) };
}

/** Each who is named sends one frame. */
function speak(people: readonly Person[], ctr: number): void {
  for (const { up } of people) up.send({ stream: MIC, ctr });
}

test("[S7] three people: each frame is a datagram of its own, at once", () => {
  const { people } = room(3);
  speak(people, 0);
  for (const { down } of people) expect(new Set(down.came.map((one) => one.datagram)).size).toBe(2);
});

test("[S8] from four people on the frames of one moment share a datagram, and none waits more than 10 ms", () => {
  const { world, people } = room(4);
  speak(people, 0);
  for (const { down } of people) {
    expect(down.came).toHaveLength(3);
    expect(new Set(down.came.map((one) => one.datagram)).size).toBe(1);
  }
  speak(people.slice(1, 3), 1);
  expect(people[0]?.down.came).toHaveLength(3);
  world.pass(10);
  expect(people[0]?.down.came).toHaveLength(5);
});

test("[S8] a datagram never has more than 1,100 bytes, nor two frames of one sender's stream unrepeated", () => {
  const { people } = room(8);
  const [first, second] = people;
  for (const { up } of people) up.send({ stream: MIC, ctr: 0, bytes: 300 });
  const sizes = new Map<number, number>();
  for (const one of first?.down.came ?? [])
    sizes.set(one.datagram, (sizes.get(one.datagram) ?? 0) + 2 + one.item.length);
  expect([...sizes.values()]).toEqual([906, 906]);
  second?.up.send({ stream: MIC, ctr: 1 }).send({ stream: MIC, ctr: 2 });
  const last = first?.down.came.filter((one) => one.slot === 1) ?? [];
  expect(last.map(({ ctr }) => ctr)).toEqual([0, 1]);
});

test("[S8] by sockets nothing waits for company", () => {
  const { people } = room(5, "socket");
  people[0]?.up.send({ stream: MIC, ctr: 0 });
  expect(people[1]?.down.came).toHaveLength(1);
});

test("[S9] a repeated frame from a sender goes on once, one that comes late and in time as well", () => {
  const { people } = room(2);
  const [a, b] = people;
  for (const ctr of [0, 1, 0, 3, 2, 2, 3]) a?.up.send({ stream: MIC, ctr });
  expect(b?.down.ctrs(0, MIC)).toEqual([0, 1, 3, 2]);
  a?.up.send({ stream: MIC, ctr: 100 }).send({ stream: MIC, ctr: 60 });
  expect(b?.down.ctrs(0, MIC).slice(4)).toEqual([100]);
});

test("[S9] where sound gets lost, a datagram repeats the one or two frames before it, by quic only", () => {
  for (const kind of ["quic", "socket"] as const) {
    const { world, people } = room(2, kind);
    const [a, b] = people;
    let ctr = 0;
    world.pass(4_000, () => {
      if (world.now % 20 === 0) a?.up.send({ stream: MIC, ctr: ctr++ });
      if (world.now % 50 === 0) lossy(b, 0.05);
    });
    const newest = b?.down.came.at(-1);
    const together = b?.down.came.filter(({ datagram }) => datagram === newest?.datagram) ?? [];
    expect(together.map((one) => (newest?.ctr ?? 0) - one.ctr)).toEqual(kind === "quic" ? [2, 1, 0] : [0]);
  }
});

/** Acks as one who got `part` less. */
function lossy(person: Person | undefined, part: number): void {
  for (const one of person?.down.heard.values() ?? []) one.frames = Math.floor((1 - part) * (one.ctr + 1));
  person?.down.ack();
}

test("[S10] on a line that stands still sound waits 300 ms and no longer; then only what is new comes", () => {
  const { world, people } = room(2);
  const [a, b] = people;
  let ctr = 0;
  const speaks = () => world.now % 20 === 0 && a?.up.send({ stream: MIC, ctr: ctr++, bytes: 1_000 });
  world.pass(3_000, speaks);
  const got = b?.down.came.length ?? 0;
  expect(got).toBeLessThan(40);
  expect(world.counts.late).toBe(150 - got - 16);
  b?.down.ack();
  const fresh = b?.down.came.slice(got) ?? [];
  expect(fresh.map((one) => one.ctr)).toEqual(Array.from({ length: 16 }, (_, i) => 134 + i));
});

test("[S10] sound waits for no picture: with the budget of pictures full it still goes", () => {
  const { people } = room(2);
  const [a, b] = people;
  b?.down.view([0], 180);
  a?.up.send({ stream: STREAM.camera0, ctr: 0, key: true, bytes: 23_000 });
  a?.up.send({ stream: STREAM.camera0, ctr: 1, bytes: 5_000 });
  a?.up.send({ stream: MIC, ctr: 0 });
  expect(b?.down.came.map(({ stream }) => stream)).toEqual([STREAM.camera0, MIC]);
});

test("[S10] sound that waits for one reader has a limit in bytes as well", () => {
  const { world, people } = room(2);
  const [a, b] = people;
  for (let ctr = 0; ctr < 60; ctr++) a?.up.send({ stream: MIC, ctr, bytes: 2_000 });
  const got = b?.down.came.length ?? 0;
  expect(world.counts.late).toBe(60 - got - Math.floor(SOUND_QUEUE_BYTES / 2_000));
});
