/** The contract of logos and brands, held against both ways to open the store (TP1 §2.9). */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type LogoId, newId, type PracticeId, type Rid } from "../wire/ids.ts";
import { Conflict } from "./errors.ts";
import type { Store } from "./store.ts";
import { FREE, noise, storeLinks, storePractice } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

const NOW = 1_000_000;

describe.each(ways())("brands contract, $name", ({ open, end }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  async function practiceWith(n: number): Promise<{ practice: PracticeId; rids: Rid[] }> {
    const { practice } = await storePractice(store);
    return { practice: practice.id, rids: await storeLinks(store, practice.id, n) };
  }
  const boxesFor = (rids: readonly Rid[]) => rids.map((rid) => ({ rid, box: noise(296) }));
  const inOrder = (boxes: ReturnType<typeof boxesFor>) => [...boxes].sort((a, b) => (a.rid < b.rid ? -1 : 1));

  test("a logo is had by its id, and the next one takes its place", async () => {
    const { practice } = await practiceWith(0);
    const [first, second] = [newId<LogoId>(), newId<LogoId>()];
    const [one, two] = [noise(4000), noise(256 * 1024 + 40)];
    expect(await store.brands.of(practice)).toEqual({ logo: null, brands: [] });
    await store.brands.putLogo(practice, first, one, NOW);
    expect(await store.brands.logoBox(first)).toEqual(one);
    await store.brands.putLogo(practice, second, two, NOW + 1);
    expect(await store.brands.logoBox(first)).toBeNull();
    expect(await store.brands.logoBox(second)).toEqual(two);
    expect((await store.brands.of(practice)).logo).toBe(second);
  });

  test("nobody's logo is replaced by another practice that names its id", async () => {
    const [mine, theirs] = [await practiceWith(0), await practiceWith(0)];
    const [id, box] = [newId<LogoId>(), noise(100)];
    await store.brands.putLogo(theirs.practice, id, box, NOW);
    await expect(store.brands.putLogo(mine.practice, id, noise(100), NOW)).rejects.toBeInstanceOf(Conflict);
    expect(await store.brands.logoBox(id)).toEqual(box);
  });

  test("each link has its own brand, the last one given", async () => {
    const { practice, rids } = await practiceWith(3);
    const [first, second] = [boxesFor(rids), boxesFor(rids.slice(1))];
    expect(await store.brands.put(practice, first)).toBe(true);
    expect(await store.brands.put(practice, second)).toBe(true);
    const kept = [...first.slice(0, 1), ...second];
    expect((await store.brands.of(practice)).brands).toEqual(inOrder(kept));
    for (const { rid, box } of kept) expect(await store.brands.boxOf(rid)).toEqual(box);
  });

  test("with one link of another practice, or of nobody, none is kept", async () => {
    const [mine, theirs] = [await practiceWith(2), await practiceWith(1)];
    for (const foreign of [...theirs.rids, newId<Rid>()])
      expect(await store.brands.put(mine.practice, boxesFor([...mine.rids, foreign]))).toBe(false);
    expect((await store.brands.of(mine.practice)).brands).toEqual([]);
    for (const rid of theirs.rids) expect(await store.brands.boxOf(rid)).toBeNull();
  });

  test("none at all is nothing to do", async () => {
    const { practice } = await practiceWith(1);
    expect(await store.brands.put(practice, [])).toBe(true);
  });

  test("removed, it is gone for every link, and nobody else's is", async () => {
    const [mine, theirs] = [await practiceWith(2), await practiceWith(1)];
    const [id, other] = [newId<LogoId>(), newId<LogoId>()];
    for (const [who, logo] of [
      [mine, id],
      [theirs, other],
    ] as const) {
      await store.brands.putLogo(who.practice, logo, noise(100), NOW);
      await store.brands.put(who.practice, boxesFor(who.rids));
    }
    for (const not of [null, other]) await store.brands.remove(mine.practice, not);
    expect(await store.brands.of(mine.practice)).toMatchObject({ logo: id, brands: { length: 2 } });
    await store.brands.remove(mine.practice, id);
    expect(await store.brands.of(mine.practice)).toEqual({ logo: null, brands: [] });
    expect(await store.brands.logoBox(id)).toBeNull();
    expect((await store.brands.of(theirs.practice)).logo).toBe(other);
    expect((await store.brands.of(theirs.practice)).brands).toHaveLength(1);
  });

  test("brands without a logo go where none is named", async () => {
    const { practice, rids } = await practiceWith(1);
    await store.brands.put(practice, boxesFor(rids));
    await store.brands.remove(practice, newId<LogoId>());
    expect((await store.brands.of(practice)).brands).toHaveLength(1);
    await store.brands.remove(practice, null);
    expect((await store.brands.of(practice)).brands).toEqual([]);
  });

  test("a link that is dropped takes its brand along; an account takes all", async () => {
    const { practice, rids } = await practiceWith(2);
    const [gone, kept] = rids as [Rid, Rid];
    const id = newId<LogoId>();
    await store.brands.putLogo(practice, id, noise(100), NOW);
    await store.brands.put(practice, boxesFor(rids));
    const { counter } = await store.vaults.of(practice);
    const links = { add: [], drop: [gone] };
    await store.vaults.apply(practice, { base: counter, manifest: noise(40), put: [], drop: [], links }, NOW);
    expect(await store.brands.boxOf(gone)).toBeNull();
    expect(await store.brands.boxOf(kept)).not.toBeNull();
    await store.practices.remove(practice, FREE, NOW);
    expect(await store.brands.boxOf(kept)).toBeNull();
    expect(await store.brands.logoBox(id)).toBeNull();
  });
});
