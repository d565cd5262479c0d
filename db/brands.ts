/** The sealed logo of a practice and the sealed brand of each of its links (TP1 §2.9): stored, handed out, never looked into. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { LogoId, PracticeId, Rid } from "../wire/ids.ts";
import type { Database, Reader } from "./database.ts";
import { brands, logos } from "./desk-schema.ts";
import { links } from "./schema.ts";

/** The brand of one link. */
export type BrandBox = { rid: Rid; box: Bytes };
/** Everything a practice has shown to its clients. */
export type Shown = { logo: LogoId | null; brands: BrandBox[] };

/** Queries on logos and brands. */
export function createBrands(db: Database) {
  return {
    /** Keeps this logo in place of the one before. Throws `Conflict` where another practice has the id. */
    putLogo: (practice: PracticeId, id: LogoId, box: Bytes, now: number): Promise<void> =>
      db.write(async (tx) => {
        const kept = { id, box, createdAt: now };
        await tx
          .insert(logos)
          .values({ practice, ...kept })
          .onConflictDoUpdate({ target: logos.practice, set: kept });
      }),

    /** Nothing of the practice is shown any more: its logo and all of its brands go, if the logo still is `was` (null: none). */
    remove: (practice: PracticeId, was: LogoId | null): Promise<void> =>
      db.write(async (tx) => {
        const here = eq(logos.practice, practice);
        const [logo] = await tx.select({ id: logos.id }).from(logos).where(here);
        if ((logo?.id ?? null) !== was) return;
        await tx.delete(logos).where(here);
        await tx.delete(brands).where(inArray(brands.rid, ridsOf(tx, practice)));
      }),

    /** Keeps these brands, all or none: false where one of the links is not this practice's. */
    put: (practice: PracticeId, put: BrandBox[]): Promise<boolean> =>
      db.write(async (tx) => {
        const rids = [...new Set(put.map(({ rid }) => rid))];
        const mine = and(eq(links.practice, practice), inArray(links.rid, rids));
        const known = await tx.select({ rid: links.rid }).from(links).where(mine);
        if (known.length < rids.length || put.length === 0) return put.length === 0;
        await tx
          .insert(brands)
          .values(put)
          .onConflictDoUpdate({ target: brands.rid, set: { box: sql`excluded.box` } });
        return true;
      }),

    /** What the practice shows now. */
    of: (practice: PracticeId): Promise<Shown> =>
      db.read(async (tx) => {
        const [logo] = await tx.select({ id: logos.id }).from(logos).where(eq(logos.practice, practice));
        const boxes = await tx
          .select({ rid: brands.rid, box: brands.box })
          .from(brands)
          .innerJoin(links, eq(links.rid, brands.rid))
          .where(eq(links.practice, practice))
          .orderBy(asc(brands.rid));
        return { logo: logo?.id ?? null, brands: boxes };
      }),

    /** The brand of a link, for whoever has it; null where there is none. */
    boxOf: (rid: Rid): Promise<Bytes | null> =>
      db.read(async (tx) => {
        const [row] = await tx.select({ box: brands.box }).from(brands).where(eq(brands.rid, rid));
        return row?.box ?? null;
      }),

    /** A logo by its id; null where there is none. */
    logoBox: (id: LogoId): Promise<Bytes | null> =>
      db.read(async (tx) => {
        const [row] = await tx.select({ box: logos.box }).from(logos).where(eq(logos.id, id));
        return row?.box ?? null;
      }),
  };
}

/** The handles of a practice, as a part of a query. */
function ridsOf(tx: Reader, practice: PracticeId) {
  return tx.select({ rid: links.rid }).from(links).where(eq(links.practice, practice));
}
