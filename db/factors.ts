/** Second factors of an account: turned on, used once each, taken away. Boxes and hashes come in ready-made; this file knows no secret. */
import { and, asc, count, eq, lt, or } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import { PASSKEYS_MAX } from "../wire/factors.ts";
import type { PasskeyId, PracticeId } from "../wire/ids.ts";
import type { Database, Reader, Writer } from "./database.ts";
import { passkeys, spares, totps } from "./factors-schema.ts";

/** The codes of an app as stored. */
export type Totp = typeof totps.$inferSelect;
/** A passkey as stored. */
export type Passkey = typeof passkeys.$inferSelect;
/** What an account has. Spare codes alone are no factor: they stand in for one. */
export type Factors = { readonly totp: Totp | null; readonly passkeys: Passkey[]; readonly spares: number };
/** `first`: this factor is the first one, so the spare codes were stored with it. */
export type Turned = "first" | "more";

/** Queries on second factors. */
export function createFactors(db: Database) {
  return {
    /** What an account has. */
    of: (practice: PracticeId): Promise<Factors> => db.read((tx) => factorsOf(tx, practice)),

    /** Turns the codes of an app on, in place of the ones before. `codes`: hashes of spare codes, kept where this is the first factor. */
    setTotp: (totp: Totp, codes: readonly Bytes[]): Promise<Turned> =>
      db.write(async (tx) => {
        const first = await isFirst(tx, totp.practice);
        const { practice, ...set } = totp;
        await tx.insert(totps).values(totp).onConflictDoUpdate({ target: totps.practice, set });
        if (first) await replaceSpares(tx, practice, codes);
        return first ? "first" : "more";
      }),

    /** Uses up the code of a span of 30 s. False where that one or a later one was used before. */
    useTotp: (practice: PracticeId, step: number): Promise<boolean> =>
      db.write(async (tx) => {
        const unused = and(eq(totps.practice, practice), lt(totps.lastStep, step));
        const done = await tx
          .update(totps)
          .set({ lastStep: step })
          .where(unused)
          .returning({ step: totps.lastStep });
        return done.length > 0;
      }),

    /** Turns the codes of the app off; with the last factor the spare codes go. False where there were none. */
    dropTotp: (practice: PracticeId): Promise<boolean> =>
      db.write(async (tx) => {
        const gone = await tx
          .delete(totps)
          .where(eq(totps.practice, practice))
          .returning({ at: totps.createdAt });
        await dropSparesOfNone(tx, practice);
        return gone.length > 0;
      }),

    /** Stores a passkey; `codes` as for `setTotp`. Throws `Conflict` where the credential is known. */
    addPasskey: (passkey: Passkey, codes: readonly Bytes[]): Promise<Turned | "too-many"> =>
      db.write(async (tx) => {
        const first = await isFirst(tx, passkey.practice);
        if ((await passkeysOf(tx, passkey.practice)).length >= PASSKEYS_MAX) return "too-many";
        await tx.insert(passkeys).values(passkey);
        if (first) await replaceSpares(tx, passkey.practice, codes);
        return first ? "first" : "more";
      }),

    /** Notes that a passkey was used. False where it is gone or its counter does not go on from the one before: then it was copied. */
    usePasskey: (id: PasskeyId, use: { counter: number; now: number }): Promise<boolean> =>
      db.write(async (tx) => {
        const silent = use.counter === 0 ? eq(passkeys.counter, 0) : undefined;
        const goesOn = or(lt(passkeys.counter, use.counter), silent);
        const done = await tx
          .update(passkeys)
          .set({ counter: use.counter, lastUsedAt: use.now })
          .where(and(eq(passkeys.id, id), goesOn))
          .returning({ id: passkeys.id });
        return done.length > 0;
      }),

    /** Takes a passkey away; with the last factor the spare codes go. False where the practice has none of this name. */
    dropPasskey: (practice: PracticeId, id: PasskeyId): Promise<boolean> =>
      db.write(async (tx) => {
        const that = and(eq(passkeys.practice, practice), eq(passkeys.id, id));
        const gone = await tx.delete(passkeys).where(that).returning({ id: passkeys.id });
        await dropSparesOfNone(tx, practice);
        return gone.length > 0;
      }),

    /** Replaces all spare codes. False where no factor is on. */
    setSpares: (practice: PracticeId, codes: readonly Bytes[]): Promise<boolean> =>
      db.write(async (tx) => {
        if (await isFirst(tx, practice)) return false;
        await replaceSpares(tx, practice, codes);
        return true;
      }),

    /** Uses a spare code up. False where there is none like it (any more). */
    useSpare: (practice: PracticeId, hash: Bytes): Promise<boolean> =>
      db.write(async (tx) => {
        const that = and(eq(spares.practice, practice), eq(spares.hash, hash));
        return (await tx.delete(spares).where(that).returning({ hash: spares.hash })).length > 0;
      }),

    /** Takes all away, for the operator. False where there was nothing. */
    clear: (practice: PracticeId): Promise<boolean> =>
      db.write(async (tx) => {
        if (await isFirst(tx, practice)) return false;
        await tx.delete(totps).where(eq(totps.practice, practice));
        await tx.delete(passkeys).where(eq(passkeys.practice, practice));
        await tx.delete(spares).where(eq(spares.practice, practice));
        return true;
      }),
  };
}

async function factorsOf(tx: Reader, practice: PracticeId): Promise<Factors> {
  const [totp] = await tx.select().from(totps).where(eq(totps.practice, practice));
  const [row] = await tx.select({ n: count() }).from(spares).where(eq(spares.practice, practice));
  return { totp: totp ?? null, passkeys: await passkeysOf(tx, practice), spares: row?.n ?? 0 };
}

function passkeysOf(tx: Reader, practice: PracticeId): Promise<Passkey[]> {
  const { createdAt, id } = passkeys;
  return tx.select().from(passkeys).where(eq(passkeys.practice, practice)).orderBy(asc(createdAt), asc(id));
}

/** True where no factor is on. */
async function isFirst(tx: Reader, practice: PracticeId): Promise<boolean> {
  const factors = await factorsOf(tx, practice);
  return factors.totp === null && factors.passkeys.length === 0;
}

async function replaceSpares(tx: Writer, practice: PracticeId, codes: readonly Bytes[]): Promise<void> {
  await tx.delete(spares).where(eq(spares.practice, practice));
  if (codes.length > 0) await tx.insert(spares).values(codes.map((hash) => ({ practice, hash })));
}

async function dropSparesOfNone(tx: Writer, practice: PracticeId): Promise<void> {
  if (await isFirst(tx, practice)) await tx.delete(spares).where(eq(spares.practice, practice));
}
