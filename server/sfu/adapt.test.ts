/** The whole core on lines of known shape: which layers people see, and what sound does meanwhile. */
import { expect, test } from "bun:test";
import { STREAM } from "../../wire/frame.ts";
import { Rig } from "./testing/rig.ts";

const L0 = STREAM.camera0;
const L1 = STREAM.camera1;
const L2 = STREAM.camera2;
const good = { kbps: () => 20_000, delay: 10 };

/** A rig begins at 1,000. */
const at = (seconds: number) => 1_000 + seconds * 1_000;

test("[S17] three people on good lines: small pictures at once, the wanted ones within three seconds, then nothing else", () => {
  const { people } = new Rig([good, good, good]).run(8_000);
  for (const me of people) {
    for (const { person } of people.filter((one) => one !== me)) {
      expect(me.fps(person.slot, L0, at(0), at(1))).toBeGreaterThan(10);
      expect(me.fps(person.slot, L1, at(4), at(8))).toBeGreaterThan(28);
      expect(me.fps(person.slot, L0, at(4), at(8))).toBe(0);
    }
    expect(me.person.down.ends.some(({ cut }) => cut)).toBe(false);
  }
});

test("[S17] two people who want a large picture get it", () => {
  const { people } = new Rig([good, good], 720).run(8_000);
  expect(people[0]?.fps(1, L2, at(4), at(8))).toBeGreaterThan(28);
});

test("[S17] on a line of 1 Mbit/s everybody is seen small before anybody is seen larger, and the others lose nothing", () => {
  const weak = { kbps: () => 1_000, delay: 20 };
  const { people, world } = new Rig([weak, good, good]).run(30_000);
  const [me, other] = people;
  for (const slot of [1, 2]) {
    const seen = (me?.fps(slot, L0, at(4), at(30)) ?? 0) + (me?.fps(slot, L1, at(4), at(30)) ?? 0);
    expect(seen).toBeGreaterThan(14);
  }
  expect(me?.gap(1, at(1), at(30))).toBeLessThan(200);
  expect(other?.fps(2, L1, at(4), at(30))).toBeGreaterThan(28);
  expect(me?.person.down.all("weak").some(({ own }) => own === 1)).toBe(true);
  expect(other?.person.down.all("weak")).toEqual([]);
  expect(world.counts.garbage).toBeUndefined();
});

test("[S17] 3 → 0.3 → 3 Mbit/s: sound goes on, the full layer is back within ten seconds", () => {
  const step = (now: number) => (now >= at(10) && now < at(30) ? 300 : 3_000);
  const { people } = new Rig([{ kbps: step, delay: 20 }, good, good]).run(45_000);
  const [me] = people;
  expect(me?.fps(1, L1, at(5), at(10))).toBeGreaterThan(28);
  for (const slot of [1, 2]) {
    expect(me?.gap(slot, at(5), at(45))).toBeLessThan(260);
    expect(me?.gap(slot, at(12), at(45))).toBeLessThan(200);
    expect(me?.fps(slot, L1, at(40), at(45))).toBeGreaterThan(28);
  }
  expect(me?.fps(1, L0, at(14), at(28))).toBeGreaterThan(12);
});

test("[S17] five people, 3 % loss on a way of 1.9 Mbit/s: small pictures of all without a break", () => {
  const lossy = { kbps: () => 1_900, delay: 20, loss: 0.03 };
  const { people } = new Rig([lossy, good, good, good, good]).run(20_000);
  const [me] = people;
  for (const slot of [1, 2, 3, 4]) {
    const seen = (me?.fps(slot, L0, at(5), at(20)) ?? 0) + (me?.fps(slot, L1, at(5), at(20)) ?? 0);
    expect(seen).toBeGreaterThan(14);
    expect(me?.gap(slot, at(2), at(20))).toBeLessThan(130);
  }
});

test("[S17] 150 kbit/s among three: sound alone", () => {
  const { people } = new Rig([{ kbps: () => 150, delay: 20 }, good, good]).run(20_000);
  const [me] = people;
  for (const slot of [1, 2]) {
    expect(me?.gap(slot, at(5), at(20))).toBeLessThan(150);
    expect(me?.fps(slot, L1, at(5), at(20))).toBe(0);
  }
});

test("[S24] a reader whose line is dead for ten seconds is closed, the others see and hear on", () => {
  const dead = (now: number) => (now >= at(5) ? 0.001 : 5_000);
  const { people } = new Rig([{ kbps: dead, delay: 20 }, good, good]).run(20_000);
  const [me, other] = people;
  expect(me?.person.down.closed).toBe("lost");
  expect(other?.fps(2, L1, at(10), at(20))).toBeGreaterThan(28);
});

test("[S15] a camera that is off is not tried again and again; on again it is back at once", () => {
  const rig = new Rig([good, good]).run(5_000);
  const [me, other] = rig.people;
  if (!me || !other) throw new Error("nobody");
  other.camera = false;
  rig.run(20_000);
  expect(other.person.up.all("key").length).toBeLessThan(60);
  other.camera = true;
  rig.run(3_000);
  expect(me.fps(1, L1, at(27), at(28))).toBeGreaterThan(25);
});

test("[S13] a sender that cannot make the layer that is wanted is seen in the one below, and asked again only now and then", () => {
  const rig = new Rig([good, good]);
  const [me, other] = rig.people;
  if (!me || !other) throw new Error("nobody");
  other.most = L0;
  rig.run(20_000);
  expect(me.fps(1, L0, at(1), at(20))).toBeGreaterThan(14);
  const lists = other.person.up.all("want").map(({ streams }) => streams.some(({ stream }) => stream === L1));
  expect(lists.filter((on, i) => on && !lists[i - 1]).length).toBeWithin(2, 5);
  expect(me.person.down.all("weak")).toEqual([]);
  other.most = L1;
  rig.run(10_000);
  expect(me.fps(1, L1, at(29), at(30))).toBeGreaterThan(28);
});
