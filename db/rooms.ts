/** Activations: which rooms are open, for which links, and the call inside. A room past its two hours counts as closed
 * unless a call is in it: someone inside is never cut (product.md journey 2). */
import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { type CallId, newId, type PracticeId, type Rid, type RoomId } from "../wire/ids.ts";
import { OPEN_CLIENTS_MAX, type OpenRoom as WireRoom } from "../wire/signal.ts";
import type { Database, Reader, Writer } from "./database.ts";
import { links, roomLinks, rooms } from "./schema.ts";

/** How long "Starten" opens a room: two hours, by product.md journey 2. */
export const ROOM_OPEN_MS = 2 * 60 * 60 * 1000;

/** A room as it is stored; whether a call in it can be paid, the ledger says. */
export type OpenRoom = Omit<WireRoom, "startable">;

/** What came of opening a room, or why it stayed closed. */
export type Opening =
  | { kind: "opened"; room: OpenRoom }
  | { kind: "client-open"; room: RoomId }
  | { kind: "open-limit" }
  | { kind: "unknown-link" };

/** Queries on links and rooms. */
export function createRooms(db: Database) {
  return {
    /** Who answers for a link; null where nobody has it (any more). */
    practiceOfLink: (rid: Rid): Promise<PracticeId | null> =>
      db.read(async (tx) => {
        const [row] = await tx.select({ practice: links.practice }).from(links).where(eq(links.rid, rid));
        return row?.practice ?? null;
      }),

    /** The open room that a link leads into now, with its practice; null where none is open. */
    openRoomOfLink: (rid: Rid, now: number): Promise<{ practice: PracticeId; room: OpenRoom } | null> =>
      db.read(async (tx) => {
        const [row] = await tx
          .select({ room: rooms })
          .from(roomLinks)
          .innerJoin(rooms, eq(rooms.id, roomLinks.room))
          .where(and(eq(roomLinks.rid, rid), sql`${roomLinks.open} = 1`, isOpen(now)));
        if (row === undefined) return null;
        const [room] = await withLinks(tx, [row.room]);
        return room === undefined ? null : { practice: row.room.practice, room };
      }),

    /** All rooms of a practice that are open now, the oldest first. */
    openRooms: (practice: PracticeId, now: number): Promise<OpenRoom[]> =>
      db.read((tx) => openRoomsOf(tx, practice, now)),

    /** Practices with a call in a room that is not closed: what a start finds of the run before (BM7). */
    practicesInCall: (): Promise<PracticeId[]> =>
      db.read(async (tx) => {
        const inCall = and(isNull(rooms.closedAt), isNotNull(rooms.call));
        const rows = await tx.selectDistinct({ practice: rooms.practice }).from(rooms).where(inCall);
        return rows.map((row) => row.practice);
      }),

    /** Opens a room for two hours, for clients given as the links of each (1–8 clients, 1–4 links each). */
    openRoom: (practice: PracticeId, clients: Rid[][], now: number): Promise<Opening> =>
      db.write((tx) => openRoomIn(tx, practice, clients, now)),

    /** Ends an activation. False where it is not open, or not of the practice named by `of`. */
    closeRoom: (room: RoomId, now: number, of: PracticeId | null = null): Promise<boolean> =>
      db.write(async (tx) => {
        const that = and(eq(rooms.id, room), of === null ? undefined : eq(rooms.practice, of));
        return (await close(tx, and(that, isNull(rooms.closedAt)), now)) > 0;
      }),

    /** Puts a call into an open room, or takes it out. False where the room is closed. */
    setCall: (room: RoomId, call: CallId | null): Promise<boolean> =>
      db.write(async (tx) => {
        const that = and(eq(rooms.id, room), isNull(rooms.closedAt));
        return (await tx.update(rooms).set({ call }).where(that).returning({ id: rooms.id })).length > 0;
      }),
  };
}

function isOpen(now: number) {
  return and(isNull(rooms.closedAt), or(gt(rooms.closesAt, now), isNotNull(rooms.call)));
}

async function openRoomsOf(tx: Reader, practice: PracticeId, now: number): Promise<OpenRoom[]> {
  const rows = await tx
    .select()
    .from(rooms)
    .where(and(eq(rooms.practice, practice), isOpen(now)))
    .orderBy(asc(rooms.openedAt), asc(rooms.id));
  return withLinks(tx, rows);
}

async function withLinks(tx: Reader, rows: (typeof rooms.$inferSelect)[]): Promise<OpenRoom[]> {
  if (rows.length === 0) return [];
  const those = inArray(
    roomLinks.room,
    rows.map((row) => row.id),
  );
  const held = await tx.select().from(roomLinks).where(those).orderBy(asc(roomLinks.client), sql`rowid`);
  return rows.map(({ id, closesAt, call }) => {
    const mine = held.filter((link) => link.room === id);
    return { room: id, clients: byClient(mine), closesAt, call };
  });
}

function byClient(held: { client: number; rid: Rid }[]): Rid[][] {
  const clients = new Map<number, Rid[]>();
  for (const { client, rid } of held) clients.set(client, [...(clients.get(client) ?? []), rid]);
  return [...clients.values()];
}

/** Opens a room inside a transaction that does more than that. */
export async function openRoomIn(
  tx: Writer,
  practice: PracticeId,
  clients: Rid[][],
  now: number,
): Promise<Opening> {
  const rids = clients.flat();
  if (!(await ownsAll(tx, practice, rids))) return { kind: "unknown-link" };
  await close(tx, and(eq(rooms.practice, practice), isNull(rooms.closedAt), isOver(now)), now);
  const others = await openRoomsOf(tx, practice, now);
  const first = others.find((room) => room.clients.flat().some((rid) => rids.includes(rid)));
  if (first !== undefined) return { kind: "client-open", room: first.room };
  const count = others.reduce((sum, room) => sum + room.clients.length, clients.length);
  if (count > OPEN_CLIENTS_MAX) return { kind: "open-limit" };
  const room = { room: newId<RoomId>(), clients, closesAt: now + ROOM_OPEN_MS, call: null };
  await insert(tx, practice, room, now);
  return { kind: "opened", room };
}

function isOver(now: number) {
  return and(lte(rooms.closesAt, now), isNull(rooms.call));
}

/** Are all of these links the practice's? */
export async function ownsAll(tx: Reader, practice: PracticeId, rids: Rid[]): Promise<boolean> {
  const mine = and(eq(links.practice, practice), inArray(links.rid, rids));
  return (await tx.select({ rid: links.rid }).from(links).where(mine)).length === new Set(rids).size;
}

async function insert(tx: Writer, practice: PracticeId, room: OpenRoom, now: number): Promise<void> {
  const { room: id, closesAt, clients, call } = room;
  await tx.insert(rooms).values({ id, practice, openedAt: now, closesAt, closedAt: null, call });
  const rows = clients.flatMap((rids, client) => rids.map((rid) => ({ room: id, rid, client, open: true })));
  await tx.insert(roomLinks).values(rows);
}

/** Closes every room of a practice inside a caller's transaction. */
export async function closeRoomsOf(tx: Writer, practice: PracticeId, now: number): Promise<void> {
  await close(tx, and(eq(rooms.practice, practice), isNull(rooms.closedAt)), now);
}

/** Closes the rooms that `those` names; one whose time was over closed at that time, not when it was noticed. */
async function close(tx: Writer, those: ReturnType<typeof and>, now: number): Promise<number> {
  const closedAt = sql`case when ${rooms.call} is null then min(${rooms.closesAt}, ${now}) else ${now} end`;
  const closed = await tx
    .update(rooms)
    .set({ closedAt, call: null })
    .where(those)
    .returning({ id: rooms.id });
  if (closed.length === 0) return 0;
  const ids = closed.map((row) => row.id);
  await tx.update(roomLinks).set({ open: false }).where(inArray(roomLinks.room, ids));
  return closed.length;
}
