/** Chat and files: in order, none dropped, and nobody's line full of them. */
import { expect, test } from "bun:test";
import { STREAM } from "../../wire/frame.ts";
import { DATA_AGE_MS, DATA_UNREAD_BYTES } from "./limits.ts";
import { type Person, World } from "./testing/world.ts";

const DATA = STREAM.data;

function room(people: number) {
  const world = new World();
  return { world, people: Array.from({ length: people }, (_, slot) => world.person(slot)) };
}

/** Everybody who is named acknowledges every 50 ms. */
function live(world: World, milliseconds: number, people: readonly (Person | undefined)[]): void {
  world.pass(milliseconds, () => {
    if (world.now % 50 === 0) for (const one of people) if (!one?.down.closed) one?.down.ack();
  });
}

test("[S18] data goes to all others in order and waits for a slow reader rather than being dropped", () => {
  const { world, people } = room(3);
  const [a, b, c] = people;
  for (let ctr = 0; ctr < 20; ctr++) a?.up.send({ stream: DATA, ctr, bytes: 4_000 });
  expect(b?.down.came.length).toBeLessThan(20);
  live(world, 2_000, [b, c]);
  const all = Array.from({ length: 20 }, (_, ctr) => ctr);
  expect(b?.down.ctrs(0, DATA)).toEqual(all);
  expect(c?.down.ctrs(0, DATA)).toEqual(all);
  expect(world.counts.late).toBeUndefined();
});

test("[S18] the sender's acks go no further than the slowest reader", () => {
  const { world, people } = room(3);
  const [a, b, c] = people;
  for (let ctr = 0; ctr < 10; ctr++) a?.up.send({ stream: DATA, ctr, bytes: 4_000 });
  live(world, 1_000, [b]);
  const far = a?.up
    .all("ack")
    .at(-1)
    ?.heard.find(({ stream }) => stream === DATA);
  expect(far?.ctr).toBe((c?.down.came.length ?? 0) - 1);
  expect(b?.down.ctrs(0, DATA)).toHaveLength(10);
  live(world, 2_000, [b, c]);
  expect(
    a?.up
      .all("ack")
      .at(-1)
      ?.heard.find(({ stream }) => stream === DATA)?.ctr,
  ).toBe(9);
});

test("[S18] who sends far more than was acknowledged is closed, not its reader", () => {
  const { people } = room(2);
  const [a, b] = people;
  const bytes = 32 * 1024;
  a?.up.send({ stream: DATA, ctr: 0, bytes });
  for (let sent = 1; sent <= DATA_UNREAD_BYTES / bytes; sent++)
    a?.up.send({ stream: DATA, ctr: sent, bytes });
  expect(a?.up.closed).toBeNull();
  a?.up.send({ stream: DATA, ctr: 100, bytes });
  expect(a?.up.closed).toBe("flood");
  expect(b?.down.closed).toBeNull();
});

test("[S18] a reader whose line is alive but takes no data for 30 s is closed", () => {
  const { world, people } = room(2);
  const [a, b] = people;
  a?.up.send({ stream: DATA, ctr: 0, bytes: 1_000 }).send({ stream: DATA, ctr: 1, bytes: 30_000 });
  world.event({ t: "held", link: b?.down.link ?? (0 as never), bytes: 100_000 });
  const beats = () => {
    if (world.now % 1_000 === 0) b?.down.ack();
  };
  world.pass(DATA_AGE_MS, beats);
  expect(b?.down.closed).toBeNull();
  world.pass(20, beats);
  expect(b?.down.closed).toBe("lost");
});

test("[S18] a data frame over the limits is no hole in the data: its sender is closed at once", () => {
  const { world, people } = room(2);
  const [a] = people;
  for (let ctr = 0; ctr < 900; ctr++) a?.up.send({ stream: STREAM.microphone, ctr, bytes: 24 });
  a?.up.send({ stream: STREAM.microphone, ctr: 900 });
  expect(a?.up.closed).toBeNull();
  a?.up.send({ stream: DATA, ctr: 0 });
  expect(a?.up.closed).toBe("flood");
  expect(world.counts.flood).toBe(2);
});
