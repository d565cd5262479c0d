/** The sealed records of a practice and its routing handles, under one counter: a write names the counter it was made
 * on, and happens whole or not at all (TP1 §2.10). */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { ItemId, PracticeId, Rid } from "../wire/ids.ts";
import type { Database, Reader, Writer } from "./database.ts";
import { Conflict, StoreBusy } from "./errors.ts";
import { items, links, vaults } from "./schema.ts";

/** One sealed record. */
export type Item = { id: ItemId; version: number; box: Bytes };
/** Everything a new device needs. */
export type Vault = { counter: number; manifest: Bytes | null; items: Item[] };
/** What one device changed since `base`. */
export type VaultChange = {
  base: number;
  manifest: Bytes;
  put: Item[];
  drop: ItemId[];
  links: { add: Rid[]; drop: Rid[] };
};
/** What came of it: the new counter, or why nothing was stored. */
export type VaultAnswer = { counter: number } | "behind" | "full" | "link-taken";

/** Higher: one practice can fill the disk of all. Lower: an institute with many years of clients meets the wall. A
 * record has about 600 B, so this is some 7,000 clients. */
export const VAULT_BYTES_MAX = 8 * 1024 * 1024;
/** Links live beside clients; a merged client has up to four. The reasons are those of `VAULT_BYTES_MAX`. */
export const LINKS_PER_PRACTICE_MAX = 16_384;

/** Each turn is lost only to a write of the same practice in between. Higher: a device that writes without pause keeps
 * another one's read busy. Lower: two devices that merge at once see "busy" for nothing. */
const READ_TURNS_MAX = 5;

/** Queries on vaults. */
export function createVaults(db: Database) {
  return {
    /** The whole vault at one moment. */
    of: (practice: PracticeId): Promise<Vault> => db.read((tx) => readVault(tx, practice)),

    /** Applies a change that was made on the current counter. */
    async apply(practice: PracticeId, change: VaultChange, now: number): Promise<VaultAnswer> {
      try {
        return await db.write((tx) => applyChange(tx, practice, change, now));
      } catch (error) {
        if (error instanceof Refused) return error.answer;
        if (error instanceof Conflict) return "link-taken";
        throw error;
      }
    },
  };
}

/** Leaves the transaction so that nothing of it is stored. */
class Refused extends Error {
  readonly answer: "behind" | "full";
  constructor(answer: "behind" | "full") {
    super(answer);
    this.answer = answer;
  }
}

/** The manifest is read by itself, since in a join it would stand in every row; the counters on both sides say whether
 * the two readings are of one moment. */
async function readVault(tx: Reader, practice: PracticeId): Promise<Vault> {
  for (let turn = 0; turn < READ_TURNS_MAX; turn++) {
    const [head] = await tx.select().from(vaults).where(eq(vaults.practice, practice));
    if (head === undefined) return { counter: 0, manifest: null, items: [] };
    const rows = await tx
      .select({ counter: vaults.counter, item: items })
      .from(vaults)
      .leftJoin(items, eq(items.practice, vaults.practice))
      .where(eq(vaults.practice, practice))
      .orderBy(asc(items.id));
    if (rows[0]?.counter === head.counter) {
      const { counter, manifest } = head;
      return { counter, manifest, items: rows.flatMap(({ item }) => (item === null ? [] : [asItem(item)])) };
    }
  }
  throw new StoreBusy();
}

function asItem({ id, version, box }: typeof items.$inferSelect): Item {
  return { id, version, box };
}

async function applyChange(
  tx: Writer,
  practice: PracticeId,
  change: VaultChange,
  now: number,
): Promise<{ counter: number }> {
  const current = and(eq(vaults.practice, practice), eq(vaults.counter, change.base));
  const next = { counter: change.base + 1, manifest: change.manifest };
  const moved = await tx.update(vaults).set(next).where(current).returning({ counter: vaults.counter });
  if (moved.length === 0) throw new Refused("behind");
  await changeItems(tx, practice, change);
  await changeLinks(tx, practice, change.links, now);
  if (!(await fits(tx, practice))) throw new Refused("full");
  return { counter: next.counter };
}

async function changeItems(tx: Writer, practice: PracticeId, change: VaultChange): Promise<void> {
  if (change.drop.length > 0) {
    await tx.delete(items).where(and(eq(items.practice, practice), inArray(items.id, change.drop)));
  }
  if (change.put.length === 0) return;
  await tx
    .insert(items)
    .values(change.put.map((item) => ({ practice, ...item })))
    .onConflictDoUpdate({
      target: [items.practice, items.id],
      set: { version: sql`excluded.version`, box: sql`excluded.box` },
    });
}

/** A handle the practice already has may be added again: a device that lost the answer repeats its write. */
async function changeLinks(
  tx: Writer,
  practice: PracticeId,
  change: { add: Rid[]; drop: Rid[] },
  now: number,
): Promise<void> {
  if (change.drop.length > 0) {
    await tx.delete(links).where(and(eq(links.practice, practice), inArray(links.rid, change.drop)));
  }
  if (change.add.length === 0) return;
  await tx
    .insert(links)
    .values(change.add.map((rid) => ({ rid, practice, createdAt: now })))
    .onConflictDoUpdate({
      target: links.rid,
      set: { createdAt: links.createdAt },
      setWhere: eq(links.practice, practice),
    });
  const mine = and(eq(links.practice, practice), inArray(links.rid, change.add));
  const kept = await tx.select({ rid: links.rid }).from(links).where(mine);
  if (kept.length < new Set(change.add).size) throw new Conflict();
}

async function fits(tx: Writer, practice: PracticeId): Promise<boolean> {
  const [sealed] = await tx
    .select({ bytes: sql<number>`coalesce(sum(length(${items.box})), 0)` })
    .from(items)
    .where(eq(items.practice, practice));
  const [handles] = await tx
    .select({ count: sql<number>`count(*)` })
    .from(links)
    .where(eq(links.practice, practice));
  return (sealed?.bytes ?? 0) <= VAULT_BYTES_MAX && (handles?.count ?? 0) <= LINKS_PER_PRACTICE_MAX;
}
