/** The contract of planned calls and calendar feeds, held against both ways to open the store. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { newId, type PlanId, type PracticeId, type Rid } from "../wire/ids.ts";
import { KEPT_MS, PLANNED_MAX, TOLD_AHEAD_MS } from "../wire/planned.ts";
import type { Store } from "./store.ts";
import { noise, storeLinks, storePractice } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

describe.each(ways())("planned contract, $name", ({ open, end }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  const NOW = 1_800_000_000_000;
  const HOUR = 3_600_000;

  async function practiceWith(links: number): Promise<{ practice: PracticeId; rids: Rid[] }> {
    const { practice } = await storePractice(store);
    return { practice: practice.id, rids: await storeLinks(store, practice.id, links) };
  }

  async function plan(practice: PracticeId, starts: number[], clients: Rid[][]) {
    const answer = await store.planned.add(practice, { starts, clients }, NOW);
    if (answer.kind !== "planned") throw new Error(answer.kind);
    return answer.planned;
  }

  test("a plan is listed with its clients in their order, the earliest first", async () => {
    const { practice, rids } = await practiceWith(3);
    const [a, b, c] = rids as [Rid, Rid, Rid];
    const [late] = await plan(practice, [NOW + 2 * HOUR], [[c], [a, b].sort()]);
    const [early] = await plan(practice, [NOW + HOUR], [[a]]);
    expect(await store.planned.of(practice, NOW)).toEqual([early, late] as never);
    expect(late?.clients).toEqual([[c], [a, b].sort()]);
    expect(late?.series).toBeNull();
    expect(await store.planned.one(practice, late?.plan as PlanId)).toEqual(late as never);
  });

  test("several dates are one series of single rows", async () => {
    const { practice, rids } = await practiceWith(1);
    const starts = [3, 1, 2].map((n) => NOW + n * HOUR);
    const planned = await plan(practice, starts, [rids]);
    expect(planned.map(({ startsAt }) => startsAt)).toEqual([...starts].sort());
    expect(new Set(planned.map(({ series }) => series)).size).toBe(1);
    expect(planned[0]?.series).not.toBeNull();
  });

  test("a link of somebody else, and one that nobody has, plan nothing", async () => {
    const mine = await practiceWith(1);
    const other = await practiceWith(1);
    for (const rid of [other.rids[0] as Rid, newId<Rid>()]) {
      const draft = { starts: [NOW + HOUR], clients: [mine.rids, [rid]] };
      expect(await store.planned.add(mine.practice, draft, NOW)).toEqual({ kind: "unknown-link" });
    }
    expect(await store.planned.of(mine.practice, NOW)).toEqual([]);
  });

  test("the same client twice at the same time is refused, sent again or moved there", async () => {
    const { practice, rids } = await practiceWith(2);
    const [a, b] = rids as [Rid, Rid];
    await plan(practice, [NOW + HOUR], [[a], [b]]);
    const [free] = await plan(practice, [NOW + 2 * HOUR], [[b]]);
    const again = { starts: [NOW + 3 * HOUR, NOW + HOUR], clients: [[b]] };
    expect(await store.planned.add(practice, again, NOW)).toEqual({ kind: "double" });
    expect(await store.planned.move(practice, free?.plan as PlanId, NOW + HOUR)).toEqual({ kind: "double" });
    expect((await store.planned.of(practice, NOW)).length).toBe(2);
  });

  test("no more than so many, all of a series or none", async () => {
    const { practice, rids } = await practiceWith(1);
    const starts = (from: number, n: number) =>
      Array.from({ length: n }, (_, at) => NOW + (from + at) * HOUR);
    for (let at = 0; at < PLANNED_MAX; at += 50) await plan(practice, starts(at + 1, 50), [rids]);
    const more = { starts: starts(2000, 1), clients: [rids] };
    expect(await store.planned.add(practice, more, NOW)).toEqual({ kind: "too-many" });
    expect((await store.planned.of(practice, NOW)).length).toBe(PLANNED_MAX);
  });

  test("another time moves one date and keeps it in its series; nobody else's", async () => {
    const { practice, rids } = await practiceWith(1);
    const [first, second] = await plan(practice, [NOW + HOUR, NOW + 2 * HOUR], [rids]);
    const moved = { ...first, startsAt: NOW + 5 * HOUR };
    const got = await store.planned.move(practice, first?.plan as PlanId, NOW + 5 * HOUR);
    expect(got).toEqual({ kind: "planned", planned: [moved] } as never);
    expect(await store.planned.of(practice, NOW)).toEqual([second, moved] as never);
    const stranger = await practiceWith(0);
    const theirs = await store.planned.move(stranger.practice, first?.plan as PlanId, NOW + HOUR);
    expect(theirs).toEqual({ kind: "unknown-plan" });
  });

  test("one is deleted, or it and all later dates of its series", async () => {
    const { practice, rids } = await practiceWith(1);
    const dates = await plan(
      practice,
      [1, 2, 3, 4].map((n) => NOW + n * HOUR),
      [rids],
    );
    const [first, second, third] = dates.map(({ plan }) => plan) as [PlanId, PlanId, PlanId];
    const [alone] = await plan(practice, [NOW + 9 * HOUR], [rids]);
    const stranger = await practiceWith(0);
    expect(await store.planned.remove(stranger.practice, first, true)).toBe(false);
    expect(await store.planned.remove(practice, first, false)).toBe(true);
    expect(await store.planned.remove(practice, first, false)).toBe(false);
    expect(await store.planned.remove(practice, third, true)).toBe(true);
    expect((await store.planned.of(practice, NOW)).map(({ plan }) => plan)).toEqual([
      second,
      alone?.plan as PlanId,
    ]);
    expect(await store.planned.remove(practice, alone?.plan as PlanId, true)).toBe(true);
  });

  test("over two hours later it is gone, and not a millisecond sooner", async () => {
    const { practice, rids } = await practiceWith(1);
    const [one] = await plan(practice, [NOW], [rids]);
    expect(await store.planned.of(practice, NOW + KEPT_MS - 1)).toEqual([one] as never);
    expect(await store.planned.of(practice, NOW + KEPT_MS)).toEqual([]);
    expect(await store.planned.one(practice, one?.plan as PlanId)).toBeNull();
  });

  test("a plan whose clients are deleted goes; of several clients the others stay", async () => {
    const { practice, rids } = await practiceWith(2);
    const [a, b] = rids as [Rid, Rid];
    await plan(practice, [NOW + HOUR], [[a]]);
    await plan(practice, [NOW + 2 * HOUR], [[a], [b]]);
    const { counter } = await store.vaults.of(practice);
    const links = { add: [], drop: [a] };
    await store.vaults.apply(practice, { base: counter, manifest: noise(40), put: [], drop: [], links }, NOW);
    expect((await store.planned.of(practice, NOW)).map(({ clients }) => clients)).toEqual([[[b]]]);
  });

  test("starting opens the room and takes the plan away; what refuses the room keeps the plan", async () => {
    const { practice, rids } = await practiceWith(1);
    const [first, second] = await plan(practice, [NOW + HOUR, NOW + 2 * HOUR], [rids]);
    const opened = await store.planned.start(practice, first?.plan as PlanId, NOW);
    if (opened.kind !== "opened") throw new Error(opened.kind);
    expect(opened.room.clients).toEqual([rids]);
    const again = await store.planned.start(practice, second?.plan as PlanId, NOW);
    expect(again).toEqual({ kind: "client-open", room: opened.room.room });
    expect(await store.planned.start(practice, first?.plan as PlanId, NOW)).toEqual({ kind: "unknown-plan" });
    expect(await store.planned.of(practice, NOW)).toEqual([second] as never);
  });

  test("a link knows its next start: begun ones for two hours, far ones not yet", async () => {
    const { practice, rids } = await practiceWith(3);
    const [a, b, c] = rids as [Rid, Rid, Rid];
    await plan(practice, [NOW + 3 * HOUR, NOW + HOUR], [[a]]);
    await plan(practice, [NOW - KEPT_MS + 1], [[b]]);
    await plan(practice, [NOW + TOLD_AHEAD_MS + 1], [[c]]);
    const told = await store.planned.startsByLink(practice, NOW);
    expect([...told].sort(([, x], [, y]) => x - y)).toEqual([
      [b, NOW - KEPT_MS + 1],
      [a, NOW + HOUR],
    ]);
    expect((await store.planned.startsByLink(practice, NOW + 1)).has(b)).toBe(false);
    expect((await store.planned.startsByLink(practice, NOW + 1)).get(c)).toBe(NOW + TOLD_AHEAD_MS + 1);
  });

  test("the plan of a link inside a span is found, the earliest first", async () => {
    const { practice, rids } = await practiceWith(1);
    const [early, late] = await plan(practice, [NOW + HOUR, NOW + 2 * HOUR], [rids]);
    const [rid] = rids as [Rid];
    const find = (from: number, to: number) => store.planned.ofLink(practice, rid, from, to);
    expect(await find(NOW, NOW + 9 * HOUR)).toBe(early?.plan as PlanId);
    expect(await find(NOW + HOUR + 1, NOW + 2 * HOUR)).toBe(late?.plan as PlanId);
    expect(await find(NOW, NOW + HOUR - 1)).toBeNull();
    expect(await store.planned.ofLink(newId<PracticeId>(), rid, NOW, NOW + HOUR)).toBeNull();
  });

  test("retention deletes plans that nobody reads", async () => {
    const { practice, rids } = await practiceWith(1);
    const [old, young] = await plan(practice, [NOW, NOW + 1], [rids]);
    await store.retention.clear({ wall: NOW, day: 0, session: 0 });
    expect(await store.planned.one(practice, old?.plan as PlanId)).toBeNull();
    expect(await store.planned.one(practice, young?.plan as PlanId)).not.toBeNull();
  });

  test("a feed is found by its secret alone, renewed and removed", async () => {
    const { practice } = await practiceWith(0);
    const [first, second] = [noise(32), noise(32)];
    expect(await store.feeds.since(practice)).toBeNull();
    await store.feeds.renew(practice, first, 5);
    expect(await store.feeds.practiceOf(first)).toBe(practice);
    await store.feeds.renew(practice, second, 6);
    expect(await store.feeds.practiceOf(first)).toBeNull();
    expect(await store.feeds.practiceOf(second)).toBe(practice);
    expect(await store.feeds.since(practice)).toBe(6);
    await store.feeds.remove(practice);
    expect(await store.feeds.practiceOf(second)).toBeNull();
  });
});
